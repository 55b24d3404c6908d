import { z } from 'zod';
import { Erasure } from '../core/claim/erasure.ts';
import { BlobCounts } from '../core/claim/evidence.ts';
import { FactumError } from '../core/errors.ts';
import type { LedgerAccess } from '../core/ledger/access.ts';
import type { SeenCheckpoint } from '../core/ledger/check/anchors.ts';
import { checkLedger } from '../core/ledger/check/check.ts';
import { frugalReader } from '../core/ledger/check/frugal-reader.ts';
import { Finding } from '../core/ledger/check/finding.ts';
import { parseTlogPolicy, type TlogPolicy } from '../core/ledger/tlog-policy.ts';
import { defineOperation } from '../core/operation.ts';

export const ledgerCheck = defineOperation({
  id: 'ledger check',
  summary: 'Recompute a whole ledger from its entries and say what does not hold',
  scope: 'setup',
  positional: ['where'],
  input: z.strictObject({
    where: z.string().optional().describe('folder or URL of a ledger; default: that of this repository'),
    policy: z.string().optional().describe('file with the keys of logs and witnesses, and the quorum (tlog-policy)'),
    vkey: z.string().optional().describe('key of the log; default: that of the policy, else the one it shows'),
    most: z.int().min(1).default(2048).describe("MiB that are read of another's ledger at most"),
    since: z.string().optional().describe('file with a checkpoint that the log must continue'),
  }),
  output: z.object({
    place: z.string(),
    /** Of the newest checkpoint that the log's key signed. */
    checkpoint: z.object({ origin: z.string(), size: z.number().int(), root: z.string() }).optional(),
    /** Keys that signatures of the log were checked with. */
    vkeys: z.array(z.string()),
    envelopes: z.number().int(),
    twins: z.number().int(),
    unpublished: z.number().int(),
    /** What became of what looks kept; absent for a log, which serves none of it. */
    artifacts: BlobCounts.optional(),
    /** Who says when that they deleted what a look kept; the first thousand. */
    erasures: z.array(Erasure.extend({ entry: z.number().int(), signer: z.string() })),
    /** Checkpoints seen before that it continues. */
    continues: z.number().int(),
    faults: z.number().int(),
    notices: z.number().int(),
    /** The first thousand. */
    findings: z.array(Finding),
  }),
  async run({ ledger }, { where, policy, vkey, since, most }) {
    const found = await ledger.reader(where);
    const limits = { sha256: ledger.ports.sha256, maxBytes: most * 2 ** 20 };
    const reader = where === undefined ? found : frugalReader(found, limits);
    const checked = await checkLedger(
      {
        reader,
        ...(vkey === undefined ? {} : { vkey }),
        ...(policy === undefined ? {} : { policy: await policyIn(ledger, policy) }),
        seen: (origin) => seenOf(ledger, origin, since),
      },
      ledger.ports,
    );
    const { checkpoint, findings, vkeys, erasures, ...counts } = checked;
    // What does not hold is not taken for what was seen: the next check would call the true log a fork of it.
    if (checkpoint !== undefined && checked.faults === 0) await ledger.remember(checkpoint.origin, checkpoint.note);
    const { origin, size, root } = checkpoint ?? {};
    return {
      place: reader.place,
      ...(origin === undefined || size === undefined || root === undefined
        ? {}
        : { checkpoint: { origin, size, root } }),
      vkeys: [...vkeys],
      ...counts,
      erasures: erasures.slice(0, 1000),
      findings: [...findings],
    };
  },
  answersNo: ({ faults }) => faults > 0,
});

/** Throws USAGE. */
async function policyIn(ledger: LedgerAccess, path: string): Promise<TlogPolicy> {
  const policy = parseTlogPolicy(await ledger.text(path), ledger.ports.sha256);
  if (!('refused' in policy)) return policy;
  throw new FactumError('USAGE', `--policy ${path}, line ${policy.line}: ${policy.refused}`);
}

async function seenOf(
  ledger: LedgerAccess,
  origin: string,
  since: string | undefined,
): Promise<readonly SeenCheckpoint[]> {
  const given = since === undefined ? [] : [{ place: since, note: await ledger.text(since) }];
  return [...given, ...(await ledger.lastSeen(origin))];
}
