import type { PartKind, Scope } from '../part.ts';
import { type Sentence, clauseEnd, clauseStart, wordsBetween } from './sentence.ts';
import { isOfAnotherState, isRunOtherwise } from './another-state.ts';
import { checkOf } from './command.ts';
import { namesOf } from './narrowing.ts';
import type { Subject } from './subject.ts';

/** How much is claimed of a subject, by the words before its noun and after its predicate. */
export function scopeOf(
  sentence: Sentence,
  subject: Subject,
  to: number,
  first = subject.from,
): { scope: Scope; names: readonly string[] } {
  const place = subject.to === to ? nowhere : placeAfter(sentence, subject.to);
  const later = placeAfter(sentence, to);
  const names = [...subject.names, ...place.names, ...later.names];
  if (excepts(sentence, subject.kind, to)) return { scope: 'unknown', names: [] };
  // A command names the run; what is said around it can leave open which one.
  const isRun = sentence.tokens[subject.noun]?.word === 'COMMAND';
  if (names.length > (isRun ? subject.names.length : 0)) return { scope: 'named', names };
  if (subject.kind === 'tests-pass' && notRun.test(sentence.words)) return { scope: 'unknown', names: [] };
  const ofJobs = / jobs? /.test(wordsBetween(sentence, subject.to, to));
  const narrowed = subject.narrowed || place.narrowed || later.narrowed || ofJobs || isRunOtherwise(sentence, to);
  if (narrowed || isOfSomethingElse(sentence, subject, first)) return { scope: 'unknown', names: [] };
  if (names.length > 0) return { scope: 'named', names };
  const wholeByDefault = subject.kind !== 'tests-pass';
  return { scope: subject.whole || wholeByDefault || saysAll(sentence, subject, to) ? 'all' : 'unknown', names: [] };
}

/** The noun's own words leave it open, those around it do not: only a part of the whole is meant. */
function isOfSomethingElse(sentence: Sentence, subject: Subject, first: number): boolean {
  return (
    inNarrowRow(sentence, subject) ||
    isLabelled(sentence, subject, first) ||
    isSaidOf(sentence, subject, first) ||
    isOfAnotherState(sentence, first)
  );
}

const programs =
  /^(?:COMMAND|FILE|PACKAGE|SYMBOL|CODE|bun|npm|npx|pnpm|yarn|node|deno|go|cargo|pytest|python3?|uv|make|just|vitest|jest|swift|dotnet|mvn|gradle|turbo|nx)$/;

/** "`pnpm test` in apps/web: all tests pass", "src/a.ts — full suite green": the label says of what. */
function isLabelled({ tokens }: Sentence, { kind }: Subject, first: number): boolean {
  const mark = tokens.findIndex(({ word }) => /^(?:[:—–→-]|->)$/.test(word));
  const before = tokens[first - 1]?.word === 'YES' ? first - 2 : first - 1;
  if (!programs.test(tokens[0]?.word ?? '')) return mark === 1 && isName(tokens[0]?.word ?? '');
  if (mark <= 0 || mark !== before) return false;
  const check = mark === 1 && tokens[0]?.word === 'COMMAND' ? checkOf(tokens[0].text) : undefined;
  return check?.kind !== kind || check.names.length > 0;
}

/** "decamelize: all tests pass"; not "Result: all tests pass". */
function isName(word: string): boolean {
  return /^[a-z][a-z0-9_-]{2,}$/.test(word) && !opensReport.test(word);
}

const opensReport =
  /^(?:(?:re-?|un|double-)?(?:verif|valid|confirm|result|status|summar|test|suite|spec|check|change|done|complet|finish|fix|buil|compil|evidence|outcome|final|work|implement|deliver|lint|now|pass|green|after|before|state|note|update|next|also|overall|today|good|great|success|quality|gate|code|ci$|perfect|proof|progress|report|output|run|execut|regression|everything|all$|both|[a-z]+ly$|yes|so$|then|unit|integration|finding|conclusion|answer|self-review|review|pre-?flight|post-flight|ready|confidence|recap|fyi|tl|local|clean|fresh|full|coverage|typ|format|step|phase|stage|milestone|refactor|merge|release|resolved|log))/;

const wholes =
  / (?:there|everything|all|codebase|code|repo|repository|project|workspace|tree|monorepo) (?:is|are|stays?|remains?|has|have) /;

/** "The core modules are mypy clean" is about these modules. */
function isSaidOf(sentence: Sentence, { kind }: Subject, first: number): boolean {
  const words = wordsBetween(sentence, clauseStart(sentence, first), first);
  const said =
    /\S (?:is|are|stays?|remains?|(?<! (?:we|it|this|that|which|there|now) )(?:has|have))(?: (?:now|all|also|both|still|fully|already))* $/.test(
      words,
    );
  return kind !== 'tests-pass' && said && !wholes.test(words);
}

