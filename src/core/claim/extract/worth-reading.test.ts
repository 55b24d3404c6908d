import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdOut } from '../../../../test/extraction/hold-out.ts';
import { holdOutTwo } from '../../../../test/extraction/hold-out-two.ts';
import { halfA, halfB, lastHoldOut, third } from '../../../../test/extraction/public-sentences.ts';
import { sentences } from '../../../../test/extraction/sentences.ts';
import { blocksOf } from './block.ts';
import { explainExtraction, extract } from './extract.ts';
import { isWorthReading } from './worth-reading.ts';

const statements = [sentences, holdOut, holdOutTwo, halfA, halfB, third, lastHoldOut]
  .flat()
  .map(([statement]) => statement);

test('what is passed over unread claims nothing', () => {
  let claims = 0;
  const same = (text: string): void => {
    const all = explainExtraction(text).flatMap((finding) => ('part' in finding ? [finding.part] : []));
    claims += all.length;
    expect(extract(text)).toEqual(all);
  };
  for (const statement of statements) same(statement);
  expect(claims).toBeGreaterThan(500);
  const mixed = fc.array(fc.constantFrom(...statements), { minLength: 2, maxLength: 4 });
  fc.assert(
    fc.property(mixed, fc.constantFrom(' ', '\n', '\n- ', '. '), (some, joint) => same(some.join(joint))),
    { numRuns: 300 },
  );
});

test.each([
  ['The parser keeps a small cache, and both readers share it.', false],
  ['_CI_ is _ok_.', true],
  ['_Added_ `readBlock`.', true],
])('%s', (text, worth) => {
  const [block] = blocksOf(text);
  expect(block && isWorthReading(text, block, block)).toBe(worth);
});
