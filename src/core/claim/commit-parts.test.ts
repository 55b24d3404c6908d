import { expect, test } from 'vitest';
import type { AgentCommit } from '../git/agent-commit.ts';
import { commitParts, publishedPart } from './commit-parts.ts';

const commit: AgentCommit = {
  id: 'a',
  parents: ['b'],
  message: 'Add tests',
  committedAt: '2026-01-02T00:00:00Z',
  paths: ['src/sum.ts'],
  submodules: false,
  claimant: { kind: 'agent', id: 'replit-agent' },
  others: [],
};
const gone = (message: string) => commitParts({ ...commit, message }).map(({ part }) => part.gone);
const doubts = (changed: Partial<AgentCommit>) => commitParts({ ...commit, ...changed }).map(({ doubt }) => doubt);

test('a message is about its own commit', () => {
  expect(commitParts({ ...commit, message: 'Remove `a.ts` and b.ts' })).toMatchObject([
    { part: { id: 'p1', kind: 'change-made', scope: 'named', names: ['a.ts', 'b.ts'], options: {} } },
  ]);
  expect(doubts({})).toEqual([undefined]);
});

test('what it says is removed is gone, unless only something in it is', () => {
  expect(gone('Remove `a.ts` and b.ts')).toEqual([['a.ts', 'b.ts']]);
  for (const message of ['Remove a.ts (its imports)', 'Remove a.ts, then restore it', 'Update a.ts'])
    expect(gone(message), message).toEqual([undefined]);
});

test.each<[string, Partial<AgentCommit>]>([
  ['tests in a source file', { paths: ['src/sum.rs'] }],
  ['tests under another name', { paths: ['src/sum.ts', 'scripts/check-sum.ts'] }],
  ['tests that a workflow runs', { paths: ['src/sum.ts', '.github/workflows/ci.yml'] }],
  ['no code at all', { paths: ['docs/plan.md'] }],
  ['a submodule', { submodules: true }],
  ['one commit among several', { message: 'All (#7)\n\n* Add tests\n\n* Drop them' }],
])('a doubt: %s', (_what, changed) => {
  expect(doubts(changed)[0]).toEqual(expect.any(String));
});

test.each<[string, Partial<AgentCommit>]>([
  ['a merge', { parents: ['b', 'c'] }],
  ['a first commit', { parents: [] }],
  ['an empty commit', { paths: [] }],
  ['a checkpoint of Replit in the middle of a turn', { replit: { checkpoint: 'intermediate' } }],
])('nothing is taken from %s', (_what, changed) => {
  expect(doubts(changed)).toEqual([]);
});

test('a build that Replit published is a part, whatever the commit changes', () => {
  const published = { ...commit, message: 'Published your App\n\nReplit-Commit-Author: Deployment', paths: [] };
  expect(publishedPart(published)).toBeUndefined();
  expect(publishedPart({ ...published, replit: { deployment: 'b' } })).toMatchObject({
    kind: 'deployed',
    span: { start: 0, end: 18 },
  });
});
