import { describe, expect, test } from 'vitest';
import { explainExtraction, extract } from './extract.ts';

describe('what was done elsewhere, or undone since, is not looked for here', () => {
  test.each([
    'Updated `src/a.ts` in the docs repo.',
    'Updated `src/a.ts` on the server.',
    'Updated `src/a.ts` in a follow-up PR.',
    'Updated `src/a.ts` in abc1234.',
    'Updated `src/a.ts` on branch feature/x.',
    'Updated `src/a.ts` and reverted it.',
    'Created `src/a.ts` in the wiki.',
    'Pushed `main` to the mirror.',
    'Pushed to origin/main in the other repo.',
    'Merged into `develop` of the fork.',
    'Merged into main upstream.',
    'Committed and pushed to the docs repo.',
    'Updated `src/a.ts` in the other worktree.',
    'Pushed the tag v1.2.3.',
    'The tag `v1.2.3` has been pushed.',
    'Committed the change on another branch.',
    'Modified `src/a.ts` (since reverted).',
    'Changed `src/a.ts` -> reverted.',
    'Updated `src/a.ts`, later reverted.',
    'Added a comment to `src/a.ts` in the review.',
    'Moved my notes from `src/a.ts` into the description.',
  ])('%s', (statement) => expect(extract(statement)).toEqual([]));
  test.each([
    'Updated `src/a.ts` in this repo.',
    'Added a tool to the MCP server in `src/a.ts`.',
    'Pushed to origin/main of the repository.',
    'Committed everything in the repo.',
    'Committed the fix on branch feature/x.',
    'Committed in abc1234.',
    'Committed everything in the worktree.',
    'Pushed to upstream.',
    'Pushed to origin/feature and set upstream tracking.',
    'Pushed to origin/main and opened a request in the docs repo.',
    'Updated `src/a.ts` on this machine.',
  ])('not: %s', (statement) => expect(extract(statement)).toHaveLength(1));
});

describe('a check that is said of another place is not run here, and it is said why', () => {
  test.each([
    'In the docs repository all tests pass and everything is pushed.',
    "In Ada's fork all tests pass.",
    'In the worktree at ../fix all tests pass.',
    'On the staging machine all tests pass.',
    'docs-site: all tests pass, everything pushed.',
    'For docs-site: lint is clean.',
    'Upstream zod has all tests passing.',
    'The sibling repo `../web` was updated: src/a.ts removed and pushed.',
    'All tests pass in the `docs-site` repo.',
    'The unjs/ufo repository: all tests pass and lint is clean.',
    'On CI all tests pass.',
    'CI for Node 22: all tests pass.',
    'Updated `src/a.ts` in the docs repo.',
    'Pushed to the docs repo.',
  ])('%s', (statement) => {
    const reasons = explainExtraction(statement).map((finding) => ('part' in finding ? 'a part' : finding.reason));
    expect(new Set(reasons)).toEqual(new Set(['about another place: not looked at']));
  });
  test.each([
    'On my machine all tests pass.',
    'In this repo all tests pass.',
    'In the repository all tests pass.',
    'All tests pass in the repo.',
    'unit-tests: all tests pass.',
    'Result: all tests pass.',
    'In this session all tests pass.',
    'Fixed the import of ../fix, all tests pass.',
    'Re-run: all tests pass.',
  ])('not: %s', (statement) => expect(extract(statement)).toMatchObject([{ kind: 'tests-pass', scope: 'all' }]));
});
