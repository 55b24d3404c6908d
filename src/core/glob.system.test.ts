import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { testRoom } from '../../test/repository.ts';
import { globsOf } from './config/gitignore-glob.ts';
import { globMatcher, wildmatch } from './glob.ts';

const room = testRoom();
afterAll(() => room.remove());

const nameOf = (...pieces: readonly string[]) =>
  fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 5 }).map((all) => all.join(''));
const nameInPath = nameOf('a', 'b', 'ab', '*', '(', '{a,b}');
const path = fc.array(nameInPath, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
const shared = ['a', 'b', 'ab', '*', '*', '?', '(', '{a,b}', String.raw`\*`, String.raw`\a`] as const;

/** The last name stands for no folders: `a/**` is also `a` here. Git's `a**` is not what its documentation says. */
function pattern(...more: readonly string[]) {
  const name = nameOf(...shared, ...more).map((each) => each.replaceAll(/\*{2,}/g, '*'));
  return fc
    .tuple(fc.constantFrom('', '/'), fc.array(fc.oneof(name, fc.constant('**')), { maxLength: 3 }), name)
    .map(([begin, names, last]) => begin + [...names, last].join('/'));
}

test('attributes are given to the paths that git gives them to', () => {
  const { dir, write } = room.repository();
  const patterns = [...new Set(fc.sample(pattern('[ab]', '[!a]', '[a-b*]'), 400))];
  const paths = [...new Set(fc.sample(path, 400))];
  write('.gitattributes', patterns.map((each, at) => `${each} p${at}\n`).join(''));
  const told = execFileSync('git', ['check-attr', '--all', '--stdin', '-z'], { cwd: dir, input: paths.join('\0') });
  const fields = told.toString().split('\0');
  const given = fields.flatMap((each, at) =>
    at % 3 === 0 && each !== '' ? [`${patterns[Number(fields[at + 1]?.slice(1))]} ${each}`] : [],
  );
  const expressions = patterns.map((each) => wildmatch(each.includes('/') ? each.replace(/^\//, '') : `**/${each}`));
  const found = paths.flatMap((each) =>
    expressions.flatMap((expression, at) => (expression.test(each) ? [`${patterns[at]} ${each}`] : [])),
  );
  expect(given.length).toBeGreaterThan(1000);
  expect(found.toSorted()).toEqual(given.toSorted());
});

test('rules of CODEOWNERS match what git ignores for the same patterns', () => {
  const { dir, write } = room.repository();
  const paths = [...new Set(fc.sample(path, 300))].toSorted();
  const written = fc.sample(fc.tuple(pattern(), fc.constantFrom('', '', '/')), 150);
  let ignored = 0;
  for (const each of new Set(written.map(([begin, end]) => begin + end))) {
    if (each.endsWith('/*')) continue; // in CODEOWNERS not what is in folders of that folder
    write('.gitignore', `${each}\n`);
    const told = gitIgnores(dir, paths);
    expect(paths.filter(globMatcher(globsOf(each))), each).toEqual(told);
    ignored += told.length;
  }
  expect(ignored).toBeGreaterThan(1000);
});

function gitIgnores(dir: string, paths: readonly string[]): readonly string[] {
  try {
    const told = execFileSync('git', ['check-ignore', '--stdin', '-z'], { cwd: dir, input: paths.join('\0') });
    return told.toString().split('\0').slice(0, -1).toSorted();
  } catch (error) {
    if ((error as { readonly status?: number }).status === 1) return []; // none
    throw error;
  }
}
