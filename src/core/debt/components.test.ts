import { expect, test } from 'vitest';
import { aChange, start } from '../../../test/make/facts.ts';
import { week, windowsAt } from '../signal/week.ts';
import { collector } from './collect.ts';
import { componentsIn } from './components.ts';

test('a change counts once for each component that it touches, in the window of its merge', () => {
  const into = collector({ signals: [], pods: [], keepWeeks: 240 });
  const [old, late] = [start, start + 60 * week];
  into.add(aChange({ id: 'a', mergedAt: old, components: ['/src/'] }));
  into.add(aChange({ id: 'b', mergedAt: late, components: ['/src/', ''] }));
  into.add(aChange({ id: 'c', mergedAt: late, components: ['/src/'], authorship: 'bot' }));
  into.add(aChange({ id: 'd', mergedAt: late }));
  const known = [
    { id: '/docs/', owners: [], people: 1 },
    { id: '/src/', owners: ['@octo/web'], people: 0 },
  ];
  const { components } = into.whole;
  expect(componentsIn(known, components, windowsAt(late))).toEqual([
    { id: '/src/', owners: ['@octo/web'], people: 0, changes: { now: 1, before: 1 } },
    { id: '', owners: [], people: 0, changes: { now: 1, before: 0 } },
  ]);
  expect(componentsIn([], components, windowsAt(late))).toEqual([]);
});
