import { expect, test } from 'vitest';
import { aReview, some, start } from '../../../test/make/facts.ts';
import type { OpenHistory, Progress } from '../../core/operation.ts';
import { seen } from '../../core/ports.ts';
import { day, week } from '../../core/signal/week.ts';
import type { Signal } from '../../core/signal/signal.ts';
import { defaultConfig } from '../../core/config/default-config.ts';
import { detectors } from '../../plugins/detectors/index.ts';
import { signals } from '../../plugins/signals/index.ts';
import { inspectabilityGap } from '../../plugins/signals/inspectability-gap.ts';
import { reviewDensity } from '../../plugins/signals/review-density.ts';
import { toolkits } from '../../plugins/toolkits/index.ts';
import { diagnoseRepository } from './diagnose-repository.ts';

const progress: Progress = { begin: () => () => {}, note() {}, show() {} };
const weeks = 600;
const [head, other] = ['f'.repeat(40), 'e'.repeat(40)];

interface Asked {
  readonly since?: number;
  readonly until?: number;
  readonly compare?: string;
  /** The commit that is compared was made so many days after the begin. */
  readonly at?: number;
  /** A clock of the history is so many weeks ahead of the newest change. */
  readonly ahead?: number;
  /** Changes of so many last weeks have no review. */
  readonly unreviewed?: number;
  readonly repositories?: number | undefined;
  readonly by?: readonly Signal[];
  readonly windows?: Readonly<Record<'window_weeks' | 'baseline_weeks', number>>;
}

function configured(windows: Asked['windows']) {
  const usual = defaultConfig('test');
  return { ...usual, diagnose: { ...usual.diagnose, ...windows } };
}

/** A change each day for `weeks`, from a Monday on. */
async function diagnosed({
  at = 0,
  ahead = 0,
  unreviewed = weeks,
  by = signals,
  repositories = 1,
  windows: set,
  ...asked
}: Asked) {
  const facts = some(weeks * 7, (n) => ({
    reviews: n % 3 > 0 && n < (weeks - unreviewed) * 7 ? [aReview('bob')] : [],
  }));
  const newest = start + weeks * week - day;
  const answers: Readonly<Record<string, string>> = { log: String((start + at * day) / 1000) };
  const history: OpenHistory = {
    name: 'test',
    config: configured(set),
    git: ([command = '', ...args]) => {
      const isCut =
        (asked.until ?? Infinity) < start + weeks * week && args.some((each) => each.startsWith('--before'));
      const stdout = isCut ? other : (answers[command] ?? head);
      return Promise.resolve(seen({ exit: 0, stdout, stderr: '' }));
    },
    agentCommits: () => Promise.resolve(seen(0)),
    pods: () => Promise.resolve(undefined),
    read(_asked, { begin, emit }) {
      begin?.(newest + ahead * week);
      for (const fact of facts) emit(fact);
      const people = { human: 1, agent: 0, bot: 0, undisclosed: 0 };
      const counts = { asOf: newest, commits: facts.length, changes: facts.length, people };
      return Promise.resolve(seen({ repository: 'test', branch: 'main', ...counts, components: [], notes: [] }));
    },
    close: () => Promise.resolve(),
  };
  const kit = { signals: by, detectors, toolkits, isAddress: () => false, open: () => Promise.resolve(history) };
  const wanted = { pods: [], now: newest, repositories, ...asked };
  const { scopes, windows } = await diagnoseRepository(history, kit, wanted, progress);
  return { changes: scopes[0]?.changes, windows, scopes };
}

test('all that came after a commit of long ago is set against the year before it, without its own week', async () => {
  const wednesday = 200 * 7 + 2;
  const { changes } = await diagnosed({ compare: 'v1', at: wednesday });
  expect(changes).toEqual({ now: (weeks - 201) * 7, before: 52 * 7 });
  expect((await diagnosed({ compare: 'v1', at: weeks * 7 - 1 })).changes).toEqual({ now: 0, before: 52 * 7 });
});

test('a report ends with the end that was asked for, and is the same whatever a clock says that is ahead', async () => {
  const until = start + weeks * week - 1;
  const usual = await diagnosed({});
  expect(usual.changes).toEqual({ now: 13 * 7, before: 52 * 7 });
  const ended = await diagnosed({ until });
  expect(ended.changes).toEqual(usual.changes);
  expect(await diagnosed({ until, ahead: 200 })).toEqual(ended);
});

test('a report ends with the newest change, however late an end was asked for', async () => {
  expect(await diagnosed({ until: start + 2 * weeks * week })).toEqual(await diagnosed({}));
});

test('the current window begins where the history is told to', async () => {
  const since = start + (weeks - 6) * week;
  const { changes, windows } = await diagnosed({ since });
  expect(changes).toEqual({ now: 6 * 7, before: 0 });
  expect(windows.now.from).toBe(new Date(since).toISOString());
  await expect(diagnosed({ since: start + 2 * weeks * week, until: start + weeks * week })).rejects.toThrow(
    'has no commit since',
  );
});

/** Of the only series there is; draws are as many for two repositories as for one. */
async function pOf({ repositories }: Asked): Promise<number> {
  const { scopes } = await diagnosed({ unreviewed: 8, by: [reviewDensity], repositories });
  return scopes[0]?.alarms.found[0]?.p ?? NaN;
}

test('repositories of one report share its rate of false alarms', async () => {
  expect((await pOf({ repositories: 2 })) / (await pOf({ repositories: 1 }))).toBeCloseTo(2, 12);
});

test.each([
  ['the least', { window_weeks: 4, baseline_weeks: 26 }],
  ['half a year and two', { window_weeks: 26, baseline_weeks: 104 }],
  ['the most', { window_weeks: 52, baseline_weeks: 156 }],
])('windows are as long as factum.yaml says: %s', async (_, set) => {
  const by = [inspectabilityGap];
  const { window_weeks: now, baseline_weeks: before } = set;
  const { changes, scopes } = await diagnosed({ windows: set, by });
  expect(changes).toEqual({ now: now * 7, before: before * 7 });
  expect(scopes).toMatchObject([
    {
      signals: [{ now: { n: now * 7 }, before: { n: before * 7 } }],
      cost: { weeks: now },
      alarms: { looked: ['inspectability-gap'] },
    },
  ]);
  expect(scopes[0]?.signals[0]?.weekly).toHaveLength(now + before);
  const compared = await diagnosed({ windows: set, compare: 'v1', at: 400 * 7 + 2, by });
  expect(compared.changes).toEqual({ now: (weeks - 401) * 7, before: before * 7 });
});