/** A row of a table about one package or file: "| `apps/web` | builds clean |". */
function inNarrowRow({ block, tokens }: Sentence, { from }: Subject): boolean {
  return block.kind === 'row' && from > 2 && /^(?:FILE|SYMBOL|PACKAGE|CODE)$/.test(tokens[1]?.word ?? '');
}

/** "Tests: all passing", but not "Tests, lint and build all pass", where "all" counts the subjects. */
function saysAll(sentence: Sentence, subject: Subject, to: number): boolean {
  return /^ (?:[:|—–-] )(?:YES )?all /.test(wordsBetween(sentence, subject.to, to));
}

/** What stands behind one of these is not meant. */
export const exception =
  / (?:except|excluding|apart from|aside from|other than|besides|minus|save for|with (?!no |zero |0 )(?:\w+ )?(?:\w+ )?exceptions?|but not) /;
const testsFailing =
  / (?:but (?:one|two|three|the|for|N|some|a few)|but (?:\w+ ){1,4}(?:fails?|failed|failing|flaky|skipped|broken)|(?:one|two|three|N) (?:of them )?(?:fails?|failed|failing|is flaky|are flaky)) /;
const notRun = / (?:not|didn't|haven't|couldn't|weren't|skipped) (?:been )?(?:run|ran|rerun|tested|executed) /;

function excepts(sentence: Sentence, kind: PartKind, to: number): boolean {
  const after = wordsBetween(sentence, to - 1, sentence.tokens.length);
  return exception.test(after) || (kind === 'tests-pass' && testsFailing.test(after));
}

interface Place {
  readonly names: readonly string[];
  readonly narrowed: boolean;
}

const nowhere: Place = { names: [], narrowed: false };
const everywhere =
  /^ (?:in|on|for|under|across|within|of) (?:(?:the |all |every |both )*(?:total|workspace|board|repo|repository|project|packages|pr|pull request|whole \w+|entire \w+|full \w+|first try|latest \w+|codebase|N|AMOUNT|RATIO|my machine|this machine|now)|(?:all|every|both(?! (?:\w+ )?files)) \w+|AMOUNT|N) /;
const elsewhere =
  /^ (?:in|on|for|under|across|within|of|at) (?:(?:the|my|these|those|this|our|its|your|new|changed|modified|touched|edited) )*(?:new|changed|modified|touched|edited|changes?|files?|code|ci|main|master|base|baseline|old|HEAD|branch|windows|linux|macos|SHA|VERSION) /;
const changedOnly =
  /^ (?:in|on|for|under|across|within|of|at) (?:(?:the|my|our|all|both|every|of|N|two|three|four|five|six|seven|eight|nine|ten) )*(?:new|changed|modified|touched|edited|affected|related|relevant|updated|these|those) |^ (?:on|for) (?:(?:all|the|both) )*(?:N|two|three|four|five|six|seven|eight|nine|ten) (?:\w+ )?files /;
const preposition = /^ (?:in|on|for|from|under|within|of|at) /;
const furthest = 6;

/** "in `packages/core`", "for the parser", "on main": where the statement holds, read from token `at`. */
function placeAfter(sentence: Sentence, at: number): Place {
  const end = Math.min(clauseEnd(sentence, at), at + furthest + 1);
  const words = wordsBetween(sentence, at, end);
  if (!preposition.test(words)) return nowhere;
  const changed = changedOnly.test(words);
  if (!changed && everywhere.test(words)) return nowhere;
  if (changed || elsewhere.test(words)) return { names: [], narrowed: true };
  const concrete = sentence.tokens
    .slice(at + 1, end)
    .filter(({ word }) => /^(?:FILE|SYMBOL|PACKAGE|BRANCH|CODE)$/.test(word));
  return { names: namesOf(concrete), narrowed: true };
}

const otherSubject = /^(?:i|we|you|he|she|it|they|that|which|confirm|verify|ensure|check)$/;

/** Length in tokens of a place between subject and predicate: "tests in `packages/core` pass". */
export function placeLength(sentence: Sentence, at: number): readonly number[] {
  const words = wordsBetween(sentence, at, at + furthest);
  if (!/^ (?:in|for|of|from|under|across) /.test(words)) return [];
  const other = sentence.tokens.slice(at, at + furthest).findIndex(({ word }) => otherSubject.test(word));
  const longest = Math.min(other < 0 ? furthest : other, sentence.tokens.length - at, clauseEnd(sentence, at) - at);
  return Array.from({ length: Math.max(0, longest - 1) }, (_, index) => index + 2);
}
