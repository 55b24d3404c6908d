import type { Scope } from '../part.ts';
import type { Candidate } from './candidate.ts';
import { isOfAnother, isUndone } from './another-place.ts';
import { isSaidChanged } from './changed-names.ts';
import { eventPatternsFor } from './event.ts';
import type { EventPattern } from './event-words.ts';
import { isSaidGone } from './gone.ts';
import { numberOf } from './numbers.ts';
import { exception } from './scope.ts';
import { type Sentence, statementStart, tokenAt, wordsBetween } from './sentence.ts';
import type { Token } from './token.ts';

/** Statements that something was done or is so, outside of checks: committed, pushed, deployed, changed. */
export function eventsIn(sentence: Sentence): readonly Candidate[] {
  const patterns = eventPatternsFor(sentence.words);
  if (patterns.length === 0) return [];
  const found: Candidate[] = [];
  let elsewhere: Candidate | undefined;
  for (let at = 0; at < sentence.tokens.length; at++) {
    if (at < (found.at(-1)?.to ?? 0) || !opensClause(sentence.tokens, at)) continue;
    const candidate = eventAt(sentence, patterns, at, found.length > 0);
    if (candidate?.elsewhere) elsewhere ??= candidate;
    else if (candidate !== undefined) found.push(candidate);
  }
  return elsewhere !== undefined && found.length === 0 ? [elsewhere] : found;
}

const openers = new Set([',', ';', ':', '—', '–', '-', '(', '|', 'and', '+', 'but', 'YES', '.', 'then']);

function opensClause(tokens: readonly Token[], at: number): boolean {
  return at === 0 || openers.has(tokens[at - 1]?.word ?? '');
}

const reach = 40;

function eventAt(
  sentence: Sentence,
  patterns: readonly EventPattern[],
  at: number,
  follows: boolean,
): Candidate | undefined {
  const words = wordsBetween(sentence, at, at + reach);
  for (const pattern of patterns) {
    const match = pattern.words.exec(words);
    if (match === null || (pattern.kind !== 'not-reverted' && unmeant.test(match[0]))) continue;
    if (pattern.kind === 'change-made' && (elsewhere.test(words) || about.test(words))) return undefined;
    if (pattern.kind === 'pushed' && isOfTag(sentence, at, words)) return undefined;
    const to = tokenAt(sentence, (sentence.offsets[at] ?? 0) - 1 + match[0].length);
    if (isUndone(pattern.kind, words)) return undefined;
    if (isOfAnother(pattern.kind, words))
      return { kind: pattern.kind, from: at, to, scope: 'unknown', names: [], elsewhere: true };
    if (pattern.active && !follows && !hasSpeaker(sentence, at, words)) return undefined;
    const candidate = candidateOf(sentence, pattern, { from: at, to }, match);
    if (candidate !== undefined) return candidate;
  }
  return undefined;
}

/** "Created a branch `x`" changes no file. */
const elsewhere =
  /^(?: \S+){1,5} (?:branch|remote|tag|issue|ticket|pr|repo|repository|session|label|bucket|secret|stash|worktree|milestone) (?:SYMBOL|BRANCH|ISSUE) /;

/** "Removed the link to `docs/a.md`", "added tests for `src/a.ts`": another file was changed. */
const about =
  /^(?: [^ ,;:.()|—–]+){1,6} (?:references?|links?|mentions?|pointers?|usages?|uses|calls?|dependency|dependencies|coverage|tests?|docs|documentation|files?|modules?|wrappers?|mocks?|stubs?|fixtures?) (?:to|of|on|for|from) (?:(?:the|a|an) )?FILE /;

/** "Pushed the tag v1.2.3" says nothing of a branch. */
const ofTag =
  / pushed (?:(?:the|a|an|all|both|new|release|git) )*tags? |^(?: (?:the|a|new|all|both|release))* tags? .*pushed /;

/** "Tagged v1.2.3 and pushed it" says as little. */
function isOfTag(sentence: Sentence, at: number, words: string): boolean {
  if (ofTag.test(words)) return true;
  return pushedIt.test(words) && / (?:tag|tags|tagged) /.test(wordsBetween(sentence, 0, at));
}

const pushedIt = /^(?: \S+){0,4} pushed (?:it|them|both) /;

/** "Created branch `x` and pushed it". */
function branchBefore({ tokens }: Sentence, at: number): readonly Token[] {
  const branch = tokens.findLastIndex(
    ({ word }, index) => index < at && /^(?:SYMBOL|BRANCH)$/.test(word) && tokens[index - 1]?.word === 'branch',
  );
  return tokens.slice(branch, branch + 1);
}

/** Within the matched words themselves: "no changes have been pushed". */
const unmeant = / (?:no|not|nothing|none|never|without|if|until|unless|must|should|once|when|whenever|whether|before) /;

