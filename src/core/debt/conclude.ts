import { computedOf, firstOrderShare, medianOf, notEnough } from './band.ts';
import type {
  DebtLevel,
  Dimension,
  ExecutionDebt,
  InputReading,
  InputShare,
  Pillar,
  Risk,
  Score,
} from './diagnosis.ts';
import { tiers } from './diagnosis.ts';
import type { DrawnLevels } from './draws.ts';
import type { Absent, Band, Level } from './figure.ts';
import { debtPillars, type DimensionId, dimensionInputs, type InputId, pillarInputs, riskInputs } from './inputs.ts';
import { type Debt, fewestOf, hasEnough, type RiskId } from './levels.ts';

/** What conclusions are made of: readings of the inputs, and every level in every draw. */
export interface Grounds {
  readonly inputs: ReadonlyMap<InputId, InputReading>;
  readonly drawn: readonly DrawnLevels[];
  /** Set where a scope has too little of everything: no level is shown at all. */
  readonly tooLittle?: Absent | undefined;
}

export function debtLevel(grounds: Grounds, id: Debt): DebtLevel {
  const ids: readonly Pillar['id'][] = debtPillars[id];
  const found = ids.map((pillar) => pillarOf(grounds, pillar));
  const coverage = { observed: found.filter(({ coverage: { observed } }) => observed > 0).length, of: ids.length };
  const values = grounds.drawn.flatMap((levels) => levels[id] ?? []).map((level) => 100 * level);
  const level = levelOf(
    grounds,
    values,
    hasEnough(coverage) ? undefined : notEnough(coverage.observed, fewestOf(ids.length), 'pillars'),
  );
  const parts = ids.map((pillar) => ({
    inputs: pillarInputs[pillar],
    weight: lossOf(medianOfAll(grounds.drawn, (each) => each.pillars.get(pillar))),
  }));
  return {
    id,
    level,
    pillars: found,
    shares: level.state === 'computed' ? sharesOf(grounds, parts, values) : [],
    coverage,
  };
}

function pillarOf(grounds: Grounds, id: Pillar['id']): Pillar {
  const inputs = pillarInputs[id];
  const values = grounds.drawn.flatMap((levels) => levels.pillars.get(id) ?? []);
  return {
    id,
    badness: levelOf(grounds, values, absenceOf(grounds, inputs)),
    inputs: [...inputs],
    coverage: coverageOf(grounds, inputs),
  };
}

export function predictedDebt(
  grounds: Grounds,
  debts: readonly DebtLevel[],
  visibility: Level,
): ExecutionDebt['predicted'] {
  const missing = [...debts.map(({ level }) => level), visibility].find((level) => level.state !== 'computed');
  const parts = grounds.drawn.flatMap(({ predicted }) => predicted ?? []);
  const values = parts.map(({ main, amplification }) => 100 * (main + amplification));
  const level = levelOf(grounds, values, missing);
  if (level.state !== 'computed') return { level, shares: [] };
  const main = 100 * medianOf(parts.map((each) => each.main));
  const amplification = level.value - main;
  const halves = debts.flatMap(({ shares }) =>
    shares.map(({ input, ofLevel }) => ({ input, ofLevel: (ofLevel * main) / 2 })),
  );
  const unseen = (['decision-visibility', 'review-density'] as const).flatMap((input) => {
    const badness = grounds.inputs.get(input)?.badness;
    return badness?.state === 'computed' ? [{ input, b: badness.value }] : [];
  });
  const all = unseen.reduce((sum, { b }) => sum + b, 0);
  const veils = unseen.map(({ input, b }) => ({ input, ofLevel: all === 0 ? 0 : (amplification * b) / all }));
  const shares = addedUp([...halves, ...veils]).map(({ input, ofLevel }) => ({
    input,
    ofLevel: level.value === 0 ? 0 : ofLevel / level.value,
    ofUncertainty: firstOrderShare(badnessDraws(grounds, input), values),
  }));
  return { level, main, amplification, shares };
}

export function scoreOf(grounds: Grounds): Score {
  const ids = Object.keys(dimensionInputs) as DimensionId[];
  const dimensions = ids.map((id) => dimensionOf(grounds, id));
  const coverage = { observed: dimensions.filter((each) => each.coverage.observed > 0).length, of: ids.length };
  const values = grounds.drawn.flatMap(({ score }) => score ?? []).map((score) => 100 * score);
  const level = levelOf(
    grounds,
    values,
    hasEnough(coverage) ? undefined : notEnough(coverage.observed, fewestOf(ids.length), 'dimensions'),
  );
  if (level.state !== 'computed') return { level, tiers: [], dimensions, shares: [], coverage };
  const parts = ids.map((id) => {
    const health = medianOfAll(grounds.drawn, (each) => each.dimensions.get(id));
    return { inputs: dimensionInputs[id].inputs, weight: lossOf(health === undefined ? undefined : 1 - health) };
  });
  return {
    level,
    risk: 100 - level.value,
    tiers: tiersIn(level.band),
    dimensions,
    shares: sharesOf(grounds, parts, values),
    coverage,
  };
}

