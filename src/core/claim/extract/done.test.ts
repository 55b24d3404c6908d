import { expect, test } from 'vitest';
import { extract } from './extract.ts';

test.each([
  ['Committed everything.', 'all'],
  ['All changes are committed and pushed.', 'all'],
  ['Committed everything, and I ran the linter.', 'all'],
  ['Committed everything except the lockfile.', 'unknown'],
  ['All my changes are committed.', 'unknown'],
  ['Committed all files I touched.', 'unknown'],
  ['Committed all changes to the parser.', 'unknown'],
])('%s: %s', (statement, scope) => {
  expect(extract(statement)[0]).toMatchObject({ kind: 'committed', scope });
});

test.each(['Tagged v1.2.3 and pushed it.', 'I tagged the release as `v1.2.3` and pushed it to origin.'])(
  'of a tag: %s',
  (statement) => expect(extract(statement)).toEqual([]),
);

test('a branch that was made is what was pushed', () => {
  expect(extract('Created branch `release/1` and pushed it.')).toMatchObject([
    { kind: 'pushed', names: ['release/1'] },
  ]);
  expect(extract('Fixed it on branch `release/1`, committed and pushed.')).toMatchObject([
    {},
    { kind: 'pushed', scope: 'unknown' },
  ]);
});

test('a commit that is said to be pushed is named', () => {
  expect(extract('Pushed abc1234 to main.')).toMatchObject([{ kind: 'pushed', names: ['abc1234', 'main'] }]);
});
