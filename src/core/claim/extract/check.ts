import type { PartKind } from '../part.ts';
import type { Candidate } from './candidate.ts';
import { predicateLength } from './predicate.ts';
import { placeLength, scopeOf } from './scope.ts';
import { type Sentence, tokenAt, wordsBetween } from './sentence.ts';
import { type Subject, isTestFunction, subjectAt } from './subject.ts';
import type { Token } from './token.ts';

/** Statements about checks: tests pass, lint is clean, types check, the build succeeds, CI is green. */
export function checksIn(sentence: Sentence): readonly Candidate[] {
  if (!judgement.test(sentence.words)) return [];
  const found: Candidate[] = [];
  let at = 0;
  while (at < sentence.tokens.length) {
    const absent = absenceAt(sentence, at);
    const group = absent === undefined ? groupAt(sentence, at) : undefined;
    const candidates = absent === undefined ? stated(sentence, group) : [absent];
    found.push(...candidates);
    at = Math.max(at + 1, candidates.at(-1)?.to ?? group?.subjects.at(-1)?.to ?? 0);
  }
  return found;
}

/** Without one of these words nothing is said of a check. */
const judgement =
  / (?:pass(?:es|ed|ing)?|succe\w+|ran|runs|complete[ds]?|finish\w+|green|clean|fine|happy|error-free|ok|YES|no|0|zero|none|check|compile[ds]?|builds?|built) /;

interface Group {
  readonly subjects: readonly Subject[];
  /** One past the predicate; undefined when nothing is said of the subjects. */
  readonly to: number | undefined;
}

/** "Tests, lint and build" with the one predicate that they share. */
function groupAt(sentence: Sentence, at: number): Group | undefined {
  const first = subjectAt(sentence.tokens, at);
  if (first === undefined) return undefined;
  const subjects = [first];
  let subject: Subject | undefined = first;
  while (subject !== undefined) {
    const to = predicateEnd(sentence, subject);
    if (to !== undefined) return { subjects, to };
    subject = nextSubject(sentence, subject.to);
    if (subject !== undefined) subjects.push(subject);
  }
  return { subjects, to: undefined };
}

/** "The lint job passes", "mypy --strict passes". */
function isFiller(word = ''): boolean {
  return /^(?:checks?|runs?|jobs?|status|--[a-z-]+)$/.test(word);
}

function predicateEnd(sentence: Sentence, subject: Subject): number | undefined {
  if (isSingleTest(sentence, subject) && !/^[a-z]/.test(sentence.tokens[subject.to]?.word ?? ''))
    return ticked(sentence, subject);
  if (isVerb(sentence, subject)) return undefined;
  const filled = subject.to + (isFiller(sentence.tokens[subject.to]?.word) ? 1 : 0);
  const single = isSingleTest(sentence, subject);
  for (const start of new Set([
    subject.to,
    ...(sentence.tokens[filled]?.word === '(' && filled > subject.to ? [] : [filled]),
    ...alsoNamed(sentence, subject.to),
    ...placeLength(sentence, filled).map((length) => filled + length),
  ])) {
    if (single && !/^[a-z]/.test(sentence.tokens[start]?.word ?? '')) continue;
    const length = predicateLength(wordsBetween(sentence, start, start + 24), subject.builds, subject.kind);
    if (length > 0) return tokenAt(sentence, (sentence.offsets[start] ?? 0) - 1 + length);
  }
  return ticked(sentence, subject);
}

/** "Lint and formatting pass": a check that Factum has no kind for. */
function alsoNamed({ tokens }: Sentence, at: number): readonly number[] {
  const joined =
    joints.has(tokens[at]?.word ?? '') && /^(?:formatting|format|fmt|prettier)$/.test(tokens[at + 1]?.word ?? '');
  if (joined) return [at + 2];
  const counted = /^ (?:and|,|&|\+) N assertions /.exec(` ${wordsAt(tokens, at, 3)} `);
  return counted === null ? [] : [at + 3];
}

function wordsAt(tokens: readonly Token[], at: number, count: number): string {
  return tokens
    .slice(at, at + count)
    .map(({ word }) => word)
    .join(' ');
}

/** "The tree that the hook tests is clean." */
function isVerb({ tokens }: Sentence, { noun, to }: Subject): boolean {
  return to === noun + 1 && tokens[noun]?.word === 'tests' && tokens[to]?.word === 'is';
}

/** One test is said to pass with a verb; "fixed the test: all pass" is not about it. */
function isSingleTest({ tokens }: Sentence, { noun, to }: Subject): boolean {
  return tokens[noun]?.word === 'test' && to === noun + 1;
}

