import { herfindahl } from '../stats/concentration.ts';
import type { Sample } from './signal.ts';

/** Counts by name: people, causes, days. */
export type Tally<Key extends string | number = string> = Map<Key, number>;

export function count<Key extends string | number>(tally: Tally<Key>, key: Key, by = 1): void {
  tally.set(key, (tally.get(key) ?? 0) + by);
}

export function mergeTally<Key extends string | number>(into: Tally<Key>, other: Tally<Key>): Tally<Key> {
  // Merged hundreds of thousands of times: forEach makes no pair of each entry.
  other.forEach((by, key) => void into.set(key, (into.get(key) ?? 0) + by));
  return into;
}

export function total(tally: Tally<string> | Tally<number>): number {
  let sum = 0;
  tally.forEach((by: number) => (sum += by));
  return sum;
}

/** The chance that two of them have one name, which their number does not move; undefined of fewer than `fewest`. */
export function concentration(tally: Tally, fewest: number): Sample | undefined {
  const n = total(tally);
  return n < fewest ? undefined : { value: herfindahl([...tally.values()]), n };
}
