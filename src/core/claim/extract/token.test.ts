import { expect, test } from 'vitest';
import { tokensOf } from './token.ts';

const quotedIn = (text: string): readonly string[] =>
  tokensOf(text, 0, text.length).flatMap(({ quoted, text: word }) => (quoted ? word : []));

test.each([
  ["he said 'all green' today", ['all', 'green']],
  ["he said 'it's green' today", ["it's", 'green']],
  ["'green 😀' today", ['green', '😀']],
  ["the tests' owners said 'a' and 'b'", ['a', 'b']],
  [`'${'a '.repeat(200)}b' is too far`, []],
])('single quotation marks in %j', (text, quoted) => {
  expect(quotedIn(text)).toEqual(quoted);
});
