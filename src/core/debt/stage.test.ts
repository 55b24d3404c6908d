import { expect, test } from 'vitest';
import { stageOf } from './stage.ts';

function degradation(looked: readonly string[]): string | undefined {
  const alarms = { found: [], looked: [...looked], tooShort: [] };
  const { notLooked } = stageOf({ signals: new Map(), alarms, pace: { now: 1, before: 1 } });
  return notLooked.find((why) => why.startsWith('slow degradation'));
}

test('slow degradation is looked for in outcomes: where none was watched, nobody looked', () => {
  expect(degradation(['change-entropy', 'review-density'])).toContain('no outcome');
  for (const outcome of ['corrected-changes', 'early-churn', 'change-survival', 'decision-latency'])
    expect(degradation(['change-entropy', outcome])).toBeUndefined();
});

test('an outcome that got worse is degradation while activity holds, and it says how far it does', () => {
  const found = [
    {
      kind: 'break' as const,
      signal: 'early-churn',
      at: '2026-04-20T00:00:00.000Z',
      from: 0.031,
      to: 0.062,
      reads: 'worse' as const,
      p: 0.02,
      detectors: ['segmentation', 'proportion'],
    },
  ];
  const alarms = { found, looked: ['early-churn'], tooShort: [] };
  const at = (now: number) => stageOf({ signals: new Map(), alarms, pace: { now, before: 100 } });
  expect(at(79)).toMatchObject({ stage: 0, evidence: [] });
  expect(at(85)).toMatchObject({ stage: 1, evidence: [expect.stringContaining('activity was 85 % of before')] });
  expect(at(130).evidence.join()).toContain('130 %');
});
