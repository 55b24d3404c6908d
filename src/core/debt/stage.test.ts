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
