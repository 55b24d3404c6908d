import type { Pillar } from './diagnosis.ts';
import { type DimensionId, debtPillars, dimensionInputs, type InputId, pillarInputs, riskInputs } from './inputs.ts';

/** Badness of what was observed, from 0 to 1; what is not in it was not observed. */
export type Badness = ReadonlyMap<InputId, number>;

/** What multiplies the equal weights; by default every observed part weighs the same. */
export interface Weighing {
  readonly pillar: (id: Pillar['id']) => number;
  readonly dimension: (id: DimensionId) => number;
  /** How much low visibility amplifies, from 0 to 1. */
  readonly amplifier: number;
}

export const equalWeights: Weighing = { pillar: () => 1, dimension: () => 1, amplifier: 1 };

export type Debt = keyof typeof debtPillars;
export type RiskId = keyof typeof riskInputs;

/** All levels from 0 to 1; undefined: not enough of it was observed. */
export interface Levels {
  readonly pillars: ReadonlyMap<Pillar['id'], number>;
  readonly dimensions: ReadonlyMap<DimensionId, number>;
  readonly risks: ReadonlyMap<RiskId, number>;
  readonly human?: number;
  readonly technical?: number;
  readonly predicted?: { readonly main: number; readonly amplification: number };
  readonly score?: number;
}

/** A debt or score needs half of its parts. */
export function fewestOf(parts: number): number {
  return Math.ceil(parts / 2);
}

export function hasEnough({ observed, of }: { readonly observed: number; readonly of: number }): boolean {
  return observed >= fewestOf(of);
}

/** Everything that follows from the badness of inputs and from visibility, by the formulas of the specification. */
export function levelsOf(badness: Badness, visibility: number | undefined, weighing = equalWeights): Levels {
  const pillars = meansOf(pillarInputs, badness);
  const dimensions = meansOf(
    mapValues(dimensionInputs, ({ inputs }) => inputs),
    badness,
  );
  const debt = (id: Debt): number | undefined =>
    weakened(debtPillars[id], pillars, weighing.pillar, debtPillars[id].length);
  const [human, technical] = [debt('human'), debt('technical')];
  const all = Object.keys(dimensionInputs) as DimensionId[];
  const risk = weakened(all, dimensions, weighing.dimension, all.length);
  const predicted = predictedFrom(human, technical, visibility, weighing.amplifier);
  return {
    pillars,
    dimensions: new Map([...dimensions].map(([id, mean]) => [id, 1 - mean])),
    risks: meansOf(riskInputs, badness),
    ...(human === undefined ? {} : { human }),
    ...(technical === undefined ? {} : { technical }),
    ...(predicted === undefined ? {} : { predicted }),
    ...(risk === undefined ? {} : { score: 1 - risk }),
  };
}

/** Execution Debt needs both debts, and low visibility amplifies it. */
function predictedFrom(
  human: number | undefined,
  technical: number | undefined,
  visibility: number | undefined,
  amplifier: number,
): Levels['predicted'] {
  if (human === undefined || technical === undefined || visibility === undefined) return undefined;
  const main = human * technical;
  return { main, amplification: (1 - main) * amplifier * (1 - visibility) * Math.sqrt(main) };
}

/** Square root of the product; where one is missing, the other alone. */
export function visibilityOf(decision: number | undefined, execution: number | undefined): number | undefined {
  if (decision === undefined || execution === undefined) return decision ?? execution;
  return Math.sqrt(decision * execution);
}

/** Mean of the observed inputs of each part; parts without any are left out. */
function meansOf<Id extends string>(
  parts: Readonly<Record<Id, readonly InputId[]>>,
  badness: Badness,
): ReadonlyMap<Id, number> {
  const found = new Map<Id, number>();
  for (const [id, inputs] of Object.entries(parts) as [Id, readonly InputId[]][]) {
    const seen = inputs.flatMap((input) => badness.get(input) ?? []);
    if (seen.length > 0) found.set(id, seen.reduce((sum, b) => sum + b, 0) / seen.length);
  }
  return found;
}

/** 1 - prod (1 - b)^w: geometric on health, so that a good part cannot buy off a bad one (OECD/JRC handbook 2008). */
function weakened<Id extends string>(
  ids: readonly Id[],
  badness: ReadonlyMap<Id, number>,
  weightOf: (id: Id) => number,
  of: number,
): number | undefined {
  const seen = ids.flatMap((id) => {
    const b = badness.get(id);
    return b === undefined ? [] : [{ b, weight: weightOf(id) }];
  });
  if (!hasEnough({ observed: seen.length, of })) return undefined;
  const total = seen.reduce((sum, { weight }) => sum + weight, 0);
  return 1 - seen.reduce((health, { b, weight }) => health * (1 - b) ** (weight / total), 1);
}

function mapValues<K extends string, A, B>(from: Readonly<Record<K, A>>, to: (value: A) => B): Record<K, B> {
  return Object.fromEntries(Object.entries<A>(from).map(([key, value]) => [key, to(value)])) as Record<K, B>;
}
