import type { Memory, SourcePorts } from '../../../core/signal/source.ts';
import type { Clock } from './clock.ts';
import type { Writing } from './decisions.ts';
import { type Asked, type Identities, identitiesOf } from './identity.ts';
import type { KnowledgeState } from './knowledge.ts';
import type { LinesState } from './lines.ts';
import type { NamedState } from './named-changes.ts';
import type { RollCall } from './roll.ts';
import type { SpreadState } from './spread.ts';
import { textOf } from './text.ts';

/** The clocks of so many changes are judged by those after them: what is kept ends before. */
export const unsettled = 16;

/** All that a reading remembers after a change, so that another can go on from there; in parts that are recalled one by one. */
export interface GitState {
  readonly begun: Begun;
  readonly named: NamedState;
  readonly corrected: Set<string>;
  readonly decisions: Writing[];
  readonly knowledge: KnowledgeState;
  readonly spread: SpreadState;
  readonly lines: LinesState;
}

interface Begun {
  readonly change: string;
  readonly asOf: number;
  /** Of the changes up to there. */
  readonly times: Float64Array;
  readonly people: readonly Asked[];
  readonly garbled: number;
}

export type RecalledGit = <Part extends keyof GitState>(part: Part) => GitState[Part];

interface Found {
  readonly roll: RollCall;
  readonly clock: Clock;
  readonly asOf: number;
}

/**
 * Goes on from what was kept, if it still holds. `rules`: options, and whatever else decides what is made of a commit. No
 * memory is given where that cannot be told: histories that are cut off or replaced, or have records beside the branch.
 */
export async function rememberingGit({ git: ask }: SourcePorts, memory: Memory | undefined, rules: readonly unknown[]) {
  const version = memory === undefined ? undefined : await ask(['version']);
  const found = version?.ok === true ? JSON.stringify([...rules, textOf(version.value.stdout)]) : undefined;
  return {
    goesOn(now: Found): { readonly before?: Begun; readonly recalled?: RecalledGit; readonly identities: Identities } {
      const recalled = found === undefined ? undefined : (memory?.recall(found) as RecalledGit | undefined);
      const identities = identitiesOf(now.roll.people);
      if (recalled === undefined) return { identities };
      const before = recalled('begun');
      // Who was asked for in vain must leave no trace.
      if (!goesOn(before, now, identities)) return { identities: identitiesOf(now.roll.people) };
      memory?.resume();
      return { before, recalled, identities };
    },
    keep(state: GitState): void {
      if (found !== undefined) memory?.keep(found, { ...state });
    },
  };
}

/**
 * The history goes on from there: the same changes at the same times, and everybody is still who they were among those who
 * came since. Asking for them all gives `identities` what it would have if everything had been read.
 */
function goesOn(state: Begun, { roll, clock, asOf }: Found, identities: Identities): boolean {
  const { change, times, people } = state;
  return (
    roll.changeAt(times.length - 1) === change &&
    asOf >= state.asOf &&
    times.every((at, place) => clock.times[place] === at) &&
    people.every(([name, email, { id, kind }]) => {
      const now = identities.of(name, email);
      return now.id === id && now.kind === kind;
    })
  );
}
