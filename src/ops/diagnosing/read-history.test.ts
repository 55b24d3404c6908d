import { expect, test } from 'vitest';
import { some, start } from '../../../test/make/facts.ts';
import { defaultConfig } from '../../core/config/default-config.ts';
import type { HistoryMemory, HistoryReading, OpenHistory, Progress } from '../../core/operation.ts';
import { seen } from '../../core/ports.ts';
import { day, week, weekOf } from '../../core/signal/week.ts';
import { signals } from '../../plugins/signals/index.ts';
import { keepWeeks, readHistory } from './read-history.ts';

const days = 1800;
const newest = start + days * day;
const progress: Progress = { begin: () => () => {}, note() {}, show() {} };
const memory: HistoryMemory = { isEmpty: true, recall: () => undefined, keep() {}, save: () => Promise.resolve() };

interface Asked {
  readonly compare?: string;
  readonly since?: number;
  readonly until?: number;
  /** Weeks of the current window, and of the baseline. */
  readonly windows?: readonly [number, number];
  /** Default branch of factum.yaml; `main` is what is read. */
  readonly named?: string;
}

async function readWith({ windows: [current, baseline] = [13, 52], named, ...asked }: Asked) {
  const notes: string[] = [];
  let given: HistoryReading['memory'];
  let wantedFrom: number | undefined;
  const kept: string[] = [];
  const history: OpenHistory = {
    name: 'test',
    config: {
      ...defaultConfig('test'),
      diagnose: { anchors: {}, window_weeks: current, baseline_weeks: baseline },
      git: { remote: 'origin', ...(named === undefined ? {} : { default_branch: named }) },
    },
    memory: { ...memory, keep: (circumstances) => kept.push(circumstances) },
    git: ([command, ...args]) => {
      const id = `${args.includes('--timestamp') ? '1 ' : ''}${'f'.repeat(40)}\n`;
      const stdout = command === 'log' ? String((start + 200 * day) / 1000) : id;
      return Promise.resolve(seen({ exit: 0, stdout, stderr: '' }));
    },
    agentCommits: () => Promise.resolve(seen(0)),
    pods: () => Promise.resolve(undefined),
    read(_asked, reading) {
      given = reading.memory;
      wantedFrom = reading.begin?.(newest);
      for (const fact of some(days)) reading.emit(fact);
      const people = { human: 1, agent: 0, bot: 0, undisclosed: 0 };
      const counts = { asOf: newest, commits: days, changes: days, people };
      return Promise.resolve(seen({ repository: 'test', branch: 'main', ...counts, components: [], notes: [] }));
    },
    close: () => Promise.resolve(),
  };
  const wanted = { pods: [], now: newest, repositories: 1, ...asked };
  const { collected } = await readHistory(history, { signals }, wanted, {
    ...progress,
    note: (text) => notes.push(text),
  });
  given?.keep('the same', {});
  const isDrawnFrom = (time: number): boolean =>
    (collected.whole.kept.get('decision-visibility')?.get(weekOf(time))?.size ?? 0) > 1;
  return {
    isDrawnFrom: isDrawnFrom(start + 200 * day),
    /** Of these weeks before the newest. */
    drawn: [60, 120, 160].filter((ago) => isDrawnFrom(newest - ago * week)),
    kept,
    notes,
    isRemembered: given !== undefined,
    weeks: (weekOf(newest) - (wantedFrom ?? NaN)) / week,
  };
}

test('weeks of long ago are drawn from where a commit is named at which the windows meet, and of them nothing is remembered', async () => {
  expect(await readWith({})).toMatchObject({ isDrawnFrom: false, isRemembered: true });
  expect(await readWith({ compare: 'v1' })).toMatchObject({ isDrawnFrom: true, isRemembered: false });
});

test.each<readonly [string, Asked, number]>([
  ['as far as series look back', {}, keepWeeks],
  ['a begin that was asked for', { since: weekOf(newest) - 10 * week }, 10],
  [
    'what a commit of long ago is compared with',
    { compare: 'v1' },
    (weekOf(newest) - weekOf(start + 200 * day)) / week + 117,
  ],
  ['all that longer windows need', { windows: [52, 156] }, 52 + 156 + 65],
  [
    'a longer baseline of a commit of long ago',
    { compare: 'v1', windows: [13, 104] },
    (weekOf(newest) - weekOf(start + 200 * day)) / week + 104 + 65,
  ],
  ['the same before an end that was asked for', { until: newest - 100 * week }, keepWeeks + 100],
])('the source is told since when facts are wanted: %s', async (_, asked, weeks) => {
  expect(await readWith(asked)).toMatchObject({ weeks });
});

test('changes are drawn from longer windows, too, and nothing is taken up that was kept for others', async () => {
  const [usual, longer] = [await readWith({}), await readWith({ windows: [26, 104] })];
  expect(usual.drawn).toEqual([60]);
  expect(longer.drawn).toEqual([60, 120]);
  expect(new Set([...usual.kept, ...longer.kept]).size).toBe(2);
});

test('a default branch that is configured and not read is told', async () => {
  expect((await readWith({})).notes).toEqual([]);
  expect((await readWith({ named: 'main' })).notes).toEqual([]);
  expect((await readWith({ named: 'develop' })).notes).toEqual([
    'test: main was read, which is checked out; develop, the default branch of factum.yaml, was not',
  ]);
});
