import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Outcome } from './evidence.ts';
import { type Glance, lookOutside, type OutsideThing } from './outside-look.ts';

const outcome = fc.constantFrom<Outcome>('supported', 'refuted', 'inconclusive', 'not-applicable', 'error');

/** A thing that is seen so the first time, and so the second. */
function thing([first, second]: readonly [Outcome, Outcome]): OutsideThing {
  const left: Glance[] = [first, second].map((one) => ({ outcome: one, message: `${one}.` }));
  return {
    boundTo: { url: first },
    planned: 'look',
    glance: () => Promise.resolve(left.shift() ?? { outcome: 'error', message: 'a third look' }),
  };
}

test('refuted when, and only when, two looks at the same thing refute', async () => {
  const property = fc.asyncProperty(
    fc.array(fc.tuple(outcome, outcome), { minLength: 1, maxLength: 5 }),
    async (seen) => {
      const look = await lookOutside(seen.map(thing), 'nothing');
      const refuted = seen.some(([first, second]) => first === 'refuted' && second === 'refuted');
      expect(look.outcome === 'refuted').toBe(refuted);
      expect(look.outcome === 'supported').toBe(seen.every(([first]) => first === 'supported'));
    },
  );
  await fc.assert(property, { numRuns: 2_000 });
});

test('nothing to look at is not applicable', async () => {
  expect(await lookOutside([], 'name one')).toMatchObject({ outcome: 'not-applicable', message: 'name one' });
});
