import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { readHistory as read } from '../../../../test/make/git-reading.ts';
import { knownSteps, someSteps, type Step, writeSteps } from '../../../../test/make/steps.ts';
import { testRoom } from '../../../../test/repository.ts';
import type { ChangeFact, Fact } from '../../../core/signal/fact.ts';
import { day, weekOf } from '../../../core/signal/week.ts';

const room = testRoom();
afterAll(room.remove);

/** When what a fact tells of came in; undefined: it is of the end, or of documents. */
function timeOf(fact: Fact): number | undefined {
  switch (fact.kind) {
    case 'change':
      return fact.mergedAt;
    case 'lines-born':
      return fact.at;
    case 'lines-died':
      return fact.born.at;
    case 'correction':
      return fact.target?.mergedAt ?? fact.at;
    case 'spread':
      return fact.week;
    default:
      return undefined;
  }
}

/** Histories of many branches are read in another way. */
const branched = (step: Step): readonly Step[] =>
  step.form === 'plain' ? (['branch', 'merge'] as const).map((form) => ({ ...step, form })) : [step];

const changesIn = (facts: readonly Fact[]): readonly ChangeFact[] => facts.filter((fact) => fact.kind === 'change');

test('since a time everything is told as if all had been read in full, and of older changes no sizes are read', async () => {
  const met = { older: 0, wanted: 0, stretches: 0, apart: 0 };
  const property = fc.asyncProperty(
    someSteps,
    fc.integer({ min: 30, max: 100 }),
    fc.boolean(),
    async (drawn, percent, lines) => {
      const repository = room.repository();
      const steps = percent % 2 === 0 ? drawn : drawn.flatMap(branched);
      writeSteps(repository, steps);
      const { told: whole } = await read(repository.dir, { lines });
      const times = changesIn(whole.facts).map(({ mergedAt }) => mergedAt);
      // Of a time after the last change nothing is wanted at all.
      const since = weekOf(times[Math.floor((percent / 100) * times.length)] ?? Date.UTC(2100, 0));
      const wanted = (facts: readonly Fact[]): readonly Fact[] =>
        facts.filter((fact) => (timeOf(fact) ?? Infinity) >= since);
      const { told: brief } = await read(repository.dir, { lines, since });
      expect(brief.coverage).toEqual(whole.coverage);
      expect(wanted(brief.facts)).toEqual(wanted(whole.facts));

      const older = changesIn(brief.facts).filter(({ mergedAt }) => mergedAt < since - 60 * day);
      expect(older.filter(({ size }) => size !== undefined)).toEqual([]);
      expect(changesIn(brief.facts).length).toBe(times.length);
      const { commits, changes } = whole.coverage;
      met[3 * commits <= 4 * changes ? 'stretches' : 'apart'] += older.length > 0 ? 1 : 0;
      met.older += older.length;
      met.wanted += wanted(brief.facts).length;
    },
  );
  await fc.assert(property, { numRuns: 16, examples: [[knownSteps, 100, true]] });
  expect(Object.values(met).filter((count) => count === 0)).toEqual([]);
}, 600_000);
