import { clusterBootstrap } from '../../../src/core/stats/cluster-bootstrap.ts';
import type { Estimate } from '../../../src/core/stats/interval.ts';
import { midRanks } from '../../../src/core/stats/ranks.ts';
import { type Counted, deviance, rateOf, slopesOf } from './poisson.ts';

/** One origin of one repository: what is known, what is tried beside it, and the count that came after. */
export interface Case {
  readonly repository: string;
  readonly count: number;
  /** What the count is out of, for ranks. */
  readonly of: number;
  /** What is known without what is tried. */
  readonly known: readonly number[];
  readonly tried: number;
}

/** How much of the deviance goes when something is known besides; negative: predictions become worse. */
export interface Skill {
  readonly origins: number;
  readonly repositories: number;
  /** Repositories in which it helps. */
  readonly better: number;
  readonly share: Estimate;
}

/** Earlier origins that a repository's own level is taken from. */
const fewestEarlier = 4;
const level = 0.95;
const draws = 4000;

/**
 * Out of sample twice: slopes come from the other repositories, the level from the repository's own earlier origins.
 * `lag`: so many origins must have passed until a count is complete. The interval draws whole repositories again.
 */
export function skillOf(cases: readonly Case[], lag: number): Skill {
  const found = [...Map.groupBy(cases, ({ repository }) => repository)].flatMap(([repository, own]) => {
    const others = cases.filter((each) => each.repository !== repository);
    const without = devianceOf(own, others, lag, ({ known }) => known);
    const withIt = devianceOf(own, others, lag, ({ known, tried }) => [...known, tried]);
    const origins = Math.max(0, own.length - fewestEarlier - lag + 1);
    return origins === 0 ? [] : [{ origins, without, withIt }];
  });
  const goes = (drawn: Readonly<typeof found>): number =>
    1 - sum(drawn.map(({ withIt }) => withIt)) / sum(drawn.map(({ without }) => without));
  return {
    origins: sum(found.map(({ origins }) => origins)),
    repositories: found.length,
    better: found.filter(({ without, withIt }) => withIt < without).length,
    share: clusterBootstrap(found, goes, { draws, level }),
  };
}

type Explaining = (each: Case) => readonly number[];

function devianceOf(own: readonly Case[], others: readonly Case[], lag: number, explaining: Explaining): number {
  const counted = (each: Case): Counted => ({ group: each.repository, count: each.count, by: explaining(each) });
  const elsewhere = others.map(counted);
  const slopes = slopesOf(elsewhere);
  const usual = sum(elsewhere.map(({ count }) => count)) / sum(elsewhere.map((row) => rateOf(row, slopes)));
  const rows = own.map(counted);
  return sum(
    rows.slice(fewestEarlier + lag - 1).map((row, at) => {
      const earlier = rows.slice(0, at + fewestEarlier);
      const [made, rates] = [sum(earlier.map(({ count }) => count)), sum(earlier.map((each) => rateOf(each, slopes)))];
      // Half a count at the others' level keeps a level above 0.
      return deviance(row.count, (rateOf(row, slopes) * (made + 0.5)) / (rates + 0.5 / usual));
    }),
  );
}

/** Mean over repositories of Spearman's correlation in time of what is tried with the count per what it is out of. */
export function ranksOf(cases: readonly Case[]): Estimate {
  const each = [...Map.groupBy(cases, ({ repository }) => repository).values()].flatMap((own) => {
    const seen = own.filter(({ of }) => of > 0);
    const found = correlation(
      midRanks(seen.map(({ tried }) => tried)),
      midRanks(seen.map(({ count, of }) => count / of)),
    );
    return seen.length < 2 * fewestEarlier || Number.isNaN(found) ? [] : [found];
  });
  return clusterBootstrap(each, (drawn) => sum(drawn) / drawn.length, { draws, level });
}

function correlation(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [sum(x) / x.length, sum(y) / y.length];
  const cross = sum(x.map((value, at) => (value - mx) * ((y[at] ?? 0) - my)));
  return cross / Math.sqrt(sum(x.map((value) => (value - mx) ** 2)) * sum(y.map((value) => (value - my) ** 2)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
