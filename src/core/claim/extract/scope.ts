import type { PartKind, Scope } from '../part.ts';
import { type Sentence, clauseEnd, wordsBetween } from './sentence.ts';
import { namesOf } from './narrowing.ts';
import type { Subject } from './subject.ts';

/** How much is claimed of a subject, by the words before its noun and after its predicate. */
export function scopeOf(sentence: Sentence, subject: Subject, to: number): { scope: Scope; names: readonly string[] } {
  const place = subject.to === to ? nowhere : placeAfter(sentence, subject.to);
  const later = placeAfter(sentence, to);
  const names = [...subject.names, ...place.names, ...later.names];
  if (excepts(sentence, subject.kind, to)) return { scope: 'unknown', names: [] };
  if (names.length > 0) return { scope: 'named', names };
  if (subject.kind === 'tests-pass' && notRun.test(sentence.words)) return { scope: 'unknown', names: [] };
  if (subject.narrowed || place.narrowed || later.narrowed || inNarrowRow(sentence, subject))
    return { scope: 'unknown', names: [] };
  const wholeByDefault = subject.kind !== 'tests-pass';
  return { scope: subject.whole || wholeByDefault || saysAll(sentence, subject, to) ? 'all' : 'unknown', names: [] };
}

/** A row of a table about one package or file: "| `apps/web` | builds clean |". */
function inNarrowRow({ block, tokens }: Sentence, { from }: Subject): boolean {
  return block.kind === 'row' && from > 2 && /^(?:FILE|SYMBOL|PACKAGE|CODE)$/.test(tokens[1]?.word ?? '');
}

/** "Tests: all passing", but not "Tests, lint and build all pass", where "all" counts the subjects. */
function saysAll(sentence: Sentence, subject: Subject, to: number): boolean {
  return /^ (?:[:|—–-] )(?:YES )?all /.test(wordsBetween(sentence, subject.to, to));
}

const exception =
  / (?:except|excluding|apart from|aside from|other than|besides|minus|save for|with the exception|but not) /;
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
  /^ (?:in|on|for|under|across|within|of) (?:(?:the |all |every |both )*(?:ci|total|workspace|board|repo|repository|project|packages|pr|pull request|whole \w+|entire \w+|full \w+|first try|latest \w+|codebase|N|AMOUNT|RATIO|my machine|this machine|now)|(?:all|every|both) \w+|AMOUNT|N) /;
const elsewhere =
  /^ (?:in|on|for|under|across|within|of|at) (?:(?:the|my|these|those|this|our|its|your|new|changed|modified|touched|edited) )*(?:new|changed|modified|touched|edited|changes?|files?|code|main|master|base|baseline|old|HEAD|branch|windows|linux|macos|SHA|VERSION) /;
const preposition = /^ (?:in|on|for|under|within|of|at) /;
const furthest = 6;

/** "in `packages/core`", "for the parser", "on main": where the statement holds, read from token `at`. */
function placeAfter(sentence: Sentence, at: number): Place {
  const end = Math.min(clauseEnd(sentence, at), at + furthest + 1);
  const words = wordsBetween(sentence, at, end);
  if (!preposition.test(words) || everywhere.test(words)) return nowhere;
  if (elsewhere.test(words)) return { names: [], narrowed: true };
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
