import type { TestCase } from '../test-report/test-report.ts';

/** Tests that a claim names: by file, package, class or title, whole words, whatever separates folders. */
export function testsNamed<Test extends Pick<TestCase, 'id'>>(
  names: readonly string[],
  tests: readonly Test[],
): readonly Test[] {
  const wanted = wantedOf(names);
  return tests.filter(({ id }) => wanted.some((name) => ` ${words(id)} `.includes(name)));
}

/** Without those whose own title only mentions the name: "the parser tests" are not those of a printer that uses a parser. */
export function testsClearlyNamed<Test extends Pick<TestCase, 'id'>>(
  names: readonly string[],
  tests: readonly Test[],
): readonly Test[] {
  const wanted = wantedOf(names);
  return tests.filter(({ id }) => {
    const own = id.split(' > ').at(-1) ?? id;
    const around = ` ${words(id.slice(0, id.length - own.length))} `;
    const title = ` ${words(own).replace(/^tests? /, '')} `;
    return wanted.some(
      (name) =>
        around.includes(name) || title.startsWith(name) || [words(id), words(own)].some((all) => ` ${all} ` === name),
    );
  });
}

function wantedOf(names: readonly string[]): readonly string[] {
  return names
    .flatMap((name) => [name, ...pathsIn(name)])
    .map((name) => ` ${words(name)} `)
    .filter((name) => name.trim() !== '');
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
