import type { Block } from './block.ts';
import type { Token } from './token.ts';
import { tokensOf } from './token.ts';

/** Tokens up to a full stop, and the same as one string with single blanks, which patterns are matched against. */
export interface Sentence {
  readonly block: Block;
  readonly tokens: readonly Token[];
  /** The tokens' words joined by single blanks, with one in front and one behind. */
  readonly words: string;
  /** Offset in `words` of each token; one more entry for the end. */
  readonly offsets: readonly number[];
}

const shortLine = 60;

/** Sentences of one block. A line is a sentence of its own when it is short and the next one starts afresh. */
export function sentencesOf(text: string, block: Block): readonly Sentence[] {
  const sentences: Sentence[] = [];
  const tokens = tokensOf(text, block.start, block.end);
  let from = 0;
  let lineStart = block.start;
  for (const [index, token] of tokens.entries()) {
    if (token.opensLine) {
      const previous = tokens[index - 1];
      const fresh = previous !== undefined && startsAfresh(token, previous.end - lineStart);
      if (fresh && index > from) sentences.push(sentence(block, tokens.slice(from, index)));
      if (fresh) from = index;
      lineStart = token.start;
    }
    if (!isStop(token) || isTally(tokens, index + 1)) continue;
    sentences.push(sentence(block, tokens.slice(from, index + 1)));
    from = index + 1;
  }
  if (from < tokens.length) sentences.push(sentence(block, tokens.slice(from)));
  return sentences;
}

function isStop({ word }: Token): boolean {
  return word === '.' || word === '!' || word === '?';
}

/** "All new tests pass! (18/18)" is one sentence. */
function isTally(tokens: readonly Token[], at: number): boolean {
  return tokens[at]?.word === '(' && tokens[at + 1]?.word === 'RATIO' && tokens[at + 2]?.word === ')';
}

function startsAfresh(token: Token, lengthOfLineBefore: number): boolean {
  if (token.word === 'YES' || token.word === 'NO' || token.word === 'WARN') return true;
  return lengthOfLineBefore < shortLine && /^[\p{Lu}\d`]/u.test(token.text);
}

function sentence(block: Block, tokens: readonly Token[]): Sentence {
  const offsets: number[] = [];
  let words = ' ';
  for (const token of tokens) {
    offsets.push(words.length);
    words += `${token.word} `;
  }
  offsets.push(words.length);
  return { block, tokens, words, offsets };
}

/** The words of tokens `from` to `to`, with a blank at both ends. */
export function wordsBetween({ words, offsets }: Sentence, from: number, to: number): string {
  return words.slice((offsets[from] ?? words.length) - 1, offsets[to] ?? words.length);
}

/** Index of the token that starts at or after `offset` in `words`. */
export function tokenAt({ offsets }: Sentence, offset: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

const boundaries = new Set([
  ',',
  ';',
  ':',
  '—',
  '–',
  '-',
  '(',
  ')',
  '|',
  'but',
  'while',
  'though',
  'although',
  'however',
  '→',
  '/',
]);
const strong = new Set([';', '—', '–', ':', '|', 'but', 'YES']);

/** First token of the clause that holds token `at`: after the nearest comma, colon, bracket, dash or "but". */
export function clauseStart({ tokens }: Sentence, at: number): number {
  return after(tokens, at, boundaries);
}

/** First token after the nearest semicolon, colon, dash or "but": what an opening such as "let me" governs. */
export function statementStart({ tokens }: Sentence, at: number): number {
  return after(tokens, at, strong);
}

function after(tokens: readonly Token[], at: number, marks: ReadonlySet<string>): number {
  let start = at;
  while (start > 0 && !marks.has(tokens[start - 1]?.word ?? '')) start--;
  return start;
}

/** One past the last token of the clause that holds token `at - 1`. */
export function clauseEnd({ tokens }: Sentence, at: number): number {
  let end = at;
  while (end < tokens.length && !boundaries.has(tokens[end]?.word ?? '')) end++;
  return end;
}
