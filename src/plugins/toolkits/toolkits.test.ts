import { expect, test } from 'vitest';
import { inputForms, inputIds, unread } from '../../core/debt/inputs.ts';
import type { Toolkit } from '../../core/debt/toolkit.ts';
import { toolkitsPage } from '../../report/reference/toolkits.ts';
import { signals } from '../signals/index.ts';
import { toolkits } from './index.ts';

function unmoved(all: readonly Toolkit[]): readonly string[] {
  const moved = new Set<string>(all.flatMap(({ moves }) => moves));
  return inputIds.filter((id) => !moved.has(id));
}

function faultsIn({ id, steps, moves, time, source, when }: Toolkit): readonly string[] {
  const strange = moves.filter((input) => !inputIds.includes(input)).map((input) => `${id} moves ${input}`);
  const texts = [when, time, source, ...steps];
  return [
    ...strange,
    ...(steps.length < 3 ? [`${id} has ${steps.length} steps`] : []),
    ...(moves.length === 0 || moves.length > 4 ? [`${id} moves ${moves.length} inputs`] : []),
    ...(/\[F\]|\d{4}|Linux kernel/.test(source) ? [] : [`${id} names no source`]),
    ...(texts.some((text) => text.trim() === '') ? [`${id} has an empty text`] : []),
  ];
}

test('at least ten, each with steps, a source and inputs that there are', () => {
  expect(toolkits.length).toBeGreaterThanOrEqual(10);
  expect(toolkits.flatMap(faultsIn)).toEqual([]);
});

test('every input is moved by some toolkit', () => {
  expect(inputIds.length).toBeGreaterThan(10);
  expect(unmoved(toolkits)).toEqual([]);
});

test('of what no signal shows, no report says that something would show it, and the reference says what follows', () => {
  const shown = new Set<string>(signals.map(({ id }) => id));
  const unshown = inputIds.filter((id) => !shown.has(inputForms[id].signal));
  expect(unshown).not.toEqual([]);
  expect(inputIds.filter((id) => inputForms[id].needs.endsWith(unread))).toEqual(unshown);
  const never = toolkits.filter(({ moves }) => moves.every((input) => unshown.includes(input)));
  const sections = toolkitsPage(toolkits, signals).split('\n## ').slice(1);
  const told = sections.filter((section) => section.includes('| proposed | never'));
  expect(told.map((section) => section.split('\n')[0])).toEqual(never.map(({ id }) => id));
});

test('planted faults are found', () => {
  const [first] = toolkits as readonly [Toolkit];
  const broken = { ...first, steps: ['one'], source: 'somebody', moves: ['nothing'] } as unknown as Toolkit;
  expect(faultsIn(broken)).toHaveLength(3);
  expect(unmoved([])).toEqual(inputIds);
});

test('what needs several people is not proposed to one', () => {
  const alone = toolkits.filter(({ run }) => run({ people: 1 }));
  expect(alone.length).toBeGreaterThan(3);
  expect(alone.map(({ id }) => id)).not.toContain('review-rotation');
  expect(toolkits.every(({ run }) => run({ people: undefined }))).toBe(true);
});
