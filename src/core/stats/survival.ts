/** How long something was watched, and how that ended: 0 is "still there when last seen" (censored), 1.. are causes. */
export interface Life {
  readonly time: number;
  readonly cause: number;
  /** So many of the same; 1 unless said. */
  readonly many?: number;
}

/** One time at which something ended: at risk just before, ended by each cause (index 0: by any). */
interface Step {
  readonly time: number;
  readonly atRisk: number;
  readonly ended: readonly number[];
}

export interface SurvivalStep {
  readonly time: number;
  /** Share still there just after `time`. */
  readonly survival: number;
  /** Greenwood's variance of `survival`. */
  readonly variance: number;
}

/** Kaplan & Meier (JASA 53, 1958) with Greenwood's variance; one step per time at which something ended. */
export function kaplanMeier(lives: readonly Life[]): readonly SurvivalStep[] {
  let survival = 1;
  let sum = 0;
  return stepsOf(lives, 1).map(({ time, atRisk, ended: [all = 0] }) => {
    survival *= 1 - all / atRisk;
    sum += all / (atRisk * (atRisk - all));
    return { time, survival, variance: survival === 0 ? 0 : survival ** 2 * sum };
  });
}

/** S(t): the share still there after `time`; 1 before the first step. */
export function survivalAt(steps: readonly SurvivalStep[], time: number): number {
  return steps.findLast((step) => step.time <= time)?.survival ?? 1;
}

/** The first time at which at most half are still there; undefined when that was not seen. */
export function medianSurvival(steps: readonly SurvivalStep[]): number | undefined {
  return steps.find(({ survival }) => survival <= 0.5)?.time;
}

export interface IncidenceStep {
  readonly time: number;
  /** Share ended by each cause up to `time`; with the share still there they add up to 1. */
  readonly incidence: readonly number[];
  /** Greenwood-type variance of each (Gaynor et al., JASA 88, 1993). */
  readonly variance: readonly number[];
}

/** Aalen & Johansen (Scand. J. Stat. 5, 1978): cumulative incidence of causes 1..`causes` that compete. */
export function aalenJohansen(lives: readonly Life[], causes: number): readonly IncidenceStep[] {
  const steps = stepsOf(lives, causes);
  const before = [1, ...kaplanMeier(lives).map(({ survival }) => survival)];
  const incidence = Array.from({ length: causes }, () => 0);
  const curves = steps.map(({ atRisk, ended }, at) => {
    for (let cause = 0; cause < causes; cause++)
      incidence[cause] = (incidence[cause] ?? 0) + ((before[at] ?? 0) * (ended[cause + 1] ?? 0)) / atRisk;
    return [...incidence];
  });
  return steps.map(({ time }, at) => ({
    time,
    incidence: curves[at] ?? [],
    variance: incidence.map((_, cause) => incidenceVariance(steps, before, curves, { at, cause })),
  }));
}

function incidenceVariance(
  steps: readonly Step[],
  before: readonly number[],
  curves: readonly (readonly number[])[],
  { at, cause }: { readonly at: number; readonly cause: number },
): number {
  const now = curves[at]?.[cause] ?? 0;
  let variance = 0;
  for (const [j, { atRisk, ended }] of steps.slice(0, at + 1).entries()) {
    const [all = 0, mine = 0] = [ended[0], ended[cause + 1]];
    const [rest, stay] = [now - (curves[j]?.[cause] ?? 0), before[j] ?? 0];
    if (atRisk > all) variance += (rest ** 2 * all) / (atRisk * (atRisk - all));
    variance += (stay ** 2 * mine * (atRisk - mine)) / atRisk ** 3 - (2 * rest * stay * mine) / atRisk ** 2;
  }
  return Math.max(0, variance);
}

function stepsOf(lives: readonly Life[], causes: number): readonly Step[] {
  const sorted = lives.toSorted((a, b) => a.time - b.time);
  const steps: Step[] = [];
  let left = sorted.reduce((sum, { many = 1 }) => sum + many, 0);
  for (let at = 0; at < sorted.length;) {
    const time = sorted[at]?.time ?? 0;
    const ended = Array.from({ length: causes + 1 }, () => 0);
    const atRisk = left;
    for (; at < sorted.length && sorted[at]?.time === time; at++) {
      const { cause = 0, many = 1 } = sorted[at] ?? {};
      left -= many;
      if (cause === 0) continue;
      ended[0] = (ended[0] ?? 0) + many;
      if (cause <= causes) ended[cause] = (ended[cause] ?? 0) + many;
    }
    if ((ended[0] ?? 0) > 0) steps.push({ time, atRisk, ended });
  }
  return steps;
}
