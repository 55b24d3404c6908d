import type { Component } from '../signal/fact.ts';
import type { Tally } from '../signal/tally.ts';
import { isWithin, type Window, type Windows } from '../signal/week.ts';
import type { RepositoryDiagnosis } from './diagnosis.ts';

/** How many changes touched each component now and before; those that none touched are left out. */
export function componentsIn(
  known: readonly Component[],
  weeks: ReadonlyMap<number, Tally>,
  { current, baseline }: Windows,
): RepositoryDiagnosis['components'] {
  const all = known.length === 0 ? [] : [...known, { id: '', owners: [], people: 0 }];
  return all.flatMap(({ id, owners, people }) => {
    const changes = { now: touches(weeks, id, current), before: touches(weeks, id, baseline) };
    return changes.now + changes.before === 0 ? [] : [{ id, owners: [...owners], people, changes }];
  });
}

function touches(weeks: ReadonlyMap<number, Tally>, id: string, window: Window): number {
  return [...weeks].reduce((sum, [at, tally]) => sum + (isWithin(at, window) ? (tally.get(id) ?? 0) : 0), 0);
}
