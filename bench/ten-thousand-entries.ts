import { hash } from 'node:crypto';
import { Claim } from '../src/core/claim/claim.ts';
import type { LedgerRecord } from '../src/core/ledger/record.ts';
import { envelopeSigner } from '../src/host/envelope-signer.ts';
import { machineKeys } from '../src/host/keys.ts';
import { openStore, type Store, type StoreOptions } from '../src/store/store.ts';

export const entries = 10_000;
const entriesPerClaim = 4;
const perWrite = 500;
/** Recent, so that the claims are open. */
const lately = Date.now() - 2 * entries * 1000;

/** Writes a journal of so many entries and answers with what opens it again; the index is whatever was made on the way. */
export async function filledStore(dir: string, configuration: string, count = entries): Promise<StoreOptions> {
  const options = {
    dir,
    keys: machineKeys(configuration),
    signerOf: envelopeSigner,
    sha256: (bytes: Uint8Array) => hash('sha256', bytes),
    redact: (text: string) => text,
  };
  await fill(openStore(options), count);
  return options;
}

async function fill(store: Store, count: number): Promise<void> {
  for (let at = 0; at < count; at += perWrite) {
    const length = Math.min(perWrite, count - at);
    const [record, ...others] = Array.from({ length }, (_, n) => recordAt(at + n));
    if (record !== undefined) await store.write([record, ...others]);
  }
  await store.close();
}

/** One claim, then looks at it. */
function recordAt(n: number): LedgerRecord {
  const claim = `01900000-0000-7000-8000-${Math.floor(n / entriesPerClaim)
    .toString(16)
    .padStart(12, '0')}`;
  const at = new Date(lately + n * 1000).toISOString();
  if (n % entriesPerClaim === 0) return { type: 'claim/v0.1', body: aClaim(claim, at) };
  const outcome = n % entriesPerClaim === 1 ? 'inconclusive' : 'supported';
  return {
    type: 'verification/v0.1',
    body: {
      claim,
      part: 'p1',
      verifier: { id: 'tests-pass', version: '1', optionsDigest: hash('sha256', String(n % 7)) },
      outcome,
      message: '114 tests passed, 3 were skipped',
      facts: { executed: 114, passed: 114, skipped: 3 },
      planned: ['npm test'],
      ran: ['npm test'],
      skipped: [],
      artifacts: [],
      boundTo: { tree: hash('sha1', claim), commit: hash('sha1', claim) },
      environment: { toolchain: { node: 'v24.21.0' }, digest: hash('sha256', 'environment'), variables: ['PATH'] },
      observedAt: at,
      durationMs: 1234,
    },
  };
}

function aClaim(id: string, claimedAt: string): Claim {
  return Claim.parse({
    id,
    pod: 'core',
    claimant: { kind: 'agent', id: 'claude-code' },
    statement: 'All tests pass and the parser handles empty input.',
    parts: [{ id: 'p1', kind: 'tests-pass', scope: 'all' }],
    target: { repository: 'bench', tree: hash('sha1', id), commit: hash('sha1', id) },
    claimedAt,
    via: 'cli',
  });
}
