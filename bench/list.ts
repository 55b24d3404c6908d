import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openStore } from '../src/store/store.ts';
import { median } from './processes.ts';
import { promised } from './promise.ts';
import { entries, filledStore } from './ten-thousand-entries.ts';

// What reading a journal of 10,000 entries costs: making the index from nothing, opening it, claims().

const folder = await mkdtemp(join(tmpdir(), 'factum-bench-list-'));
try {
  const options = await filledStore(join(folder, 'factum'), join(folder, 'configuration'));
  await rm(join(options.dir, 'index.sqlite'), { force: true });

  const rebuilding = openStore(options);
  const rebuild = await timed(() => rebuilding.read.policyInForce('none'));
  await rebuilding.close();

  const store = openStore(options);
  const opening = await timed(() => store.read.policyInForce('none'));
  const first = await timed(() => store.read.claims());
  const nothingNew = await timed(() => store.read.policyInForce('none'));
  const claims = await store.read.claims();
  const index = new DatabaseSync(join(options.dir, 'index.sqlite'), { readOnly: true });
  const bodies = index.prepare('select body from claims union all select body from sayings');
  const [again, floor] = await medians(
    () => store.read.claims(),
    () => bodies.all().map(({ body }) => JSON.parse(String(body)) as unknown),
  );
  index.close();
  await store.close();

  console.log(`journal of ${entries} entries, ${claims.length} claims`);
  console.log(`index made from nothing, signatures checked  ${rebuild.toFixed(1)} ms`);
  console.log(`open the index, nothing to catch up          ${opening.toFixed(1)} ms`);
  console.log(`catch up with nothing new                    ${nothingNew.toFixed(2)} ms`);
  console.log(`claims(), the first time                     ${first.toFixed(1)} ms`);
  console.log(`claims(), again                              ${again.toFixed(1)} ms`);
  promised({
    what: 'all claims of 10,000 entries over the parsing of their bodies',
    measured: again / floor,
    unit: 'x',
    bound: 'limit',
    value: 3,
  });
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** Of the work and of its floor, in turns, so that whatever else the machine does meets both. */
async function medians(work: () => Promise<unknown>, floor: () => unknown): Promise<readonly [number, number]> {
  const rounds: (readonly [number, number])[] = [];
  for (let n = 0; n < 9; n++) rounds.push([await timed(work), await timed(async () => floor())]);
  return [median(rounds.map(([taken]) => taken)), median(rounds.map(([, least]) => least))];
}
