import { expect, test } from 'vitest';
import { blocksOf } from './block.ts';
import { extract } from './extract.ts';
import { sentencesOf } from './sentence.ts';

const small = 4_000;
const large = 16 * small;
const worst = [
  'all tests pass, ',
  'all tests pass. ',
  'tests ',
  'no ',
  'if ',
  '`',
  '`` ` ',
  '"',
  " '",
  " 'a",
  '**',
  '> ',
  '- [x] ',
  '|',
  '| a ',
  '(',
  '[',
  '](',
  'a/',
  'a.b:1',
  ':1',
  '1,',
  '1/1 ',
  '#',
  '\n',
  '\n\n',
  '```\n',
  '<!-- ',
  ' <!-- -->',
  'and ',
  'added `a`, ',
  'i committed ',
  'the full test suite in `a` ',
  'ci ',
  ' ',
  'x',
  '😀',
  '✅ ',
];

/** The work that grows with the text: tokens made and words looked at, counted and not timed. */
function workOf(text: string): number {
  let tokens = 0;
  let words = 0;
  for (const block of blocksOf(text)) {
    for (const sentence of sentencesOf(text, block)) {
      tokens += sentence.tokens.length;
      words += sentence.words.length;
    }
  }
  return tokens + words;
}

test.each(worst)('work on a text of %j grows with its length and no faster', (piece) => {
  const few = workOf(piece.repeat(small / piece.length));
  const many = workOf(piece.repeat(large / piece.length));
  expect(many).toBeLessThanOrEqual(few * 17 + 100);
});

test('a long text of any of them yields at most 100 parts', () => {
  for (const piece of worst) expect(extract(piece.repeat(100_000 / piece.length)).length).toBeLessThanOrEqual(100);
});

test('sentences too long for prose are tokenised and not matched', () => {
  expect(extract(`${'all tests pass, '.repeat(5_000)}.`)).toEqual([]);
});
