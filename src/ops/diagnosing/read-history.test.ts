import { expect, test } from 'vitest';
import { some, start } from '../../../test/make/facts.ts';
import type { HistoryMemory, HistoryReading, OpenHistory, Progress } from '../../core/operation.ts';
import { seen } from '../../core/ports.ts';
import { day } from '../../core/signal/week.ts';
import { signals } from '../../plugins/signals/index.ts';
import { readHistory } from './read-history.ts';

const days = 1400;
const progress: Progress = { begin: () => () => {}, note() {}, show() {} };
const memory: HistoryMemory = { isEmpty: true, recall: () => undefined, keep() {}, save: () => Promise.resolve() };

/** Groups of changes of a week long ago, and whether anything is remembered. */
async function readWith(compare?: string): Promise<readonly [number | undefined, boolean]> {
  let given: HistoryReading['memory'];
  const history: OpenHistory = {
    name: 'test',
    memory,
    git: ([command]) => {
      const stdout = command === 'log' ? String((start + 200 * day) / 1000) : 'f'.repeat(40);
      return Promise.resolve(seen({ exit: 0, stdout, stderr: '' }));
    },
    agentCommits: () => Promise.resolve(seen(0)),
    read(_asked, reading) {
      given = reading.memory;
      reading.begin?.(start + days * day);
      for (const fact of some(days)) reading.emit(fact);
      const people = { human: 1, agent: 0, bot: 0, undisclosed: 0 };
      const counts = { asOf: start + days * day, commits: days, changes: days, people };
      return Promise.resolve(seen({ repository: 'test', branch: 'main', ...counts, components: [], notes: [] }));
    },
    close: () => Promise.resolve(),
  };
  const wanted = { pods: [], now: start + days * day, compare, amongOthers: false };
  const { collected } = await readHistory(history, { signals }, wanted, progress);
  const [first] = [...(collected.whole.kept.get('decision-visibility')?.values() ?? [])];
  return [first?.size, given !== undefined];
}

test('weeks of long ago are drawn from where a commit is named at which the windows meet, and of them nothing is remembered', async () => {
  expect(await readWith()).toEqual([1, true]);
  expect(await readWith('v1')).toEqual([7, false]);
});
