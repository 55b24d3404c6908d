import { slopeInterval } from '../stats/block-bootstrap.ts';
import { monteCarlo } from '../stats/monte-carlo.ts';
import { seededRandom } from '../stats/random.ts';
import { isLineBetter } from '../stats/segmentation.ts';
import type { Alarm } from './alarms.ts';
import type { Detector, Finding } from './detector.ts';
import { levelsAround, lineThrough } from './levels.ts';
import type { Look } from './look.ts';

/** Observations that segmentation and the online alarm may be apart. */
const agreement = 5;

/** Of the interval of a slope. */
export const slopeLevel = 0.95;

/** How chance is asked: the same seed gives the same answer. */
interface Chance {
  readonly seed: number;
  readonly draws: number;
}

/**
 * What may be an alarm, with the p of its series alone: a trend where a line tells the series better than steps, or else
 * the breaks that segmentation and the online detector agree on. Two kinds were looked for, hence twice the p.
 */
export function suspicionsOf(look: Look, detectors: readonly Detector[], chance: Chance): readonly Alarm[] {
  const { values } = look.watched;
  if (Math.max(...values) - Math.min(...values) < 1e-9) return [];
  const fitting = (role: Detector['role']): Detector | undefined =>
    detectors.find((each) => each.role === role && each.fits(look.watched));
  const [segmentation, online, trend] = [fitting('segmentation'), fitting('online'), fitting('trend')];
  const found = trend?.run(look.watched)[0];
  if (trend !== undefined && found !== undefined && isLineBetter(values)) return driftOf(look, trend, found, chance);
  if (segmentation === undefined || online === undefined) return [];
  return breaksOf(look, segmentation, online, chance);
}

/** Not one whose slope may as well be none. */
function driftOf(look: Look, trend: Detector, found: Finding, chance: Chance): readonly Alarm[] {
  const slope = slopeInterval(
    look.points.map(({ value }) => value),
    seededRandom(chance.seed),
    { level: slopeLevel },
  );
  if (!(slope.lo * slope.hi > 0) || slope.value * found.direction < 0) return [];
  const perYear = { value: 52 * slope.value, lo: 52 * slope.lo, hi: 52 * slope.hi };
  const p = chanceOf(look, [[trend, found]], chance);
  return [{ kind: 'drift', ...lineThrough(look.points, look.unit), perYear, p, detectors: [trend.id] }];
}

function breaksOf(look: Look, segmentation: Detector, online: Detector, chance: Chance): readonly Alarm[] {
  const [cuts, alarms] = [segmentation.run(look.watched), online.run(look.watched)];
  return cuts.flatMap((cut, index): readonly Alarm[] => {
    const alarm = alarms.find((each) => each.direction === cut.direction && Math.abs(each.at - cut.at) <= agreement);
    const [begin, end] = [cuts[index - 1]?.at ?? 0, cuts[index + 1]?.at ?? look.points.length];
    const levels = levelsAround(look.points.slice(begin, end), cut.at - begin, look.unit);
    if (alarm === undefined || (levels.to - levels.from) * cut.direction <= 0) return [];
    const p = chanceOf(
      look,
      [
        [segmentation, cut],
        [online, alarm],
      ],
      chance,
    );
    return [{ kind: 'break', ...levels, p, detectors: [segmentation.id, online.id] }];
  });
}

/** How often a series in which nothing changes gives every one of the detectors something at least as strong. */
function chanceOf(look: Look, found: readonly (readonly [Detector, Finding])[], { seed, draws }: Chance): number {
  const random = seededRandom(seed);
  const draw = (): readonly number[] => {
    const watched = look.draw(random);
    return found.map(([detector]) => strongest(detector.run(watched)));
  };
  const ps = monteCarlo(
    found.map(([, { strength }]) => strength),
    draw,
    draws,
  );
  return Math.min(1, 2 * Math.max(...ps));
}

function strongest(findings: readonly Finding[]): number {
  return Math.max(0, ...findings.map(({ strength }) => strength));
}
