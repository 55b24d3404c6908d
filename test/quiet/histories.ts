import type { ChangeFact, Fact } from '../../src/core/signal/fact.ts';
import { day, week } from '../../src/core/signal/week.ts';
import { normalDraw, type Random } from '../../src/core/stats/random.ts';
import { aChange, aCorrection, aReview, start } from '../make/facts.ts';

// Histories of a pod of six in which nothing changes but by chance, or one thing at one time.

/** Week by week, what is drawn from: each number is 0 on average, in standard deviations of its own. */
export interface Climate {
  readonly volume: readonly number[];
  readonly latency: readonly number[];
  readonly habits: readonly number[];
  readonly faults: readonly number[];
}

/** What differs between weeks although nothing changes. */
export const climates = {
  constant: (weeks: number) => climate(() => zeros(weeks)),
  /** Three weeks of rush now and then, and weeks with next to nothing. */
  bursty: (weeks: number, random: Random) => ({
    ...climate(() => noise(weeks, 0.3, random)),
    volume: rushes(weeks, random),
  }),
  /** Busy springs and slow autumns; the last week of the year is empty. */
  seasonal: (weeks: number, random: Random) => {
    const phase = 2 * Math.PI * random.uniform();
    const wave = zeros(weeks).map((_, at) => Math.cos((2 * Math.PI * at) / 52.18 + phase));
    const shaken = climate(() => noise(weeks, 0.3, random).map((value, at) => value + 0.7 * (wave[at] ?? 0)));
    return { ...shaken, volume: shaken.volume.map((value, at) => (at % 52 === 51 ? -9 : value)) };
  },
  overdispersed: (weeks: number, random: Random) => climate(() => noise(weeks, 1, random)),
  autocorrelated: (weeks: number, random: Random) => climate(() => autoregressive(weeks, 0.3, random)),
  'autocorrelated, .6': (weeks: number, random: Random) => climate(() => autoregressive(weeks, 0.6, random)),
} as const satisfies Record<string, (weeks: number, random: Random) => Climate>;

/** What changes in the last `since` weeks: all at once, or little by little over 65 weeks. */
export interface Planted {
  readonly what: 'latency' | 'reviews' | 'faults';
  /** Latency times so much, or the share of reviewed or corrected changes from now on. */
  readonly to: number;
  readonly how: 'step' | 'ramp';
  readonly since: number;
}

const usual = { changes: 25, latency: 2, reviews: 0.6, faults: 0.03 };

/** Changes and corrections, week by week, oldest first. */
export function history(weather: Climate, random: Random, planted?: Planted): readonly Fact[] {
  return weather.volume.flatMap((volume, at) => {
    const moved = planted === undefined ? 0 : progress(planted, at, weather.volume.length);
    const shift = (what: Planted['what'], from: number, to: number): number =>
      planted?.what === what ? from + moved * (to - from) : from;
    const level = {
      latency:
        Math.log(usual.latency) + shift('latency', 0, Math.log(planted?.to ?? 1)) + 0.4 * (weather.latency[at] ?? 0),
      reviews: logistic(logit(shift('reviews', usual.reviews, planted?.to ?? 0)) + 0.5 * (weather.habits[at] ?? 0)),
      faults: logistic(logit(shift('faults', usual.faults, planted?.to ?? 0)) + 0.5 * (weather.faults[at] ?? 0)),
      habits: 0.5 * (weather.habits[at] ?? 0),
    };
    const many = poisson(usual.changes * Math.exp(0.5 * volume), random);
    return Array.from({ length: many }, (_, n) => work(at, n, level, random)).flat();
  });
}

/** How much of a planted change is there in week `at`, from 0 to 1. */
export function progress({ how, since }: Planted, at: number, weeks: number): number {
  if (how === 'step') return at >= weeks - since ? 1 : 0;
  return Math.max(0, (at - (weeks - 65)) / 65);
}

interface Level {
  readonly latency: number;
  readonly reviews: number;
  readonly faults: number;
  readonly habits: number;
}

const people = ['ada', 'ada', 'bob', 'bob', 'cyd', 'dan', 'eve', 'fay'];

function work(at: number, n: number, level: Level, random: Random): readonly Fact[] {
  const mergedAt = start + at * week + Math.floor(random.uniform() * 5 * day);
  const author = people[random.below(people.length)] ?? 'ada';
  const reviewer = people[random.below(people.length)] ?? 'bob';
  const isLikely = (p: number): boolean => random.uniform() < logistic(logit(p) + level.habits);
  const change: ChangeFact = aChange({
    id: `${at}.${n}`,
    form: random.uniform() < 0.7 ? 'merge' : 'direct',
    mergedAt,
    begunAt: mergedAt - Math.exp(level.latency + normalDraw(random)) * day,
    sincePrevious: (5 * day) / 25,
    authors: [author],
    authorship: isLikely(0.2) ? 'agent' : 'undisclosed',
    reviews: reviewer !== author && random.uniform() < level.reviews ? [aReview(reviewer)] : [],
    touchesTests: isLikely(0.3),
    traces: { issue: isLikely(0.4), discussion: false, decision: false, reason: isLikely(0.3) },
  });
  const days = random.uniform() * 29;
  return random.uniform() < level.faults ? [change, aCorrection(change, days)] : [change];
}

function climate(make: () => readonly number[]): Climate {
  return { volume: make(), latency: make(), habits: make(), faults: make() };
}

function zeros(weeks: number): readonly number[] {
  return Array.from({ length: weeks }, () => 0);
}

function noise(weeks: number, sd: number, random: Random): readonly number[] {
  return zeros(weeks).map(() => sd * normalDraw(random));
}

export function autoregressive(weeks: number, phi: number, random: Random): readonly number[] {
  let last = normalDraw(random);
  return zeros(weeks).map(() => (last = phi * last + Math.sqrt(1 - phi ** 2) * normalDraw(random)));
}

function rushes(weeks: number, random: Random): readonly number[] {
  let left = 0;
  return zeros(weeks).map(() => {
    left = left > 0 ? left - 1 : random.uniform() < 0.08 ? 3 : 0;
    return left > 0 ? 2.5 : random.uniform() < 0.1 ? -6 : -0.5;
  });
}

/** Knuth's method, for means of a few dozen. */
function poisson(mean: number, random: Random): number {
  const least = Math.exp(-Math.min(mean, 300));
  let product = random.uniform();
  let many = 0;
  for (; product > least; many++) product *= random.uniform();
  return many;
}

function logit(p: number): number {
  return Math.log(p / (1 - p));
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
