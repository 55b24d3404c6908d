import { priorFromHistory, ratesFromHistory } from './beta-binomial.ts';
import type { Proportion } from './interval.ts';
import type { Random } from './random.ts';

/** Votes on one item: who voted, and whether against it. `many` items had the same. */
export interface Ballot {
  readonly votes: ReadonlyMap<string, boolean>;
  readonly many: number;
}

export interface Unanimity {
  /** Share of the items on which all agree; on average by chance; how often chance gives as much at least. */
  readonly share: number;
  readonly byChance: number;
  readonly p: number;
}

/** Draws of a permutation test: p is 1/1000 at least. */
const draws = 999;

/**
 * Whether those who vote on the same items agree more than each one's own votes, dealt out anew over the items that they
 * voted on, would make them (permutation within voters: Good 2005, "Permutation, parametric and bootstrap tests", 3.7). Who
 * never objected is drawn at a rate shrunk towards that of all, for there is nothing to deal out. [F]
 */
export function unanimity(ballots: readonly Ballot[], random: Random): Unanimity {
  const items = ballots.flatMap(({ votes, many }) => Array.from({ length: many }, () => votes));
  const voters = new Map<string, { readonly on: number[]; readonly objects: boolean[] }>();
  for (const [at, votes] of items.entries()) {
    for (const [voter, objects] of votes) {
      const own = voters.get(voter) ?? { on: [], objects: [] };
      voters.set(voter, own);
      own.on.push(at);
      own.objects.push(objects);
    }
  }
  const votesOf = [...voters.values()].map(({ objects }) => proportionOf(objects));
  const prior = ratesFromHistory(votesOf) ?? priorFromHistory(votesOf);
  const sizes = items.map((votes) => votes.size);
  const observed = agreeing(items.map((votes) => [...votes.values()].filter(Boolean).length));

  function agreeing(against: readonly number[]): number {
    return against.filter((n, at) => n === 0 || n === sizes[at]).length;
  }
  function drawn(): number {
    const against = sizes.map(() => 0);
    for (const { on, objects } of voters.values()) {
      const { k, n } = proportionOf(objects);
      const votes =
        k > 0 ? shuffled(objects, random) : objects.map(() => random.uniform() < prior.a / (prior.a + prior.b + n));
      for (const [index, at] of on.entries()) against[at] = (against[at] ?? 0) + (votes[index] === true ? 1 : 0);
    }
    return agreeing(against);
  }
  const found = Array.from({ length: draws }, drawn);
  const mean = found.reduce((sum, each) => sum + each, 0) / draws;
  return {
    share: observed / items.length,
    byChance: mean / items.length,
    p: (found.filter((each) => each >= observed).length + 1) / (draws + 1),
  };
}

function proportionOf(objects: readonly boolean[]): Proportion {
  return { k: objects.filter(Boolean).length, n: objects.length };
}

/** Fisher & Yates. */
function shuffled<T>(values: readonly T[], random: Random): readonly T[] {
  const found = [...values];
  for (let at = found.length - 1; at > 0; at--) {
    const other = random.below(at + 1);
    const [a, b] = [found[at], found[other]];
    if (a !== undefined && b !== undefined) [found[at], found[other]] = [b, a];
  }
  return found;
}
