import { spawnSync } from 'node:child_process';
import { afterAll, expect, test } from 'vitest';
import { readFacts } from '../../scripts/validate/read-facts.ts';
import { compare } from '../../scripts/validate/second-count/compare.ts';
import type { ChangeFact, Fact } from '../../src/core/signal/fact.ts';
import { testRoom } from '../repository.ts';

const room = testRoom();
afterAll(room.remove);

const repository = room.repository();
const reviewed = repository.commit('one\n\nReviewed-by: Grace Hopper <grace@example.org>');
repository.commit('two\n\nReviewed-by: Ada <ada@example.org>');
const helped = repository.commit('three\n\nCo-authored-by: Claude <noreply@anthropic.com>');
repository.commit('four\n\nCo-authored-by: Claude Monet <claude@monet.example>');
const reverting = repository.commit(`Revert "one"\n\nThis reverts commit ${reviewed}.`);
for (const at of [1, 2, 3, 4, 5, 6, 7]) repository.commit(`more ${at}`);
repository.git('checkout', '-q', '-b', 'side', 'HEAD~1');
repository.commit('aside\n\nAcked-by: Grace Hopper <grace@example.org>');
repository.git('checkout', '-q', 'main');
repository.git('merge', '-q', '--no-ff', 'side', '-m', 'Merge pull request #7 from ada/side');
const { facts, coverage } = await readFacts(repository.dir, {});

function compared(them: readonly Fact[]) {
  return compare(repository.dir, coverage.asOf, them);
}

/** The facts with one of them told otherwise, or not at all. */
function retold(id: string, otherwise: (change: ChangeFact) => readonly Fact[]): readonly Fact[] {
  return facts.flatMap((fact) => (fact.kind === 'change' && fact.id === id ? otherwise(fact) : [fact]));
}

test('a second count of everything agrees, and found each of it', () => {
  expect(compared(facts).map(Object.values)).toEqual([
    ['changes', '13', '13', []],
    ['reviewed, by trailers', '2', '2', []],
    ['reverts, by name', '1', '1', []],
    ['agents', '1', '1', []],
    ['asymmetry, 13 weeks', '0.917', '0.917', []],
  ]);
});

test.each([
  ['changes', retold(helped, () => [])],
  ['reviewed, by trailers', retold(reviewed, (change) => [{ ...change, reviews: [] }])],
  ['agents', retold(helped, (change) => [{ ...change, marks: [] }])],
  ['reverts, by name', facts.filter((fact) => !(fact.kind === 'correction' && fact.id === reverting))],
  ['asymmetry, 13 weeks', retold(helped, (change) => [{ ...change, authors: ['somebody else'] }])],
])('what differs in %s is found', (what, otherwise) => {
  const off = compared(otherwise).filter(({ differences }) => differences.length > 0);
  expect(off.map((one) => one.what)).toContain(what);
});

test('a count of nothing is no agreement', () => {
  const ran = spawnSync(process.execPath, ['scripts/validate/second-count.ts'], { encoding: 'utf8' });
  expect([ran.status, ran.stdout]).toEqual([1, expect.stringContaining('0 repositories')]);
});
