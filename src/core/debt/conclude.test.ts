import { expect, test } from 'vitest';
import { computed } from '../../../test/make/figures.ts';
import { richInputs } from '../../../test/make/example-scopes.ts';
import type { DebtLevel, InputReading } from './diagnosis.ts';
import { type Grounds, predictedDebt } from './conclude.ts';
import type { DrawnLevels } from './draws.ts';
import type { InputId } from './inputs.ts';

const level = computed(30, 30, 30);
const debt: DebtLevel = { id: 'human', level, pillars: [], shares: [], coverage: { observed: 4, of: 4 } };

function sharesWith(decisions: number, reviews: number): readonly (readonly [string, number])[] {
  const [some] = richInputs;
  if (some === undefined) throw new Error('no example');
  const reading = (id: InputId, b: number): readonly [InputId, InputReading] => [
    id,
    { ...some, id, badness: computed(b, b, b) },
  ];
  const drawn = { badness: new Map(), predicted: { main: 0.1, amplification: 0.05 } } as unknown as DrawnLevels;
  const grounds: Grounds = {
    inputs: new Map([reading('decision-visibility', decisions), reading('review-density', reviews)]),
    drawn: [drawn],
  };
  const { shares } = predictedDebt(grounds, [debt, { ...debt, id: 'technical' }], computed(0.5, 0.5, 0.5));
  return shares.map(({ input, ofLevel }) => [input, Number(ofLevel.toFixed(3))] as const);
}

test('what makes debt invisible has as much of it as is not seen there: what is seen in full has nothing', () => {
  expect(sharesWith(0, 0.5)).toEqual([
    ['review-density', 0.333],
    ['decision-visibility', 0],
  ]);
  expect(new Map(sharesWith(0.6, 0.2))).toEqual(
    new Map([
      ['decision-visibility', 0.25],
      ['review-density', 0.083],
    ]),
  );
});
