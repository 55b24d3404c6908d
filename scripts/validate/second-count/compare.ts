import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { ChangeFact, Fact } from '../../../src/core/signal/fact.ts';
import { isWithin, windowsAt, type Window } from '../../../src/core/signal/week.ts';
import { contributionAsymmetry } from '../../../src/plugins/signals/contribution-asymmetry.ts';

/** What count.py prints of a clone. */
interface Counted {
  readonly changes: readonly {
    readonly id: string;
    readonly reviewed: boolean;
    /** Changes with a commit that it takes back by name. */
    readonly reverts: readonly string[];
    readonly agents: readonly string[];
  }[];
  readonly asymmetry: number | null;
}

/** One quantity, as the second count and as the source has it. */
interface Comparison {
  readonly what: string;
  readonly counted: string;
  readonly told: string;
  /** What only one of the two has. */
  readonly differences: readonly string[];
}

/** Agents that the second count looks for. */
const tools: readonly string[] = ['claude', 'copilot', 'cursor', 'codex', 'devin'];

const sets: readonly {
  readonly what: string;
  readonly counted: (change: Counted['changes'][number]) => readonly string[];
  readonly told: (fact: Fact) => readonly string[];
}[] = [
  { what: 'changes', counted: ({ id }) => [id], told: ofChanges(() => true) },
  {
    what: 'reviewed, by trailers',
    counted: ({ id, reviewed }) => (reviewed ? [id] : []),
    told: ofChanges(({ reviews }) => reviews.some(({ byKind, from }) => byKind === 'human' && from === 'trailer')),
  },
  {
    what: 'reverts, by name',
    counted: ({ id, reverts }) => reverts.filter((one) => one !== id).map((one) => `${id} of ${one}`),
    told: (fact) =>
      fact.kind === 'correction' && fact.how === 'revert' && fact.resolvedBy === 'sha'
        ? [`${fact.id} of ${fact.target?.id}`]
        : [],
  },
  {
    what: 'agents',
    counted: ({ id, agents }) => (agents.length > 0 ? [id] : []),
    told: ofChanges(({ marks }) =>
      marks.some(({ tool, role }) => role !== 'mention' && tools.some((one) => tool.startsWith(one))),
    ),
  },
];

/** Every quantity of a clone, counted from its `git log` and told by the facts that the source made of it. */
export function compare(dir: string, asOf: number, facts: readonly Fact[]): readonly Comparison[] {
  const { current } = windowsAt(asOf);
  const counted = count(dir, current);
  const uneven = [counted.asymmetry, asymmetryIn(facts, current)].map((value) => value?.toFixed(3) ?? '-');
  const [ours = '', theirs = ''] = uneven;
  return [
    ...sets.map((each) => compareSets(each.what, counted.changes.flatMap(each.counted), facts.flatMap(each.told))),
    {
      what: 'asymmetry, 13 weeks',
      counted: ours,
      told: theirs,
      differences: ours === theirs ? [] : [`${ours} in the count and ${theirs} in the source`],
    },
  ];
}

function count(dir: string, { from, to }: Window): Counted {
  const args = [join(import.meta.dirname, 'count.py'), dir, String(from / 1000), String(to / 1000)];
  return JSON.parse(execFileSync('python3', args, { encoding: 'utf8', maxBuffer: 2 ** 30 })) as Counted;
}

function compareSets(what: string, counted: readonly string[], told: readonly string[]): Comparison {
  const [ours, theirs] = [new Set(counted), new Set(told)];
  const differences = [
    ...[...ours].filter((one) => !theirs.has(one)).map((one) => `only in the count: ${one}`),
    ...[...theirs].filter((one) => !ours.has(one)).map((one) => `only in the source: ${one}`),
  ];
  return { what, counted: String(ours.size), told: String(theirs.size), differences };
}

function ofChanges(holds: (change: ChangeFact) => boolean): (fact: Fact) => readonly string[] {
  return (fact) => (fact.kind === 'change' && holds(fact) ? [fact.id] : []);
}

function asymmetryIn(facts: readonly Fact[], window: Window): number | null {
  const { run, place } = contributionAsymmetry;
  const within = facts.filter((fact) => isWithin(place(fact)?.at ?? NaN, window));
  const state = within.reduce((sum, fact) => run.add(sum, fact), run.empty());
  const read = run.read(state, { window, asOf: window.to });
  return read.state === 'measured' ? read.value : null;
}
