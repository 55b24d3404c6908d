import type { Estimate } from '../../../src/core/stats/interval.ts';
import { normalDraw, type Random, seededRandom } from '../../../src/core/stats/random.ts';
import type { Origin } from './origins.ts';
import { type Case, ranksOf, skillOf } from './skill.ts';

/** Every history with its origins, oldest first. */
export type Histories = ReadonlyMap<string, readonly Origin[]>;

export interface Outcome {
  readonly title: string;
  readonly countOf: (origin: Origin) => number;
  /** Origins that must pass until it is complete. */
  readonly lag: number;
}

export const outcomes: readonly Outcome[] = [
  { title: 'reverts, fixes and rewrites made in the 13 weeks after', countOf: ({ made }) => made, lag: 1 },
  {
    title: 'changes of the 13 weeks after that were corrected within 30 days',
    countOf: ({ marred }) => marred,
    lag: 2,
  },
];

const first = 'Execution Debt, predicted';
const debts = [first, 'Human Debt', 'Technical Debt', 'low visibility'];
const last = 'Execution Debt, measured';
const corrections = 'corrections in the 13 weeks before';
/** What is tried must be there often enough. */
const fewestRepositories = 5;
const fewestOrigins = 40;

interface Column {
  readonly name: string;
  readonly of: (origin: Origin) => number | undefined;
}

/** One row for each thing that could foretell the outcome; the last three show what the design can see at all. */
export function rowsFor(histories: Histories, outcome: Outcome): readonly string[] {
  return columnsOf(histories, outcome).flatMap(({ name, of }) => {
    const cases = (past: boolean): readonly Case[] => casesOf(histories, outcome, of, past);
    const alone = skillOf(cases(false), outcome.lag);
    if (alone.origins < fewestOrigins || alone.repositories < fewestRepositories) return [];
    const { origins, repositories, better, share } = alone;
    const beyond = skillOf(cases(true), outcome.lag).share;
    const besides = name === corrections ? '-' : percents(beyond);
    const said = [name, origins, repositories, percents(share), `${better} of ${repositories}`, besides];
    return [`| ${[...said, written(ranksOf(cases(false)), 2)].join(' | ')} |`];
  });
}

function columnsOf(histories: Histories, { countOf }: Outcome): readonly Column[] {
  const all = new Set([...histories.values()].flat().flatMap(({ said }) => Object.keys(said)));
  // Sorting is stable: signals stay in the order in which reports have them.
  const names = [...all].toSorted((a, b) => placeOf(a) - placeOf(b));
  const [chance, planted] = [seededRandom(1), seededRandom(2)];
  return [
    ...names.map((name): Column => ({ name, of: ({ said }) => said[name] })),
    { name: corrections, of: where(({ past }) => Math.log(past + 1)) },
    { name: 'control: chance alone', of: where(() => normalDraw(chance)) },
    {
      name: 'control: what came after, blurred',
      of: where((origin) => Math.log((countOf(origin) + 0.5) / (origin.merged + 0.5)) + blur(planted)),
    },
  ];
}

/** As much as outcomes themselves differ: a foreknowledge that is about half right. */
function blur(random: Random): number {
  return normalDraw(random);
}

/** Where Execution Debt is predicted, so that it is seen beside the same quarters. */
function where(value: (origin: Origin) => number): Column['of'] {
  return (origin) => (first in origin.said ? value(origin) : undefined);
}

/** Debts come first, what was measured last. */
function placeOf(name: string): number {
  if (name === last) return Infinity;
  const at = debts.indexOf(name);
  return at < 0 ? debts.length : at;
}

function casesOf(histories: Histories, outcome: Outcome, of: Column['of'], past: boolean): readonly Case[] {
  return [...histories].flatMap(([repository, origins]) =>
    origins.flatMap((origin) => {
      const tried = of(origin);
      const activity = Math.log(origin.activity + 1);
      const known = past ? [activity, Math.log(origin.past + 1)] : [activity];
      return tried === undefined
        ? []
        : [{ repository, count: outcome.countOf(origin), of: origin.merged, known, tried }];
    }),
  );
}

function percents({ value, lo, hi }: Estimate): string {
  return `${written({ value: 100 * value, lo: 100 * lo, hi: 100 * hi }, 1)} %`;
}

/** What never differs in time has no rank. */
function written({ value, lo, hi }: Estimate, digits: number): string {
  if (Number.isNaN(value)) return '-';
  const [middle, from, to] = [value, lo, hi].map((one) => one.toFixed(digits).replace(/^-(?=[0.]+$)/, ''));
  return `${middle} [${from}, ${to}]`;
}
