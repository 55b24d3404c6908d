import type { TestCase } from '../test-report/test-report.ts';

/** Tests that a claim names: by file, package, class or title, whole words, whatever separates folders. */
export function testsNamed<Test extends Pick<TestCase, 'id'>>(
  names: readonly string[],
  tests: readonly Test[],
): readonly Test[] {
  const wanted = names.flatMap((name) => [name, ...pathsIn(name)]).map((name) => ` ${words(name)} `);
  return tests.filter(({ id }) => wanted.some((name) => name.trim() !== '' && ` ${words(id)} `.includes(name)));
}

/** People name a subset by the command that runs it: `bun test packages/core/a.test.ts`. */
function pathsIn(name: string): readonly string[] {
  return name.split(/\s+/).filter((word) => /\w\/\w|\w\.\w/.test(word));
}

/** JUnit writes `tests/test_a.py` as `tests.test_a`: separators and the endings of source files do not tell tests apart. */
function words(name: string): string {
  return name
    .replaceAll(/\.(?:[cm]?[jt]sx?|py|go|rs|rb|java|kt)(?![\w-])/g, ' ')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
