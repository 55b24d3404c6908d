import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changesSaid } from './changes-said.ts';

const said = (message: string) => changesSaid(message).map(({ about, names }) => [about, ...names].join(' '));

test.each<[string, readonly string[]]>([
  ['Add tests for the parser', ['tests']],
  ['feat(core): adds comprehensive unit tests', ['tests']],
  ['fix: mend the sum, and add regression tests', ['tests']],
  ['Update the sum and add regression tests', ['tests']],
  ['docs: update README.md with the new flags', ['readme']],
  ['Updated the CHANGELOG', ['changelog']],
  ['docs: update README.md and docs/a.md', ['files README.md docs/a.md']],
  ['Remove `src/old.ts` and src/older.ts', ['files src/old.ts src/older.ts']],
  ['Rename a.ts to b.ts', ['files a.ts']],
  ['chore: update package-lock.json', ['files package-lock.json']],
  ['One\n\n- Add src/a.ts: the sum\n- Update src/b.ts to use it', ['files src/a.ts', 'files src/b.ts']],
  ['One\n\n- **Delete `old.css`**\n- [x] Add tests', ['files old.css', 'tests']],
])('%s', (message, expected) => {
  expect(said(message)).toEqual(expected);
});

test.each([
  'Add a.ts, b.ts and docs/README.md to .gitignore',
  'Remove README.md from the package',
  'Update the README generator',
  'Add test script',
  'Add tests directory to the linter',
  'Update foo.ts imports',
  'Fix README.md',
  'Users of it and update README.md',
  'Should update README.md',
  'Allow users to delete a.ts',
  'Add no tests',
  'Add tests later',
  'Update obj.method and Node 24',
  'Revert "Add tests"',
  "Merge branch 'main'\n\n- Add tests",
  'One\n\n- [ ] Add tests',
  'One\n\n> Add tests',
  'One\n\n```\nAdd tests\n```',
  'One\n\nNext steps:\n- Add tests\n- Update README.md',
  'One\n\nPreviously it did that. Update README.md when it changes.',
  'One\n\nThe parser was wrong, so a run would update README.md.',
])('is no report of this commit: %s', (message) => {
  expect(said(message)).toEqual([]);
});

test.each([
  ['Rename a.ts to b.ts', true],
  ['Move `a.ts` to src/a.ts', true],
  ['Remove a.ts', true],
  ['Rename a.ts to match the others', undefined],
  ['Update a.ts to b.ts', undefined],
])('%s: gone %s', (message, gone) => {
  expect(changesSaid(message).map(({ gone: left }) => left)).toEqual([gone]);
});

test('law: spans lie within the message and begin with what was said', () => {
  const line = fc.constantFrom(
    'Add tests',
    '- update README.md',
    '* Remove a.ts, b.ts',
    '',
    'and',
    '**',
    'x: y',
    '# Plan',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(line, fc.string({ maxLength: 20 })), { maxLength: 12 }), (lines) => {
      const message = lines.join('\n');
      for (const { span, names } of changesSaid(message)) {
        const words = message.slice(span.start, span.end);
        expect(words).toMatch(/^\w/);
        for (const name of names) expect(words).toContain(name);
      }
    }),
  );
});
