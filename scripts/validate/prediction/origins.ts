import { collector } from '../../../src/core/debt/collect.ts';
import type { Scope } from '../../../src/core/debt/diagnosis.ts';
import { diagnoseScope } from '../../../src/core/debt/scope.ts';
import { isWork } from '../../../src/core/signal/changes.ts';
import type { CorrectionFact, Fact } from '../../../src/core/signal/fact.ts';
import { day, week, weekOf, windowsAt } from '../../../src/core/signal/week.ts';
import { signals } from '../../../src/plugins/signals/index.ts';

/** A time at which a report could have been made, what it would have said, and what came after. */
export interface Origin {
  readonly at: number;
  /** Changes in the 13 weeks before, and corrections made in them. */
  readonly activity: number;
  readonly past: number;
  /** Reverts, fixes and rewrites made in the 13 weeks after, whatever they correct. */
  readonly made: number;
  /** Changes merged in the 13 weeks after: all, and those of them that were corrected within 30 days. */
  readonly merged: number;
  readonly marred: number;
  /** What the report says, by name; what it does not show is missing. */
  readonly said: Readonly<Record<string, number>>;
}

const ahead = 13 * week;
const ripe = 30 * day;
/** A report looks at 65 weeks, some of them earlier where changes must mature. */
const memory = 120;

interface Known {
  readonly at: number;
  readonly fact: Fact;
}

/** One origin every 13 weeks, so that no outcome is counted twice; each sees only what was known by then. */
export function originsOf(facts: readonly Fact[]): readonly Origin[] {
  const known = facts.map((fact) => ({ at: knownAt(fact), fact })).toSorted((a, b) => a.at - b.at);
  const merges = facts.filter(isWork).map(({ mergedAt }) => mergedAt);
  const corrections = facts.filter(isCorrection);
  const [first, last] = [Math.min(...merges), Math.max(...merges)];
  const origins: Origin[] = [];
  for (let at = weekOf(first) + 65 * week; at + ahead + ripe <= last; at += ahead) {
    const [before, after] = [within(at - ahead, at), within(at, at + ahead)];
    origins.push({
      at,
      activity: merges.filter(before).length,
      past: corrections.filter((fact) => before(fact.at)).length,
      made: corrections.filter((fact) => after(fact.at)).length,
      merged: merges.filter(after).length,
      marred: corrections.filter(({ at: when, target }) => isMarred(when, target?.mergedAt, after)).length,
      said: saidAt(at, known),
    });
  }
  return origins;
}

type Within = (time: number) => boolean;

function within(from: number, to: number): Within {
  return (time) => time >= from && time < to;
}

function isMarred(corrected: number, merged: number | undefined, after: Within): boolean {
  return merged !== undefined && after(merged) && corrected - merged <= ripe;
}

function isCorrection(fact: Fact): fact is CorrectionFact {
  return fact.kind === 'correction' && fact.isFirst && fact.target?.authorship !== 'bot';
}

function knownAt(fact: Fact): number {
  switch (fact.kind) {
    case 'change':
      return fact.mergedAt;
    case 'lines-died':
      return fact.diedAt;
    case 'spread':
      return fact.week + week;
    default:
      return fact.at;
  }
}

function saidAt(at: number, known: readonly Known[]): Origin['said'] {
  const collected = collector({ signals, pods: [], keepWeeks: memory });
  for (const each of known) if (each.at < at && each.at >= at - memory * week) collected.add(each.fact);
  const scope = diagnoseScope('repository', 'here', collected.whole, {
    signals,
    toolkits: [],
    period: { windows: windowsAt(at - 1), asOf: at - 1, compared: false },
    anchors: {},
    cost: {},
    alarms: { found: [], looked: [], tooShort: [] },
  });
  return Object.fromEntries(levelsIn(scope));
}

/** On their own scales: debts from 0 to 100, inputs from good (0) to bad (1). */
function* levelsIn({ executionDebt, debts, visibility, inputs }: Scope): Iterable<[string, number]> {
  const levels = [
    ['Execution Debt, predicted', executionDebt.predicted.level],
    ...debts.map(({ id, level }) => [id === 'human' ? 'Human Debt' : 'Technical Debt', level] as const),
    ['low visibility', visibility.level],
    ...inputs.map(({ title, badness }) => [title, badness] as const),
  ] as const;
  for (const [name, level] of levels) {
    if (level.state === 'computed') yield [name, name === 'low visibility' ? 1 - level.value : level.value];
  }
  const { level: measured } = executionDebt.measured;
  if (measured.state === 'measured') yield ['Execution Debt, measured', measured.value];
}
