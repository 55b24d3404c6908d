import type { PartKind } from '../part.ts';
import type { Token } from './token.ts';

/** What checks are called. */
const nouns: Readonly<Partial<Record<PartKind, string>>> = {
  'tests-pass': 'test suites, test suite, test cases, test run, tests, test, specs, suite, suites',
  'lint-clean':
    'lint, linting, linter, linters, eslint, oxlint, biome, clippy, ruff, flake8, pylint, rubocop, golangci-lint, go vet, staticcheck',
  'types-check':
    'type check, type checks, type checking, type checker, typecheck, typechecks, type-check, typechecking, ' +
    'type-checking, types, typescript strict mode, typescript compilation, typescript build, typescript, tsc, mypy, pyright',
  'build-succeeds': 'build pipeline, build, builds, compilation',
  'ci-green': 'ci pipeline, ci checks, ci, pipeline checks, pipeline, github actions, github checks',
};

interface Noun {
  readonly kind: PartKind;
  readonly words: readonly string[];
  /** It is the name of a program. */
  readonly tool: boolean;
}

const programs =
  /^(?:eslint|oxlint|biome|clippy|ruff|flake8|pylint|rubocop|golangci-lint|go vet|staticcheck|tsc|mypy|pyright)$/;

const byFirstWord = new Map<string, Noun[]>();
for (const [kind, phrases] of Object.entries(nouns) as [PartKind, string][]) {
  for (const phrase of phrases.split(', ').toSorted((one, other) => other.length - one.length)) {
    const words = phrase.split(' ');
    const first = words[0] ?? '';
    byFirstWord.set(first, [...(byFirstWord.get(first) ?? []), { kind, words, tool: programs.test(phrase) }]);
  }
}

/** The check whose name starts at token `at`; of several the longest. */
export function nounAt(tokens: readonly Token[], at: number): Noun | undefined {
  return byFirstWord
    .get(tokens[at]?.word ?? '')
    ?.find(({ words }) => words.every((word, index) => tokens[at + index]?.word === word));
}

export function startsNoun(word: string): boolean {
  return byFirstWord.has(word);
}