function dimensionOf(grounds: Grounds, id: DimensionId): Dimension {
  const { title, inputs } = dimensionInputs[id];
  const values = grounds.drawn.flatMap(({ dimensions }) => dimensions.get(id) ?? []).map((health) => 100 * health);
  return {
    id,
    title,
    level: levelOf(grounds, values, absenceOf(grounds, inputs)),
    inputs: [...inputs],
    coverage: coverageOf(grounds, inputs),
  };
}

/** Names and limits are Factum's own: four tiers are announced, not published. */
const tierStarts = { illusory: 0, assumed: 40, inspectable: 60, proven: 80 } as const satisfies Record<
  (typeof tiers)[number],
  number
>;

function tiersIn({ lo, hi }: Band): Score['tiers'] {
  return tiers.filter((tier, at) => {
    const next = tiers[at + 1];
    return hi >= tierStarts[tier] && (next === undefined || lo < tierStarts[next]);
  });
}

/** Worst first; what was not observed comes last, in the order of the framework. */
export function risksOf(grounds: Grounds): readonly Risk[] {
  const found = (Object.keys(riskInputs) as RiskId[]).map((id): Risk => {
    const values = grounds.drawn.flatMap(({ risks }) => risks.get(id) ?? []);
    return { id, badness: levelOf(grounds, values, absenceOf(grounds, riskInputs[id])), inputs: [...riskInputs[id]] };
  });
  return found.toSorted((a, b) => worth(b.badness) - worth(a.badness));
}

function worth(level: Level): number {
  return level.state === 'computed' ? level.value : -1;
}

function levelOf({ tooLittle }: Grounds, values: readonly number[], absent: Level | undefined): Level {
  if (tooLittle !== undefined) return tooLittle;
  if (absent !== undefined && absent.state !== 'computed') return absent;
  return computedOf(values);
}

function coverageOf({ inputs }: Grounds, ids: readonly InputId[]) {
  return { observed: ids.filter((id) => inputs.get(id)?.badness.state === 'computed').length, of: ids.length };
}

/** Why none of the inputs was observed; undefined where one was. */
function absenceOf({ inputs }: Grounds, ids: readonly InputId[]): Absent | undefined {
  const levels = ids.flatMap((id) => inputs.get(id)?.badness ?? []);
  const absent = levels.filter((level) => level.state !== 'computed');
  if (absent.length < levels.length) return undefined;
  const tooFew = absent.find(({ state }) => state === 'not-enough-data');
  if (tooFew !== undefined) return tooFew;
  const needs = absent.flatMap((each) => (each.state === 'not-observable' ? [each.needs] : []));
  return { state: 'not-observable', needs: [...new Set(needs)].join('; or ') };
}

interface Part {
  readonly inputs: readonly InputId[];
  readonly weight: number;
}

/** Of the loss of health each part has as much as its logarithm says, and each input as much of it as of the part's mean. */
function sharesOf(grounds: Grounds, parts: readonly Part[], result: readonly number[]): InputShare[] {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const found = parts.flatMap(({ inputs, weight }) => {
    const own = inputs.flatMap((input) => {
      const badness = grounds.inputs.get(input)?.badness;
      return badness?.state === 'computed' ? [{ input, b: badness.value }] : [];
    });
    const all = own.reduce((sum, { b }) => sum + b, 0);
    return own.map(({ input, b }) => ({ input, ofLevel: total === 0 || all === 0 ? 0 : (weight / total) * (b / all) }));
  });
  return addedUp(found).map(({ input, ofLevel }) => ({
    input,
    ofLevel,
    ofUncertainty: firstOrderShare(badnessDraws(grounds, input), result),
  }));
}

function addedUp(shares: readonly { readonly input: string; readonly ofLevel: number }[]) {
  const sums = new Map<string, number>();
  for (const { input, ofLevel } of shares) sums.set(input, (sums.get(input) ?? 0) + ofLevel);
  return [...sums].map(([input, ofLevel]) => ({ input, ofLevel })).toSorted((a, b) => b.ofLevel - a.ofLevel);
}

/** The loss that a badness is, on the scale on which losses add up; complete badness counts as 99.9 %. */
function lossOf(badness: number | undefined): number {
  return badness === undefined ? 0 : -Math.log(1 - Math.min(badness, 0.999));
}

function medianOfAll(
  drawn: readonly DrawnLevels[],
  of: (levels: DrawnLevels) => number | undefined,
): number | undefined {
  const values = drawn.flatMap((levels) => of(levels) ?? []);
  return values.length === 0 ? undefined : medianOf(values);
}

function badnessDraws({ drawn }: Grounds, input: string): readonly number[] {
  return drawn.map(({ badness }) => badness.get(input as InputId) ?? NaN);
}
