import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasKeyTwice } from './json-keys.ts';

function isTwiceIn(text: string): boolean {
  return hasKeyTwice(text, JSON.parse(text));
}

test.each([
  '{"a":1,"a":1}',
  '{"a":1,"\\u0061":2}',
  '[0,{"b":{"a":1,"c":[{}],"a" : 2}}]',
  '{"":1,"":2}',
  '{"\\"{":1,"\\"{":2}',
  '{"__proto__":1,"__proto__":2}',
])('%s has a key twice', (text) => {
  expect(isTwiceIn(text)).toBe(true);
});

test.each(['{"a":{"a":{"a":"a"}}}', '[{"a":1},{"a":1}]', '{"a":"a","b":["a","a"]}', '{"a":"{\\"b\\":1,\\"b\\":2}"}'])(
  '%s has not',
  (text) => {
    expect(isTwiceIn(text)).toBe(false);
  },
);

test('what JSON.stringify writes never has, and has as soon as a key is repeated', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), (value, object) => {
      expect(isTwiceIn(JSON.stringify([value, object], null, 1))).toBe(false);
      const repeated = `${JSON.stringify(object).slice(0, -1)},${JSON.stringify(Object.keys(object)[0])}:0}`;
      expect(isTwiceIn(JSON.stringify([value]).replace(/\]$/, `,${repeated.replaceAll('$', '$$$$')}]`))).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('strings of many megabytes and deep nesting are read to the end', () => {
  const text = JSON.stringify({ payload: 'A'.repeat(20_000_000), escapes: '\\"'.repeat(1_000_000) });
  expect(isTwiceIn(text)).toBe(false);
  expect(isTwiceIn(`${text.slice(0, -1)},"payload":""}`)).toBe(true);
  expect(isTwiceIn('['.repeat(100_000) + ']'.repeat(100_000))).toBe(false);
});