/** A bare "removed `x`" is the speaker's only where the sentence says "I", or starts with a verb like it. */
function hasSpeaker(sentence: Sentence, at: number, words: string): boolean {
  if (/^(?: (?:and|so|also|then|now|finally))* (?:i|we|i've|we've) /.test(words)) return true;
  const before = wordsBetween(sentence, statementStart(sentence, at), at);
  return (
    before.trim() === '' ||
    / (?:i|we|i've|we've) /.test(before) ||
    /^(?: (?:YES|N|FILE|also|then|now))* (?:[a-z-]+ed |SYMBOL|FILE )/.test(before)
  );
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function candidateOf(
  sentence: Sentence,
  pattern: EventPattern,
  { from, to }: Range,
  match: RegExpExecArray,
): Candidate | undefined {
  const { kind } = pattern;
  const matched = sentence.tokens.slice(from, to);
  if (kind === 'endpoint-responds' && !matched.some(({ text }) => /^2(?:\d\d|xx)$/.test(text))) return undefined;
  const isIt = kind === 'pushed' && pushedIt.test(wordsBetween(sentence, from, from + reach));
  const label = isIt ? branchBefore(sentence, from) : labelBefore(sentence, from);
  const end = to + namesReach(sentence.tokens, to, listed.has(kind));
  const named = pattern.subject
    ? [subjectText(sentence, from, match)]
    : [...label, ...sentence.tokens.slice(from, end)]
        .filter(({ word }) => pattern.names.test(word))
        .filter(
          (token) => kind !== 'change-made' || isSaidChanged(sentence.tokens, to - 1, sentence.tokens.indexOf(token)),
        )
        .map(nameOf);
  const names = [...new Set(named)].slice(0, 100);
  const gone =
    kind === 'change-made'
      ? sentence.tokens.filter((_, at) => isSaidGone(sentence.tokens, to - 1, at)).map(nameOf)
      : [];
  if (pattern.named && names.length === 0) return undefined;
  const rows = kind === 'data-present' ? matched.map(numberOf).find((value) => value !== undefined) : undefined;
  return {
    kind,
    from: label.length > 0 && kind === 'change-made' ? 0 : from,
    to: Math.max(to, lastNamed(sentence.tokens, pattern, { from: to, to: end })),
    scope: scopeOf(sentence, { from, to }, names),
    names,
    ...(gone.length > 0 && { gone: gone.filter((name) => names.includes(name)) }),
    ...(rows !== undefined && { expected: { total: rows } }),
  };
}

function scopeOf(sentence: Sentence, { from, to }: Range, names: readonly string[]): Scope {
  if (names.length > 0) return 'named';
  const all = sentence.tokens.findIndex(({ word }, at) => at >= from && (word === 'all' || word === 'everything'));
  if (all < 0 || all > to) return 'unknown';
  const rest = wordsBetween(sentence, all + 1, sentence.tokens.length);
  return exception.test(rest) || ofSome.test(rest.replace(/ (?:[,;.—–(]|and) .*$/, ' ')) ? 'unknown' : 'all';
}

/** "All my changes are committed" says nothing of others'. */
const ofSome =
  / (?:my|our|your|mine|i|we|staged|tracked|relevant|related|these|those|touched|but|(?:changes?|files?|edits?|work) (?:to|in|of|for|from)) /;

/** "`src/a.ts`: added a null check". */
function labelBefore({ tokens }: Sentence, from: number): readonly Token[] {
  const [first, second] = tokens;
  if (from !== 2 || first?.word !== 'FILE' || second === undefined) return [];
  return /^[:—–-]$/.test(second.word) ? [first] : [];
}

const asides = new Set([
  'so',
  'because',
  'since',
  'which',
  'that',
  'when',
  'while',
  'if',
  'where',
  'as',
  'like',
  'instead',
  'rather',
  'but',
  '.',
  ';',
  ':',
  '—',
  '–',
  '|',
  '→',
  '!',
]);
const concrete = /^(?:FILE|SYMBOL|SHA|ISSUE|BRANCH|PACKAGE|URL)$/;
/** Kinds whose names may be a list: "`a.ts`, `b.ts` and `c.ts`". */
const listed: ReadonlySet<string> = new Set(['change-made', 'file-exists', 'issue-closed']);
const articles = new Set([
  'the',
  'a',
  'an',
  'its',
  'both',
  'and',
  'production',
  'staging',
  'main',
  'master',
  'develop',
]);

/** How far the objects of the verb go: over lists of names, not into reasons, purposes or the next clause. */
function namesReach(tokens: readonly Token[], from: number, lists: boolean): number {
  let at = from;
  while (at < tokens.length) {
    const { word } = tokens[at] ?? { word: '.' };
    const next = tokens[at + 1]?.word ?? '.';
    const namesFollow = concrete.test(next) || (articles.has(next) && concrete.test(tokens[at + 2]?.word ?? ''));
    if (asides.has(word) && !(/^(?:as|→)$/.test(word) && concrete.test(next))) break;
    if ((word === ',' || word === 'and' || word === '+' || word === '(' || word === '&') && !(lists && namesFollow))
      break;
    if (word === 'to' && !concrete.test(next) && !articles.has(next)) break;
    at++;
  }
  return at - from;
}

function lastNamed(tokens: readonly Token[], { names }: EventPattern, { from, to }: Range): number {
  for (let at = to; at > from; at--) if (names.test(tokens[at - 1]?.word ?? '')) return at;
  return from;
}

function nameOf({ word, text }: Token): string {
  if (word === 'FILE') return text.replace(/:\d+(?:[:-]\d+)*$/, '');
  return word === 'ENDPOINT' ? text.replace(/^[A-Z]+ /, '') : text;
}

function subjectText(sentence: Sentence, from: number, match: RegExpExecArray): string {
  const subject = match[1] ?? '';
  const start = (sentence.offsets[from] ?? 0) + match[0].indexOf(subject);
  const tokens = sentence.tokens.slice(tokenAt(sentence, start), tokenAt(sentence, start + subject.trim().length + 1));
  return tokens.map(({ text }) => text).join(' ');
}
