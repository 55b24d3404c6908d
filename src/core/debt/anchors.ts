import { quantile } from 'simple-statistics';
import type { InputReading, SignalReading } from './diagnosis.ts';
import { type AnchorPair, type InputId, inputForms } from './inputs.ts';

/** As many weeks as a report needs at all. */
const fewestWeeks = 12;

/** Where an input's scale begins and ends: as factum.yaml says, by the table, or by what the scope itself did at its best. */
export function anchorsOf(
  id: InputId,
  set: AnchorPair | undefined,
  reading: SignalReading | undefined,
): InputReading['anchors'] {
  if (set !== undefined) return { ...set, source: 'factum.yaml', configured: true };
  const { good, bad, source, ownBest } = inputForms[id];
  const best = ownBest === true && reading !== undefined ? bestQuartile(reading) : undefined;
  // Never further from good than the table: who is steadily slow is not healthy for it.
  return best !== undefined && Math.abs(bad - best) > Math.abs(bad - good)
    ? { good: best, bad, source: `${source}: own best quartile of weeks`, configured: false }
    : { good, bad, source, configured: false };
}

/** What a quarter of the weeks of the baseline were at, or better. */
function bestQuartile({ weekly, worse, windows }: SignalReading): number | undefined {
  const before = weekly.filter(({ week }) => week < windows.before.to).map(({ value }) => value);
  if (before.length < fewestWeeks || worse === 'neither') return undefined;
  // To hundredths, in favour of the scope: a median that is as good as its own best has no badness by rounding.
  return worse === 'higher'
    ? Math.ceil(100 * quantile(before, 0.25)) / 100
    : Math.floor(100 * quantile(before, 0.75)) / 100;
}
