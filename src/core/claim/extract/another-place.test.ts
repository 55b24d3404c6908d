import { describe, expect, test } from 'vitest';
import { extract } from './extract.ts';

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