/** "✅ Lint", with nothing more said of it; not "✅ Reviewed 4 tests", "✅ TypeScript" or "✅ `TestX` (lines 1-9)". */
function ticked({ tokens }: Sentence, { from, to, noun, builds }: Subject): number | undefined {
  const after = tokens[to]?.word;
  if (/ed$|^(?:wrote|written)$/.test(tokens[from]?.word ?? '') || /^type(?:script|s)$/.test(tokens[noun]?.word ?? ''))
    return undefined;
  const named = tokens[noun] !== undefined && isTestFunction(tokens[noun]);
  const alone = after === undefined || (named ? /^[.,;|]$/ : /^(?:YES|[.,;|(])$/).test(after);
  return !builds && alone && tokens[from - 1]?.word === 'YES' ? to : undefined;
}

const joints = new Set([',', 'and', '&', '/', '+']);
const longestModifiers = 5;

/** "Lint, tests (7/7) and build": past a count in brackets. */
function pastAside(tokens: readonly Token[], at: number): number {
  if (tokens[at]?.word !== '(') return at;
  const length = tokens.slice(at + 1, at + 1 + longestModifiers).findIndex(({ word }) => !counting.test(word));
  return length > 0 && tokens[at + 1 + length]?.word === ')' ? at + length + 2 : at;
}

const counting = /^(?:RATIO|N|0|AMOUNT|,|tests?|files?|projects?|packages?|passed|passing|green|warnings?|errors?)$/;

function nextSubject({ tokens }: Sentence, at: number): Subject | undefined {
  let start = pastAside(tokens, at);
  const joined = start;
  while (joints.has(tokens[start]?.word ?? '')) start++;
  if (start === joined) return undefined;
  for (let noun = start; noun < start + longestModifiers; noun++) {
    const subject = subjectAt(tokens, noun);
    if (subject !== undefined) return subject.from <= start ? subject : undefined;
  }
  return undefined;
}

function stated(sentence: Sentence, group: Group | undefined): readonly Candidate[] {
  const to = group?.to;
  if (group === undefined || to === undefined) return [];
  const marked = to === group.subjects.at(-1)?.to;
  return group.subjects.map((subject, index) => ({
    kind: subject.kind,
    ...(subject.tool !== undefined && { tool: subject.tool }),
    from: subject.from,
    to: index === group.subjects.length - 1 ? to : subject.to,
    lead: { first: group.subjects[0]?.from ?? subject.from, own: subject.from, noun: subject.noun, to },
    ...(marked && subject.kind === 'tests-pass' ? open : scopeOf(sentence, subject, to, group.subjects[0]?.from)),
  }));
}

/** "✅ Parser tests" may say that they pass, or that they are written. */
const open = { scope: 'unknown', names: [] } as const;

const absences: readonly (readonly [RegExp, PartKind])[] = [
  [
    /^ (?:no|0|zero)(?: (?:new|remaining|more|outstanding))? (?:lint|linting|linter|eslint|clippy|ruff|biome|oxlint) (?:errors?|issues?|warnings?|problems?|violations?)(?: remain)? /,
    'lint-clean',
  ],
  [
    /^ (?:no|0|zero)(?: (?:new|remaining|more|outstanding))? (?:type|typescript|typing|tsc|mypy|pyright|type-check|typecheck) (?:errors?|issues?|warnings?|problems?)(?: remain)? /,
    'types-check',
  ],
  [
    /^ (?:no|0|zero)(?: (?:new|remaining|more|outstanding))? (?:build|compile|compilation|compiler) (?:errors?|issues?|warnings?|failures?|problems?)(?: remain)? /,
    'build-succeeds',
  ],
  [/^ (?:no|0|zero)(?: (?:new|remaining|more|outstanding))? test failures(?: remain)? /, 'tests-pass'],
];
const counted = '(?:errors?|issues?|warnings?|problems?|violations?) (?::|=|—) (?:0|zero|none)(?= (?:$|[.,;!()|] ))';
const zeroes: readonly (readonly [RegExp, PartKind])[] = [
  [new RegExp(`^ (?:lint|linting|linter|eslint|clippy|ruff|biome|oxlint) ${counted}`), 'lint-clean'],
  [new RegExp(`^ (?:type|typescript|tsc|mypy|pyright) ${counted}`), 'types-check'],
];
const opensAbsence = new Set(
  'no 0 zero lint linting linter eslint clippy ruff biome oxlint type typescript tsc mypy pyright'.split(' '),
);
const absenceFrom =
  /^ (?:no|0|zero) (?:errors|issues|warnings|problems|findings|complaints)(?: reported)? (?:from|by) (?:the )?(?=\S)/;

/** "No lint errors", "0 type errors", "no issues from golangci-lint". */
function absenceAt(sentence: Sentence, at: number): Candidate | undefined {
  if (!opensAbsence.has(sentence.tokens[at]?.word ?? '')) return undefined;
  const words = wordsBetween(sentence, at, at + 8);
  if (!/ (?:errors?|issues?|warnings?|failures?|problems?|violations?|findings|complaints) /.test(words))
    return undefined;
  const offset = (sentence.offsets[at] ?? 0) - 1;
  const from = absenceFrom.exec(words)?.[0];
  if (from !== undefined) {
    const subject = subjectAt(sentence.tokens, tokenAt(sentence, offset + from.length));
    return subject === undefined || subject.builds
      ? undefined
      : absence(sentence, { ...subject, from: at }, subject.to);
  }
  for (const [pattern, kind] of [...absences, ...zeroes]) {
    const length = pattern.exec(words)?.[0].length;
    if (length === undefined) continue;
    const to = tokenAt(sentence, offset + length);
    const narrowed = / new /.test(words.slice(0, length));
    return absence(sentence, { kind, from: at, to, noun: at, whole: false, narrowed, names: [], builds: false }, to);
  }
  return undefined;
}

function absence(sentence: Sentence, subject: Subject, to: number): Candidate {
  const { kind, from, tool } = subject;
  return { kind, from, to, ...scopeOf(sentence, subject, to), ...(tool !== undefined && { tool }) };
}
