import { z } from 'zod';
import { deferred } from '../core/deferred.ts';
import { BlobCounts } from '../core/claim/evidence.ts';
import { ClaimView } from '../core/claim/view.ts';
import { verdictsWorstFirst } from '../core/claim/verdict.ts';
import type { LedgerRecord } from '../core/ledger/record.ts';
import { type ClaimRecord, defineOperation, type WriteContext } from '../core/operation.ts';
import { blindOn } from './attesting/blindness.ts';
import { rolledBack } from './judging/rolled-back.ts';
import { policyRecords } from './judging/filing.ts';
import { intentRecords } from './judging/intents.ts';
import { contextFrom } from './judging/from-ledger.ts';
import { judge, saysNo } from './judging/judge.ts';
import { policyOf } from './judging/pods.ts';
import { lookAtClaims } from './looking/look-at-claims.ts';

export const verify = defineOperation({
  id: 'verify',
  summary: "Look at claims against reality: those named, or every open claim and every intent's acceptance",
  scope: 'write',
  positional: ['claims'],
  input: deferred(() =>
    z.strictObject({
      claims: z.array(z.string()).default([]).describe('ids, whole or as shown, or unique beginnings or ends of ids'),
      fresh: z.boolean().default(false).describe('run again what was already seen on this tree'),
      require: z
        .enum(['supported', 'verified', 'merge', 'release'])
        .optional()
        .describe(
          "exit 1 unless every claim reaches this verdict, or what its pod's policy requires for a merge or release",
        ),
      fromLedger: z
        .string()
        .optional()
        .describe(
          'folder or URL: the verdicts of all claims there from its entries alone; nothing is looked at or recorded',
        ),
      most: z.int().min(1).default(2048).describe('MiB that are read of that ledger at most'),
    }),
  ),
  output: deferred(() =>
    z.object({
      claims: z.array(ClaimView),
      looks: z.object({ taken: z.number(), reused: z.number() }),
      required: z.string().optional(),
      /** Ids of claims below the required verdict. */
      below: z.array(z.string()),
      /** Ids of claims whose human answers a terminal does not show: whoever stands there is still to answer. */
      blind: z.array(z.string()),
      /** With --from-ledger a folder: what became there of what looks kept. */
      artifacts: BlobCounts.optional(),
    }),
  ),
  async run(context, input) {
    if (input.fromLedger !== undefined) {
      const { context: there, ...kept } = await contextFrom(context, input.fromLedger, input.most);
      const all = await there.read.claims();
      const wanted = input.claims.length > 0 ? await named(there, input.claims) : all;
      const answer = await judged(there, { all, wanted, require: input.require }, { taken: 0, reused: 0 });
      return { ...answer, ...kept };
    }
    // Git looks at the tree while the ledger is read; whoever needs the tree hears of what went wrong.
    context.repository?.tree().catch(() => undefined);
    const wanted = input.claims.length > 0 ? await named(context, input.claims) : await openOnes(context);
    const pods = await policyRecords(
      context,
      wanted.map(({ claim }) => claim.pod),
    );
    await writeAll(context, pods);
    const gone = await withdrawRolledBack(context, wanted);
    const looks = await lookAtClaims(
      context,
      wanted.flatMap(({ claim }) => (gone.has(claim.id) ? [] : [claim])),
      {
        fresh: input.fresh,
        known: wanted.flatMap(({ evidence }) => evidence),
        onEvidence: (_claim, evidence) =>
          writeAll(
            context,
            evidence.map((body) => ({ type: 'verification/v0.1', body })),
          ),
      },
    );
    return judged(context, { all: await context.read.claims(), wanted, require: input.require }, looks);
  },
  answersNo: ({ claims, below }) => saysNo(claims) || below.length > 0,
});

type Required = 'supported' | 'verified' | 'merge' | 'release';

interface Wanted {
  readonly all: readonly ClaimRecord[];
  readonly wanted: readonly ClaimRecord[];
  readonly require: Required | undefined;
}

/** Judged among all claims, because later ones of a session close earlier ones. */
async function judged<Looks>(context: WriteContext, { all, wanted, require }: Wanted, looks: Looks) {
  const ids = new Set(wanted.map(({ claim }) => claim.id));
  const claims = (await judge(context, all)).filter(({ id }) => ids.has(id));
  const below = require === undefined ? [] : await belowRequired(context, claims, require);
  const blind = await blindOn(context, claims);
  return { claims, looks, ...(require === undefined ? {} : { required: require }), below, blind };
}

/** Ids of claims that do not reach what is required of them. */
async function belowRequired(
  context: WriteContext,
  claims: readonly ClaimView[],
  required: Required,
): Promise<string[]> {
  const below: string[] = [];
  for (const { id, pod, verdict } of claims) {
    const { require } = (await policyOf(context, pod)).policy;
    const wanted = required === 'merge' || required === 'release' ? require[required] : required;
    const isBelow = verdictsWorstFirst.findIndex((name) => name === verdict) < verdictsWorstFirst.indexOf(wanted);
    if (isBelow && verdict !== 'withdrawn') below.push(id);
  }
  return below;
}

async function named({ read }: WriteContext, ids: readonly string[]): Promise<readonly ClaimRecord[]> {
  const records = new Map<string, ClaimRecord>();
  for (const id of ids) {
    const record = await read.claim(id);
    records.set(record.claim.id, record);
  }
  return [...records.values()];
}

/** Ids of the claims that a rollback undid; each is withdrawn once. */
async function withdrawRolledBack(context: WriteContext, wanted: readonly ClaimRecord[]): Promise<ReadonlySet<string>> {
  const whole = wanted.filter(({ withdrawals }) => withdrawals.every(({ parts }) => parts !== undefined));
  const withdrawals = await rolledBack(
    context,
    whole.map(({ claim }) => claim),
  );
  await writeAll(
    context,
    withdrawals.map((body) => ({ type: 'withdrawal/v0.1', body })),
  );
  return new Set(withdrawals.map(({ claim }) => claim));
}

async function openOnes(context: WriteContext): Promise<readonly ClaimRecord[]> {
  const known = await context.read.claims();
  const filed = intentRecords(context, known);
  await writeAll(context, filed);
  const records = filed.length === 0 ? known : await context.read.claims();
  const open = new Set((await judge(context, records)).filter((view) => view.open).map(({ id }) => id));
  return records.filter(({ claim }) => open.has(claim.id));
}

async function writeAll({ write }: WriteContext, records: readonly LedgerRecord[]): Promise<void> {
  const [first, ...rest] = records;
  if (first !== undefined) await write([first, ...rest]);
}
