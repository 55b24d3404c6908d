import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnsOf, fitting, wrap } from './columns.ts';

describe('columns', () => {
  test.each([
    ['plain text', 10],
    ['naïve “quotes” …', 16],
    ['日本語', 6],
    ['e\u0301', 1],
    ['👍', 2],
    ['🇩🇪', 2],
    ['ｗｉｄｅ', 8],
  ])('%s takes %i', (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });
});

describe('wrapping', () => {
  test('breaks at blanks', () => {
    expect(wrap('all tests pass on that tree', 10)).toEqual(['all tests', 'pass on', 'that tree']);
  });

  test('breaks a word longer than a line, beside others when that saves a line', () => {
    expect(wrap('see abcdefghijklmno', 10)).toEqual(['see abcdef', 'ghijklmno']);
    expect(wrap('wide 日本語日本語日本語', 8)).toEqual(['wide 日', '本語日本', '語日本語']);
  });

  test('an empty text is one empty line', () => {
    expect(wrap('', 10)).toEqual(['']);
  });

  const word = fc.string({ unit: fc.constantFrom('a', 'b', '-', '日', 'é', '👍'), minLength: 1, maxLength: 30 });
  const words = fc.array(word, { minLength: 1, maxLength: 20 });

  test('no line is too long, and no character is lost', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 2, max: 40 }), (given, room) => {
        const lines = wrap(given.join(' '), room);
        expect(Math.max(...lines.map(columnsOf))).toBeLessThanOrEqual(room);
        expect(lines.join('').replaceAll(' ', '')).toBe(given.join(''));
      }),
      { numRuns: 1000 },
    );
  });

  test('what fits is a beginning and fits', () => {
    fc.assert(
      fc.property(word, fc.integer({ min: 2, max: 40 }), (text, room) => {
        const kept = fitting(text, room);
        expect(text.startsWith(kept)).toBe(true);
        expect(columnsOf(kept)).toBeLessThanOrEqual(room);
      }),
      { numRuns: 1000 },
    );
  });
});
