import type { PartKind } from '../part.ts';
import { numberOf } from './numbers.ts';
import type { Token } from './token.ts';

/** What is said to pass, be clean or be green: a noun with the words before it that widen or narrow it. */
export interface Subject {
  readonly kind: PartKind;
  /** Token indexes, modifiers included, end exclusive. */
  readonly from: number;
  readonly to: number;
  /** Where its noun starts. */
  readonly noun: number;
  /** "all", "every", "the full". */
  readonly whole: boolean;
  /** Narrowed without a name: "new", "focused", "my", "most". */
  readonly narrowed: boolean;
  readonly names: readonly string[];
  /** Only together with verbs of building: "the project builds". */
  readonly builds: boolean;
}

type Noun = readonly [words: string, kind: PartKind];

/** Longest first. */
const nouns: readonly Noun[] = [
  ['test suites', 'tests-pass'],
  ['test suite', 'tests-pass'],
  ['test cases', 'tests-pass'],
  ['test run', 'tests-pass'],
  ['tests', 'tests-pass'],
  ['test', 'tests-pass'],
  ['specs', 'tests-pass'],
  ['suite', 'tests-pass'],
  ['suites', 'tests-pass'],
  ['lint', 'lint-clean'],
  ['linting', 'lint-clean'],
  ['linter', 'lint-clean'],
  ['linters', 'lint-clean'],
  ['eslint', 'lint-clean'],
  ['oxlint', 'lint-clean'],
  ['biome', 'lint-clean'],
  ['clippy', 'lint-clean'],
  ['ruff', 'lint-clean'],
  ['flake8', 'lint-clean'],
  ['pylint', 'lint-clean'],
  ['rubocop', 'lint-clean'],
  ['golangci-lint', 'lint-clean'],
  ['type check', 'types-check'],
  ['type checks', 'types-check'],
  ['type checking', 'types-check'],
  ['type checker', 'types-check'],
  ['typecheck', 'types-check'],
  ['typechecks', 'types-check'],
  ['type-check', 'types-check'],
  ['typechecking', 'types-check'],
  ['type-checking', 'types-check'],
  ['types', 'types-check'],
  ['typescript compilation', 'types-check'],
  ['typescript build', 'types-check'],
  ['typescript', 'types-check'],
  ['tsc', 'types-check'],
  ['mypy', 'types-check'],
  ['pyright', 'types-check'],
  ['build', 'build-succeeds'],
  ['builds', 'build-succeeds'],
  ['compilation', 'build-succeeds'],
  ['ci pipeline', 'ci-green'],
  ['ci checks', 'ci-green'],
  ['ci', 'ci-green'],
  ['pipeline', 'ci-green'],
  ['github actions', 'ci-green'],
  ['github checks', 'ci-green'],
];
const nounsByFirst = new Map<string, { words: readonly string[]; kind: PartKind }[]>();
for (const [phrase, kind] of nouns) {
  const words = phrase.split(' ');
  const first = words[0] ?? '';
  nounsByFirst.set(first, [...(nounsByFirst.get(first) ?? []), { words, kind }]);
}
const built = new Set([
  'project',
  'code',
  'codebase',
  'app',
  'application',
  'package',
  'workspace',
  'crate',
  'solution',
  'everything',
]);

const wholes = new Set(['all', 'every', 'each', 'full', 'entire', 'whole', 'complete']);
const neutral = new Set([
  'project',
  'repo',
  'repository',
  'workspace',
  'automated',
  'the',
  'our',
  'test',
  'of',
  'production',
  'final',
  'local',
  'clean',
  'fresh',
  'strict',
  'release',
  'typescript',
  'resulting',
  'github',
  'main',
]);
const narrowing = new Set([
  'new',
  'focused',
  'existing',
  'relevant',
  'related',
  'affected',
  'targeted',
  'remaining',
  'other',
  'updated',
  'added',
  'modified',
  'changed',
  'my',
  'these',
  'those',
  'this',
  'that',
  'its',
  'their',
  'most',
  'some',
  'several',
  'many',
  'few',
  'both',
  'first',
  'last',
  'non-flaky',
  'failing',
  'failed',
  'broken',
  'flaky',
  'old',
  'older',
  'previous',
  'selected',
  'specific',
  'key',
  'core-only',
  'a',
  'an',
  'any',
  'another',
  'own',
  'newly',
  'previously-failing',
  'current',
]);
const stop = new Set(
  (
    '. , ; : ! ? ( ) [ ] { } | / — – - & + = → … YES NO WARN and or but nor so then than that which who if when while as because since with without except excluding besides minus in on at by for from to into of via per after before until ' +
    'is are was were be been being has have had do does did can could will would should may might must not no never also now still just again only even yes done great perfect good excellent verified confirmed ' +
    'ran run running rerun re-ran see saw show shows showed got get make makes made keep ensure ensures verify verifies check checks confirm confirms i we you he she they it passing passed pass green clean ' +
    'mean means says said finally fixed added here there where what how why me us them okay ok result results status summary verification validation today'
  ).split(' '),
);
const determiners = new Set(['the', 'our', 'my', 'this', 'that', 'these', 'those', 'its', 'their', 'a', 'an']);
const furthest = 8;

