import { expect, test } from 'vitest';
import { aCorrection, aReview, linesBorn, some, start } from '../../../test/make/facts.ts';
import { signals } from '../../plugins/signals/index.ts';
import { day, week, windowsAt } from '../signal/week.ts';
import { collector } from './collect.ts';
import { takeReadings } from './reading.ts';

test('few changes are read in the light of the past where a level is bad, and counted where it is not: marks are no belief', () => {
  const weeks = 65;
  // A mark and a link on every second change of the year before, none on the ten after it.
  const facts = some(weeks * 7 - 81, (n) => {
    const isUsual = n < 52 * 7 && n % 2 === 0;
    const traces = { issue: isUsual, discussion: false, decision: false, reason: isUsual };
    return { traces, authorship: isUsual ? 'agent' : 'undisclosed' };
  });
  const into = collector({ signals, pods: [], keepWeeks: 240 });
  for (const fact of facts) into.add(fact);
  const asOf = start + weeks * week - day;
  const taken = takeReadings(signals, into.whole.kept, { windows: windowsAt(asOf), asOf, compared: false });
  const reading = (id: string) => taken.find(({ reading: { id: own } }) => own === id)?.reading;
  expect(reading('agent-share')).toMatchObject({ shrunk: false, now: { state: 'measured', value: 0, n: 10 } });
  expect(reading('decision-visibility')).toMatchObject({ shrunk: true, now: { state: 'measured', n: 10 } });
});

test('weeks are those of both windows, whenever in a week the report ends', () => {
  for (const late of [0, 1, 6]) {
    const asOf = start + 70 * week + late * day;
    const into = collector({ signals, pods: [], keepWeeks: 240 });
    some(491 + late).forEach(into.add);
    const taken = takeReadings(signals, into.whole.kept, { windows: windowsAt(asOf), asOf, compared: false });
    for (const { reading } of taken.filter(({ reading: { id } }) =>
      ['corrected-changes', 'agent-share'].includes(id),
    )) {
      const { now, before } = reading.windows;
      expect([reading.weekly[0]?.week, reading.weekly.length]).toEqual([before.from, 65]);
      expect(Date.parse(reading.weekly.at(-1)?.week ?? '') + week).toBe(Date.parse(now.to));
    }
  }
});

test('of shares of changes each change of the baseline counts alike, busy quarters or quiet ones', () => {
  const weeks = 65;
  const facts = some(weeks * 7 - 1, (n) => ({ reviews: n % 7 < 5 && n < 26 * 7 ? [aReview('cyd')] : [] }));
  const into = collector({ signals, pods: [], keepWeeks: 240 });
  // Of the last two quarters of the baseline a change a week, without a review.
  facts.filter((_, n) => n < 26 * 7 || n > 52 * 7 || n % 7 === 0).forEach(into.add);
  const asOf = start + weeks * week - day;
  const taken = takeReadings(signals, into.whole.kept, { windows: windowsAt(asOf), asOf, compared: false });
  const before = (id: string) => taken.find(({ reading }) => reading.id === id)?.reading.before;
  const share = before('review-density');
  expect(share).toMatchObject({ state: 'measured', value: expect.closeTo(130 / 208, 2) });
  expect(before('accountability')).toMatchObject(share?.state === 'measured' ? { value: share.value, n: share.n } : {});
});

test.each([
  ['of like size', 10, 'measured'],
  ['of which one has nearly all lines', 100_000, 'not-enough-data'],
])('lines of ten changes %s', (_, largest, state) => {
  const into = collector({ signals, pods: [], keepWeeks: 240 });
  for (let n = 0; n < 10; n++) into.add(linesBorn(`c${n}`, n, { lines: n === 4 ? largest : 10 }));
  const asOf = start + 12 * week;
  const taken = takeReadings(signals, into.whole.kept, { windows: windowsAt(asOf), asOf, compared: false });
  const now = taken.find(({ reading: { id } }) => id === 'early-churn')?.reading.now;
  expect(now).toMatchObject(state === 'measured' ? { state, n: 10 } : { state, n: 1, needed: 8 });
});

test('lines of a change in two pods are of one change, and each pod has its own; gaps are those of the whole branch', () => {
  const into = collector({ signals, pods: ['web', 'api'], keepWeeks: 240 });
  const pods = ['web', 'api'];
  for (let n = 0; n < 12; n++) {
    const parts = [
      { lines: 30, pods: ['web'] },
      { lines: 10, pods },
    ];
    into.add(linesBorn(`c${n}`, n, { lines: 40, pods, parts }));
  }
  for (const fact of some(40, (n) => ({ pods, begunAt: start + (n - 2) * day, sincePrevious: day }))) into.add(fact);
  const asOf = start + 12 * week;
  const period = { windows: windowsAt(asOf), asOf, compared: false };
  const [whole, web, api] = [into.whole, into.pods.get('web'), into.pods.get('api')].map((each) => {
    const taken = takeReadings(signals, each?.kept ?? new Map(), period);
    const now = (id: string) => taken.find(({ reading }) => reading.id === id)?.reading.now;
    return { churn: now('early-churn'), volatility: now('workflow-volatility') };
  });
  expect(whole).toMatchObject({ churn: { n: 12, beside: { lines: 480 } }, volatility: { beside: { burstiness: -1 } } });
  expect(web?.churn).toMatchObject({ n: 12, beside: { lines: 480 } });
  expect(api?.churn).toMatchObject({ n: 12, beside: { lines: 120 } });
  expect(web?.volatility).toMatchObject({ state: 'measured' });
  expect(web?.volatility).not.toHaveProperty('beside.burstiness');
});

test('where it is left to chance whether as much goes wrong as before, suppression of dissent is not told as surely none', () => {
  const weeks = 65;
  const into = collector({ signals, pods: [], keepWeeks: 240 });
  // Objections end after a year; every tenth change is taken back, before as after, but for one.
  const changes = some(weeks * 7, (n) => ({
    reviews: [
      aReview('bob', { from: 'gerrit', voice: n < 52 * 7 && n % 2 === 0 ? 'objects' : 'approves' }),
      aReview('cyd', { from: 'gerrit' }),
    ],
  }));
  for (const change of changes) into.add(change);
  for (const [n, change] of changes.entries()) if (n % 10 === 0 && n !== 370) into.add(aCorrection(change, 5));
  const asOf = start + weeks * week - day + 30 * day;
  const taken = takeReadings(signals, into.whole.kept, { windows: windowsAt(asOf), asOf, compared: false });
  const now = taken.find(({ reading: { id } }) => id === 'dissent-suppression')?.reading.now;
  expect(now).toMatchObject({ state: 'measured', value: 1, band: { lo: 1 } });
  expect(now?.state === 'measured' && now.band.hi).toBeGreaterThan(1000);
});
