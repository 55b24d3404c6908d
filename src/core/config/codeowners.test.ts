import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { globMatcher } from '../glob.ts';
import { parseCodeowners } from './codeowners.ts';
import { globsOf } from './gitignore-glob.ts';

/** The example file of GitHub's documentation, its rules one by one in order. */
const github = `# This is a comment.
*       @global-owner1 @global-owner2
*.js    @js-owner #This is an inline comment.
*.go docs@example.com
*.txt @octo-org/octocats
/build/logs/ @doctocat
docs/* docs@example.com
apps/ @octocat
/docs/ @doctocat
/scripts/ @doctocat @octocat
**/logs @octocat
/apps/ @octocat
/apps/github
`;

describe("GitHub's documented example", () => {
  const { ownersOf, owners } = parseCodeowners(github);
  test.each([
    ['README.md', ['@global-owner1', '@global-owner2']],
    ['src/deep/a.js', ['@js-owner']],
    ['a.go', ['docs@example.com']],
    ['x/y.txt', ['@octo-org/octocats']],
    ['build/logs/today.bin', ['@octocat']],
    ['build/logsx', ['@global-owner1', '@global-owner2']],
    ['docs/getting-started.md', ['@doctocat']],
    ['docs/build-app/troubleshooting.md', ['@doctocat']],
    ['scripts/run.sh', ['@doctocat', '@octocat']],
    ['deep/down/logs/x', ['@octocat']],
    ['src/apps/main.c', ['@octocat']],
    ['apps/main.c', ['@octocat']],
    ['apps/github', []],
    ['apps/github/a/b.c', []],
    ['.hidden', ['@global-owner1', '@global-owner2']],
  ])('%s', (path, expected) => {
    expect(ownersOf(path)).toEqual(expected);
  });

  test('the rule that decides on a path is told as it is written', () => {
    const { rulesOf, rules } = parseCodeowners(github);
    expect(['src/a.js', 'deep/down/logs/x', 'apps/github/a'].map(rulesOf)).toEqual([
      ['*.js'],
      ['**/logs'],
      ['/apps/github'],
    ]);
    expect(parseCodeowners('/a/ @x').rulesOf('b')).toEqual([]);
    expect(rules.at(-1)).toEqual({ pattern: '/apps/github', owners: [] });
  });

  test('lists owners with their globs', () => {
    expect(owners.find(({ owner }) => owner === '@js-owner')?.paths).toEqual(['**/*.js', '**/*.js/**']);
  });
});

describe('patterns', () => {
  test.each([
    ['*', ['a', 'a/b', '.a/.b'], []],
    ['/*', ['a', '.a'], ['a/b']],
    ['docs/*', ['docs/getting-started.md'], ['docs/build-app/troubleshooting.md', 'x/docs/a']],
    ['*/', ['a/b', 'a/b/c'], ['a']],
    ['/*/', ['a/b', 'a/b/c'], ['a']],
    ['apps/', ['apps/a', 'x/apps/a/b'], ['apps', 'myapps/a']],
    ['/build/logs/', ['build/logs/a/b'], ['x/build/logs/a']],
    ['**/logs', ['logs', 'build/logs', 'scripts/logs/a'], ['logs2']],
    ['foo/**/bar', ['foo/bar', 'foo/a/b/bar', 'foo/x/bar/y'], ['x/foo/bar']],
    ['a?.c', ['ab.c', 'x/ab.c'], ['a.c', 'a/.c']],
    [String.raw`my\ file.txt`, ['my file.txt', 'x/my file.txt'], ['my']],
    ['a{b,c}', ['a{b,c}'], ['ab', 'ac']],
    ['a[b]', ['a[b]'], ['ab']],
    ['(x)', ['(x)', '(x)/y'], ['x']],
    ['@scope/x', ['@scope/x/y'], ['scope/x']],
    [String.raw`a\*b`, ['a*b'], ['axb']],
  ])('%s', (pattern, hits, misses) => {
    const matches = globMatcher(globsOf(pattern));
    for (const path of hits) expect(matches(path), path).toBe(true);
    for (const path of misses) expect(matches(path), path).toBe(false);
  });
});

describe('the file', () => {
  test('the last match wins, and a line without owners means nobody', () => {
    const { ownersOf } = parseCodeowners('* @a\n/x @b\n/x/y\n');
    expect([ownersOf('z'), ownersOf('x/z'), ownersOf('x/y/z')]).toEqual([['@a'], ['@b'], []]);
  });

  test('comments, blank lines, CRLF and words that are no owners', () => {
    const { ownersOf } = parseCodeowners('\r\n  # c\r\n* @a not-an-owner # @b\r\n');
    expect(ownersOf('x')).toEqual(['@a']);
  });

  test('a pattern that is longer than anybody writes is passed over', () => {
    const { ownersOf, rules } = parseCodeowners(`* @a\n*${'x'.repeat(70_000)} @b\n`);
    expect([ownersOf('x'), rules.length]).toEqual([['@a'], 1]);
  });

  test.each([
    ['stars', `${'a*'.repeat(30)}b @b`, 'a'.repeat(4096), []],
    ['backslashes before a line separator', `${'\\'.repeat(60)}x @b \u2028 @c`, 'x', []],
    ['spaces before a line separator', `[s] ${' '.repeat(200_000)}@b\u2028@c\nx`, 'x', ['@b', '@c']],
    ['comments before a line separator', `x @b${' #'.repeat(300_000)}\u2028@c`, 'x', ['@b']],
  ])('no line keeps it busy: %s', (_, line, path, owners) => {
    const found = (): readonly string[] => parseCodeowners(line).ownersOf(path);
    // Nothing else ends a regular expression that would run for ever.
    expect(runInNewContext('found()', { found }, { timeout: 20_000 })).toEqual(owners);
  });

  test.each([...'"!()[]{}|+@\\'])('no rule with %s keeps it busy', (char) => {
    const { ownersOf } = parseCodeowners(`[s] @b\nx${'*a'.repeat(30)}${char}b${char}`);
    const found = (): readonly string[] => ownersOf(`x${'a'.repeat(4096)}`);
    expect(runInNewContext('found()', { found }, { timeout: 20_000 })).toEqual([]);
  });

  test('GitHub does not know negation', () => {
    expect(parseCodeowners('* @a\n!x @b').ownersOf('x')).toEqual(['@a']);
  });

  test('an empty file has no owners', () => {
    expect(parseCodeowners('').owners).toEqual([]);
    expect(parseCodeowners('').ownersOf('x')).toEqual([]);
  });
});

describe("GitLab's sections", () => {
  const { ownersOf } = parseCodeowners(`
* @everyone
[Documentation][2] @docs-team
docs/
README.md @writer
^[Database] @db
model/db/
docs/db/ @dba
[documentation]
docs/secret/ @keeper
[Ruby] @ruby
*.rb
!vendor/
`);
  test.each([
    ['docs/a', ['@everyone', '@docs-team']],
    ['README.md', ['@everyone', '@writer']],
    ['docs/db/x', ['@everyone', '@docs-team', '@dba']],
    ['docs/secret/x', ['@everyone', '@keeper']],
    ['a.rb', ['@everyone', '@ruby']],
    ['vendor/a.rb', ['@everyone']],
  ])('%s', (path, expected) => {
    expect(ownersOf(path)).toEqual(expected);
  });
});
