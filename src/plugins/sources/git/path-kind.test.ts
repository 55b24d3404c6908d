import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { pathKinds } from './path-kind.ts';

const attributes = String.raw`
# vendor linguist-vendored
*.pb.go linguist-generated=true
/made/** linguist-generated
made/[a-c].ts -linguist-generated
kept/ linguist-generated
all linguist-vendored text
dist/*.{js,css} linguist-generated=false
`;

test.each([
  ['a/b.pb.go', false],
  ['made/x.ts', false],
  ['made/b.ts', true],
  ['x/made/b.ts', true],
  ['kept/a', true], // as git: a folder gives nothing to its files
  ['x/all/a', false],
  ['dist/a.js', false],
  ['dist/x.{js,css}', true],
  ['vendor/a', false],
])('lines of %s count: %s', (path, counts) => {
  expect(pathKinds({ pods: [], attributes }).kindOf(path).counts).toBe(counts);
});

const hostile = 'a*'.repeat(30);
test.each([
  [
    '.gitattributes',
    { pods: [], attributes: `${hostile}b linguist-generated\n${'[*'.repeat(100_000)} linguist-generated` },
  ],
  ['a pod', { pods: [{ id: 'p', paths: [`${hostile}b`] }] }],
])('no pattern of %s keeps it busy', (_, rules) => {
  const look = () => pathKinds(rules).kindOf('a'.repeat(4096));
  // Nothing else ends a regular expression that would run for ever.
  expect(runInNewContext('look()', { look }, { timeout: 20_000 })).toMatchObject({ counts: true, pods: [] });
});
