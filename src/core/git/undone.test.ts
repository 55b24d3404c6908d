import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Step, undoneBehind } from './undone.ts';

/** A line of commits 0, 1, 2, ...; `2:0` restores 0. */
function line(...told: readonly string[]): readonly Step[] {
  return told.map((text) => {
    const [id = '', restoredTo] = text.split(':');
    const parents = id === '0' ? [] : [String(Number(id) - 1)];
    return { id, parents, ...(restoredTo === undefined ? {} : { restoredTo }) };
  });
}
const undone = (steps: readonly Step[]) => [...undoneBehind(steps.at(-1)?.id ?? '', steps)];

test.each<[string, readonly string[], readonly (readonly [string, string])[]]>([
  [
    'a rollback undoes what came between',
    ['0', '1', '2', '3:0', '4'],
    [
      ['2', '3'],
      ['1', '3'],
    ],
  ],
  ['nothing came between', ['0', '1:0'], []],
  ['rolled forward again', ['0', '1', '2', '3:0', '4:2'], [['3', '4']]],
  [
    'rolled forward in part',
    ['0', '1', '2', '3:0', '4:1'],
    [
      ['3', '4'],
      ['2', '4'],
    ],
  ],
  [
    'two in a row',
    ['0', '1', '2:0', '3', '4:2'],
    [
      ['1', '2'],
      ['3', '4'],
    ],
  ],
  [
    'a rollback of a rollback',
    ['0', '1', '2', '3:1', '4', '5:2'],
    [
      ['4', '5'],
      ['3', '5'],
    ],
  ],
])('%s', (_what, told, expected) => {
  expect(undone(line(...told)).toSorted()).toEqual(expected.toSorted());
});

test('what another line of history still has is not undone', () => {
  const steps: readonly Step[] = [...line('0', '1', '2:0'), { id: 'm', parents: ['2', '1'] }];
  expect(undone(steps)).toEqual([]);
});

test('laws: without a rollback nothing is undone; neither the tip nor what it restored ever is', () => {
  const links = fc.array(fc.record({ back: fc.nat(5), rolls: fc.boolean() }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(links, (all) => {
      const steps = all.map(({ back, rolls }, at): Step => {
        const parents = at === 0 ? [] : [String(at - 1)];
        return { id: String(at), parents, ...(rolls && at > 0 && { restoredTo: String(Math.max(0, at - 1 - back)) }) };
      });
      const tip = steps.at(-1);
      const found = undoneBehind(tip?.id ?? '', steps);
      expect(found.has(tip?.id ?? '') || found.has(tip?.restoredTo ?? '')).toBe(false);
      expect(
        undoneBehind(
          tip?.id ?? '',
          steps.map(({ id, parents }) => ({ id, parents })),
        ).size,
      ).toBe(0);
    }),
  );
});
