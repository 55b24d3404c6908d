import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { seededRandom } from '../../src/core/stats/random.ts';
import { cleaned, cover, f1 } from './score.ts';
import { annotatedSeries, tcpdFolder } from './tcpd.ts';

const folder = tcpdFolder();

/**
 * Prints [F1, cover] of each case by the scorer that comes with the data. It walks a Python set, whose order is chance
 * and decides who gets a change point that is near to two; here it walks in rising order.
 */
const reference = `
import json, sys
sys.dont_write_bytecode = True
import score
near = score.tp
score.tp = lambda truth, said, m=5: near(sorted(truth), said, m)
def scores(a, p, n): return [score.f1(a, score.clean(p, n))[0], score.cover(a, score.clean(p, n), n)]
print(json.dumps([scores(**case) for case in json.load(sys.stdin)]))
`;

test.skipIf(folder === undefined)('the scorer agrees with the one of the data on random answers', () => {
  const random = seededRandom(1);
  const cases = annotatedSeries(folder ?? '').flatMap(({ x: { length: n }, annotations: a }) =>
    Array.from({ length: 20 }, (_, many) => ({ a, n, p: Array.from({ length: many }, () => random.below(n)) })),
  );
  const options = { cwd: folder, input: JSON.stringify(cases), encoding: 'utf8' } as const;
  const expected = JSON.parse(execFileSync('python3', ['-c', reference], options)) as readonly [number, number][];
  expect(expected.length).toBe(320);
  for (const [at, { a, n, p }] of cases.entries()) {
    expect(f1(a, cleaned(p, n))).toBeCloseTo(expected[at]?.[0] ?? NaN, 12);
    expect(cover(a, cleaned(p, n), n)).toBeCloseTo(expected[at]?.[1] ?? NaN, 12);
  }
});
