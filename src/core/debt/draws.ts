import { dirichletDraw } from '../stats/dirichlet.ts';
import { seededRandom } from '../stats/random.ts';
import type { Pillar } from './diagnosis.ts';
import { type AnchorPair, badnessOf, debtPillars, type DimensionId, dimensionInputs, type InputId } from './inputs.ts';
import { type Levels, levelsOf, visibilityOf, type Weighing } from './levels.ts';

/** One input with its value in every draw. */
export interface DrawnInput {
  readonly id: InputId;
  readonly anchors: AnchorPair;
  readonly drawn: readonly number[];
}

/** The two factors of visibility in every draw; absent where they were not observed. */
export interface DrawnVisibility {
  readonly decision?: readonly number[];
  readonly execution?: readonly number[];
}

export interface DrawnLevels extends Levels {
  readonly badness: ReadonlyMap<InputId, number>;
  readonly visibility?: number;
}

const seed = 20_260_102;
/** How firmly the equal weights are believed: Dirichlet(10 w). */
const concentration = 10;

/** Everything that follows, in each draw: the same draw of changes for all inputs, weights around equal ones, amplifier from 0 to 1. */
export function levelsDrawn(
  inputs: readonly DrawnInput[],
  visible: DrawnVisibility,
  draws: number,
): readonly DrawnLevels[] {
  const random = seededRandom(seed);
  return Array.from({ length: draws }, (_, draw) => {
    const badness = new Map(inputs.map(({ id, anchors, drawn }) => [id, badnessOf(drawn[draw] ?? NaN, anchors)]));
    const visibility = visibilityOf(visible.decision?.[draw], visible.execution?.[draw]);
    const levels = levelsOf(badness, visibility, weighing(random));
    return { ...levels, badness, ...(visibility === undefined ? {} : { visibility }) };
  });
}

function aroundEqual(parts: number): readonly number[] {
  return Array.from({ length: parts }, () => concentration / parts);
}

function weighing(random: ReturnType<typeof seededRandom>): Weighing {
  const pillars = new Map<Pillar['id'], number>();
  for (const ids of Object.values(debtPillars)) {
    const weights = dirichletDraw(aroundEqual(ids.length), random);
    for (const [at, id] of ids.entries()) pillars.set(id, weights[at] ?? 0);
  }
  const ids = Object.keys(dimensionInputs) as DimensionId[];
  const weights = dirichletDraw(aroundEqual(ids.length), random);
  const dimensions = new Map(ids.map((id, at) => [id, weights[at] ?? 0]));
  return {
    pillar: (id) => pillars.get(id) ?? 0,
    dimension: (id) => dimensions.get(id) ?? 0,
    amplifier: random.uniform(),
  };
}