/** The subject whose noun starts at token `at`, or undefined. */
export function subjectAt(tokens: readonly Token[], at: number): Subject | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  if (token.word === 'COMMAND') return commandSubject(token.text, at);
  if (token.word === 'FILE') return testFile.test(token.text) ? named('tests-pass', at, [token.text]) : undefined;
  if (built.has(token.word))
    return { ...narrowedBy(tokens, at), kind: 'build-succeeds', noun: at, to: at + 1, builds: true };
  const noun = nounsByFirst
    .get(token.word)
    ?.find(({ words }) => words.every((word, index) => tokens[at + index]?.word === word));
  if (noun === undefined) return undefined;
  return { ...narrowedBy(tokens, at), kind: noun.kind, noun: at, to: at + noun.words.length, builds: false };
}

const testFile = /(?:[._-](?:test|spec)s?\.)|(?:^|\/)test_|__tests__|(?:^|\/)tests?\//;

function named(kind: PartKind, at: number, names: readonly string[]): Subject {
  return { kind, from: at, to: at + 1, noun: at, whole: false, narrowed: false, names, builds: false };
}

/** A test command names what it runs. Lint, types and build stand for the whole unless the command has a path or a filter. */
function commandSubject(command: string, at: number): Subject | undefined {
  const [plain, narrowed] = commandWords(command);
  const kind = commandKinds.find(([pattern]) => pattern.test(plain))?.[1];
  if (kind === undefined) return undefined;
  return named(kind, at, kind === 'tests-pass' || narrowed ? [command] : []);
}

const commandKinds: readonly (readonly [RegExp, PartKind])[] = [
  [/\b(?:lint|eslint|oxlint|biome|clippy|ruff|flake8|golangci-lint|rubocop)\b/, 'lint-clean'],
  [/\b(?:tsc|mypy|pyright|typecheck|type-check|check-types|types)\b/, 'types-check'],
  [/\b(?:tests?|vitest|jest|mocha|pytest|rspec|ctest|playwright)\b/, 'tests-pass'],
  [/\b(?:build|compile)\b/, 'build-succeeds'],
];

function commandWords(command: string): readonly [plain: string, narrowed: boolean] {
  const words = command.split(' ');
  const plain = words.filter((word) => !/[/.\\]/.test(word));
  const filtered = words.some((word) =>
    /^(?:--filter|--package|--grep|--testNamePattern|-p|-k|-t|-w|--workspace)\b/.test(word),
  );
  const paths = words.some((word) => /[\w][/.]\w/.test(word) || (word.startsWith('./') && word !== './...'));
  return [plain.join(' '), filtered || paths];
}

type Narrowing = Pick<Subject, 'from' | 'whole' | 'narrowed' | 'names'>;

/** Walks left from the noun over determiners, numbers and modifiers. */
function narrowedBy(tokens: readonly Token[], noun: number): Narrowing {
  let from = noun;
  let whole = false;
  let narrowed = false;
  const own: Token[] = [];
  while (from > 0 && noun - from < furthest) {
    const token = tokens[from - 1];
    if (token === undefined) break;
    const { word } = token;
    if (wholes.has(word)) {
      whole = true;
      from--;
      if (word === 'all' || word === 'every' || word === 'each') break;
    } else if (word === 'of' && quantity(tokens, from - 2)) from--;
    else if (word === 'N' || word === '0' || word === 'RATIO' || word === 'AMOUNT' || numberOf(token) !== undefined)
      from--;
    else if (determiners.has(word)) {
      narrowed ||= narrowing.has(word);
      from--;
      if (!wholes.has(tokens[from - 1]?.word ?? '') && tokens[from - 1]?.word !== 'of') break;
    } else if (neutral.has(word) && word !== 'of') from--;
    else if (narrowing.has(word)) {
      narrowed = true;
      from--;
    } else if (stop.has(word) || nounsByFirst.has(word)) break;
    else {
      own.unshift(token);
      from--;
    }
  }
  if (tokens[from - 1]?.word === 'but' && tokens[from - 2]?.word === 'all')
    return { from: from - 2, whole: false, narrowed: true, names: [] };
  return { from, whole, narrowed, names: namesOf(own) };
}

function quantity(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  return (
    token !== undefined &&
    (wholes.has(token.word) || token.word === 'most' || numberOf(token) !== undefined || token.word === 'AMOUNT')
  );
}

/** Neighbouring plain words are one name ("Pi provider"); each piece of code is its own. */
export function namesOf(tokens: readonly Token[]): readonly string[] {
  const names: string[] = [];
  let open = false;
  for (const { word, text } of tokens) {
    const plain = !/^[A-Z]+$/.test(word);
    if (plain && open) names.push(`${names.pop() ?? ''} ${text}`);
    else names.push(text);
    open = plain;
  }
  return names.filter((name) => name !== '').slice(0, 100);
}
