import { hash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Claim } from '../src/core/claim/claim.ts';
import type { LedgerRecord } from '../src/core/ledger/record.ts';
import { machineKeys } from '../src/host/keys.ts';
import { openStore, type Store } from '../src/store/store.ts';

// What reading a journal of 10,000 entries costs: making the index from nothing, opening it, claims().

const entries = 10_000;
const entriesPerClaim = 4;
const perWrite = 500;

const folder = await mkdtemp(join(tmpdir(), 'factum-bench-list-'));
try {
  const options = {
    dir: join(folder, 'factum'),
    keys: machineKeys(join(folder, 'configuration')),
    sha256: (bytes: Uint8Array) => hash('sha256', bytes),
    redact: (text: string) => text,
  };
  await fill(openStore(options));
  await rm(join(options.dir, 'index.sqlite'), { force: true });

  const rebuilding = openStore(options);
  const rebuild = await timed(() => rebuilding.read.policyInForce('none'));
  await rebuilding.close();

  const store = openStore(options);
  const opening = await timed(() => store.read.policyInForce('none'));
  const first = await timed(() => store.read.claims());
  const nothingNew = await timed(() => store.read.policyInForce('none'));
  const claims = await store.read.claims();
  const again = await median(() => store.read.claims());
  await store.close();

  console.log(`journal of ${entries} entries, ${claims.length} claims`);
  console.log(`index made from nothing, signatures checked  ${rebuild.toFixed(1)} ms`);
  console.log(`open the index, nothing to catch up          ${opening.toFixed(1)} ms`);
  console.log(`catch up with nothing new                    ${nothingNew.toFixed(2)} ms`);
  console.log(
    `claims(), first and median of 9              ${first.toFixed(1)} and ${again.toFixed(1)} ms (target < 100 ms)`,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function fill(store: Store): Promise<void> {
  const records = Array.from({ length: entries }, (_, n) => recordAt(n));
  for (let at = 0; at < entries; at += perWrite) {
    const [record, ...others] = records.slice(at, at + perWrite);
    if (record !== undefined) await store.write([record, ...others]);
  }
  await store.close();
}

/** One claim, then looks at it. */
function recordAt(n: number): LedgerRecord {
  const claim = `01900000-0000-7000-8000-${Math.floor(n / entriesPerClaim)
    .toString(16)
    .padStart(12, '0')}`;
  const at = new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString();
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
      boundTo: { tree: hash('sha1', String(n)), commit: hash('sha1', claim) },
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

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < 9; n++) times.push(await timed(work));
  return times.toSorted((a, b) => a - b)[4] ?? Number.NaN;
}
