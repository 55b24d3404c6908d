import { describe, expect, test } from 'vitest';
import { extract } from './extract.ts';

function saidChanged(statement: string): readonly string[] {
  return extract(statement).flatMap(({ kind, names = [] }) => (kind === 'change-made' ? names : []));
}

describe('a file that is only spoken of on the way need not differ', () => {
  test.each([
    ['Removed `src/a.ts` from the exports.', []],
    ['Removed src/a.ts from tsconfig.json.', ['tsconfig.json']],
    ['Added `src/a.ts` and `src/b.ts` to `.gitignore`.', ['.gitignore']],
    ['Moved `src/a.ts` out of the build.', []],
    ['Registered `src/a.ts` in `src/index.ts`.', ['src/index.ts']],
    ['Imported `src/a.ts`.', []],
    ['Restored `src/a.ts` to its original state.', []],
    ['Fixed the import of `src/a.ts`.', []],
    ['Fixed how `src/a.ts` is loaded.', []],
    ['Fixed the type error reported in `src/a.ts`.', []],
    ['Fixed two lint warnings in `src/a.ts`.', []],
    ['Fixed `src/a.test.ts`.', []],
    ['Updated the imports of `src/a.ts` in `src/index.ts`.', ['src/index.ts']],
    ['Refactored everything except `src/a.ts`.', []],
    ['Replaced `src/a.ts` with `src/b.ts` in `package.json`.', ['package.json']],
    ['Switched from `src/a.ts` to `src/b.ts`.', []],
    ['Created a wrapper around `src/a.ts`.', []],
    ['Updated `src/a.ts` following `src/b.ts`.', ['src/a.ts']],
    ['Changed nothing in `src/a.ts`.', []],
    ['Fixed a crash (`src/a.ts:12`).', []],
    ['Removed my temporary logging from `src/a.ts`.', []],
    ['Removed the `console.log` calls in `src/a.ts`.', []],
    ['Cleaned up the debug output in `src/a.ts`.', []],
    ['`src/a.ts`: removed debug prints.', []],
    ['Removed the old parser from `src/a.ts`.', ['src/a.ts']],
    ['Removed `printer.ts` and `debug.py`.', ['printer.ts', 'debug.py']],
    ['Updated the README generator.', []],
    ['Updated the README in the docs repo.', []],
    ['Fixed the warning `src/a.ts` produced.', []],
    ['Fixed `src/a.ts` failing to load.', []],
    ['Updated `src/a.ts` imports across the repo.', []],
    ['Moved `src/a.ts` tests to `test/`.', ['test/']],
    ['`src/a.ts`: added to the index.', []],
    ['`src/a.ts` has been removed from the index.', []],
    ['`src/a.ts` is now registered with the loader.', []],
  ])('%s', (statement, names) => expect(saidChanged(statement)).toEqual(names));
});

describe('a file that is said to be changed is named', () => {
  test.each([
    ['Updated `src/a.ts` to use the cache.', ['src/a.ts']],
    ['Updated `src/a.ts`, `src/b.ts` and src/c.ts.', ['src/a.ts', 'src/b.ts', 'src/c.ts']],
    ['Added `src/a.ts`.', ['src/a.ts']],
    ['Updated the `src/a.ts` file, and `src/b.ts` too.', ['src/a.ts', 'src/b.ts']],
    ['Fixed the null check (`src/a.ts`).', ['src/a.ts']],
    ['Added a guard to `src/a.ts`.', ['src/a.ts']],
    ['Removed dead code from `src/a.ts`.', ['src/a.ts']],
    ['Removed `src/a.ts`.', ['src/a.ts']],
    ['Fixed the parser in src/a.ts.', ['src/a.ts']],
    ['Fixed `src/a.ts`.', ['src/a.ts']],
    ['Edited `src/a.ts` only.', ['src/a.ts']],
    ['Moved `src/a.ts` to `lib/a.ts`.', ['src/a.ts', 'lib/a.ts']],
    ['Renamed `src/a.ts` to `src/b.ts`.', ['src/a.ts', 'src/b.ts']],
    ['Updated the README.', ['README']],
    ['I updated the CHANGELOG to mention it.', ['CHANGELOG']],
    ['Documented the flag in `README.md`.', ['README.md']],
    ['`src/a.ts`: exported `b`.', ['src/a.ts', 'b']],
    ['`src/a.ts` has been rewritten and `src/b.ts` has been updated.', ['src/b.ts']],
  ])('%s', (statement, names) => expect(saidChanged(statement)).toEqual(names));
});
