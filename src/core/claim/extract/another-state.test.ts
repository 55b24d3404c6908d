import { expect, test } from 'vitest';
import { extract } from './extract.ts';

test.each([
  'On main (abc1234) all tests pass.',
  'On main: all tests pass.',
  'At abc1234 all tests pass.',
  'With the attached patch applied, all tests pass.',
  'In decamelize all tests pass.',
  'In the API server all tests pass.',
  'On my machine with Node 22 all tests pass.',
  'decamelize: all tests pass.',
  'cobra: `go test ./...` passes.',
  'On main `npm test` passes.',
  '`npm test` passes in the web package.',
  '`npm test` passes, but 3 tests still fail.',
  'Ran `npm test` on the base commit: all tests pass.',
  'It is mended on my branch; there all tests pass.',
  'With retries off all tests pass.',
  'After `git checkout abc1234` all tests pass.',
  'For the parser: all tests pass.',
  'All tests pass with `--deselect tests/a.py`.',
  'All tests pass, with one exception: rounding.',
  'All tests pass. Correction: one of them fails.',
])('the whole at hand is not meant: %s', (statement) => {
  expect(extract(statement)[0]).toMatchObject({ kind: 'tests-pass', scope: 'unknown' });
});

test.each(['decamelize: lint is clean, all tests pass.', 'In decamelize, lint is clean and all tests pass.'])(
  'nor of a second clause: %s',
  (statement) => expect(extract(statement).map(({ scope }) => scope)).toEqual(['unknown', 'unknown']),
);

test.each([
  'With these changes all tests pass.',
  'With the fix in place, all tests pass.',
  'With everything merged, all tests pass.',
  'After the fix all tests pass.',
  'After `npm ci` all tests pass.',
  'For the record: all tests pass.',
  'In total all tests pass.',
  'In `src/a.ts` I fixed the parser, and all tests pass.',
  'At this point all tests pass.',
  'On a clean checkout, all tests pass.',
  'All tests pass with no exceptions.',
  'All tests pass with `npm test`.',
])('it is meant: %s', (statement) => {
  expect(extract(statement)[0]).toMatchObject({ kind: 'tests-pass', scope: 'all' });
});
