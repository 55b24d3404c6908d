import { describe, expect, test } from 'vitest';
import { extract } from './extract.ts';

function saidGone(statement: string): readonly string[] {
  return extract(statement).flatMap(({ gone = [] }) => gone);
}

describe('a file as a whole is said to be gone', () => {
  test.each([
    ['Removed `src/a.ts`.', ['src/a.ts']],
    ['I deleted the unused `src/a.ts` and `src/b.ts`.', ['src/a.ts', 'src/b.ts']],
    ['Deleted `src/a.ts` since nothing uses it.', ['src/a.ts']],
    ['`src/a.ts` has been removed.', ['src/a.ts']],
    ['I deleted src/a.ts and moved its code to src/b.ts.', ['src/a.ts']],
    ['- ✅ Removed `src/a.ts`\n- ✅ Added `src/b.ts`', ['src/a.ts']],
    ['Moved `src/a.ts` to `src/b.ts`.', ['src/a.ts']],
    ['Renamed a.ts to other-a.ts and ran the tests.', ['a.ts']],
    ['- Moved `a.md` → `docs/a.md`', ['a.md']],
    ['Moved `a.md` to `docs/`.', ['a.md']],
    ['Dropped the legacy file `src/a.ts` entirely.', ['src/a.ts']],
  ])('%s', (statement, names) => expect(saidGone(statement)).toEqual(names));
});

describe('what was removed to be made again claims nothing of the file', () => {
  test.each([
    'I deleted `config.json` and ran the setup again.',
    'Removed `src/a.ts` and restored it from the last commit.',
    'Deleted `db/dev.json`, then re-ran the migrations.',
    'Removed `a.lock` and reinstalled.',
  ])('%s', (statement) => expect(extract(statement).filter(({ kind }) => kind === 'change-made')).toEqual([]));

  test('what another sentence runs does not', () => {
    expect(saidGone('Removed `src/a.ts`. I ran the linter.')).toEqual(['src/a.ts']);
  });
});

describe('it is not', () => {
  test.each([
    'Removed dead code from `src/a.ts`.',
    'Removed `src/a.ts` from the exports.',
    'Removed `src/a.ts` (unused imports).',
    'Removed `src/a.ts:12-20`.',
    'Removed parts of `src/a.ts`.',
    'Removed `parse` in `src/a.ts`.',
    'Removed the handler (`src/a.ts`).',
    'Removed unused imports `src/a.ts`.',
    'Removed `src/a.ts`: only the comments.',
    'Removed src/a.ts, but only its tests of the parser.',
    'Removed `src/a.ts` imports.',
    "Removed src/a.ts's imports.",
    'Removed `src/a.ts` and wrote it again from scratch.',
    'Removed `src/a.ts`. Then I put it back.',
    '- Removed `src/a.ts`\n- Added `src/a.ts` with the new API',
    'Removed `src/a.ts`; a shim is left for importers.',
    '`src/a.ts`: removed unused imports.',
    '`src/a.ts` has been removed from the index.',
    'Updated `src/a.ts`.',
    'Renamed `src/a.ts` to `src/b.ts`; src/a.ts stays as a shim.',
    'Renamed `a` to `b` in `src/a.ts`.',
    'Moved the parser to `src/a.ts`.',
  ])('%s', (statement) => expect(saidGone(statement)).toEqual([]));
});
