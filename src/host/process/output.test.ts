import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundedOutput, lastLines, plainText } from './output.ts';

function printed(chunks: readonly string[], head: number, tail: number) {
  const output = boundedOutput(head, tail);
  for (const chunk of chunks) output.add(Buffer.from(chunk));
  return output;
}

const chunks = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 40 }), { maxLength: 30 });
const limit = fc.integer({ min: 1, max: 50 });

test('what fits is kept whole; of more, exactly the beginning and the end are kept', () => {
  let cut = 0;
  const law = fc.property(chunks, limit, limit, (parts, head, tail) => {
    const all = parts.join('');
    const output = printed(parts, head, tail);
    expect(output.bytes()).toBe(all.length);
    const missing = all.length - head - tail;
    if (missing > 0) cut += 1;
    const notice = `\n[${missing} bytes were printed here and not kept]\n`;
    expect(output.text()).toBe(missing > 0 ? all.slice(0, head) + notice + all.slice(-tail) : all);
  });
  fc.assert(law, { numRuns: 2_000 });
  expect(cut, 'no case was longer than the limits').toBeGreaterThan(100);
});

test('a character that was split between two chunks is whole again', () => {
  const bytes = Buffer.from('a€😀z');
  const output = boundedOutput(3, 20);
  for (const byte of bytes) output.add(Uint8Array.of(byte));
  expect(output.text()).toBe('a€😀z');
});

test('a character that the cut went through is left out', () => {
  expect(printed(['€€€€'], 4, 4).text()).toBe('€\n[4 bytes were printed here and not kept]\n€');
});

test('nothing that steers a terminal is left, whatever was printed', () => {
  const noise = fc.string({
    unit: fc.constantFrom(
      '\u001b',
      '[',
      ']',
      '3',
      '1',
      'm',
      ';',
      '\u0007',
      '\u009b',
      '\r',
      '\n',
      '\t',
      'x',
      '\b',
      '\u0000',
    ),
  });
  const law = fc.property(noise, (text) => {
    expect(plainText(text)).not.toMatch(/(?![\t\n])\p{Cc}/u);
  });
  fc.assert(law, { numRuns: 5_000 });
  expect(plainText('10 %\r100 %\r\ndone')).toBe('10 %\n100 %\ndone');
});

test('the last lines that say something', () => {
  expect(lastLines('a\nb\n\n  \nc\n', 2)).toBe('b\nc');
  expect(lastLines('x'.repeat(5_000))).toHaveLength(1_000);
});
