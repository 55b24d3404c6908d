import type { Cost, SignalReading } from './diagnosis.ts';
import type { Absent, Figure } from './figure.ts';

export interface CostGiven {
  readonly people?: number | undefined;
  /** Of one person, for a week of work. */
  readonly personWeek?: { readonly amount: number; readonly currency: string } | undefined;
}

/** Published by the framework: shares of all work. Nothing of it is measured here. */
const published = {
  rework: { from: 0.15, to: 0.3 },
  waiting: { from: 0.1, to: 0.25 },
  hidden: { from: 0.2, to: 0.4 },
  combined: { from: 0.2, to: 0.4 },
};

const waiting: Absent = {
  state: 'not-observable',
  needs:
    'when reviews and decisions were asked for and given (a forge): time between writing and merging is not all waiting',
};

const noPeople =
  'how many people there are: diagnose.people in factum.yaml, or enough changes to count who wrote or reviewed them';

/** People x weeks x the share of work that is done again, were it all that they do. */
export function costOf(signals: ReadonlyMap<string, SignalReading>, weeks: number, given: CostGiven): Cost {
  const eligible = signals.get('contribution-asymmetry')?.now;
  const people = given.people ?? (eligible?.state === 'measured' ? eligible.beside?.['eligible'] : undefined);
  const rework: Figure = signals.get('early-churn')?.now ?? {
    state: 'not-observable',
    needs: 'lines to be followed through the history',
  };
  const base = {
    ...(people === undefined ? {} : { people }),
    given: given.people !== undefined,
    weeks,
    rework: { share: rework, published: published.rework },
    waiting: { share: waiting, published: published.waiting },
    published: { hidden: published.hidden, combined: published.combined },
  };
  if (people === undefined) return { ...base, personWeeks: { state: 'not-observable', needs: noPeople } };
  if (rework.state !== 'measured') return { ...base, personWeeks: rework };
  const all = people * weeks;
  const { lo, hi, level } = rework.band;
  const personWeeks = {
    state: 'computed' as const,
    value: all * rework.value,
    band: { lo: all * lo, hi: all * hi, level },
  };
  if (given.personWeek === undefined) return { ...base, personWeeks };
  const { amount, currency } = given.personWeek;
  const money = {
    value: amount * personWeeks.value,
    band: { lo: amount * personWeeks.band.lo, hi: amount * personWeeks.band.hi, level },
    currency,
  };
  return { ...base, personWeeks, money };
}
