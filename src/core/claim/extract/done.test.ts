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

test('a commit that is said to be pushed is named', () => {
  expect(extract('Pushed abc1234 to main.')).toMatchObject([{ kind: 'pushed', names: ['abc1234', 'main'] }]);
});
