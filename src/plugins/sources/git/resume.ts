import type { CoverageNote } from '../../../core/signal/fact.ts';
import type { Memory, SourcePorts } from '../../../core/signal/source.ts';
import type { Clock } from './clock.ts';
import type { CorrectionsState } from './corrections.ts';
import type { Writing } from './decisions.ts';
import { type Asked, type Identities, identitiesOf } from './identity.ts';
import type { KnowledgeState } from './knowledge.ts';
import type { LinesState } from './lines.ts';
import type { RollCall } from './roll.ts';
import type { SpreadState } from './spread.ts';
import { textOf } from './text.ts';

/** The clocks of so many changes are judged by those after them: what is kept ends before. */
export const unsettled = 16;

/** All that a reading remembers after a change, so that another can go on from there. */
export interface GitState {
  readonly change: string;
  readonly asOf: number;
  /** Of the changes up to there. */
  readonly times: readonly number[];
  readonly people: readonly Asked[];
  readonly garbled: number;
  readonly corrections: CorrectionsState;
  readonly decisions: Writing[];
  readonly knowledge: KnowledgeState;
  readonly spread: SpreadState;
  readonly lines: LinesState;
}

interface Circumstances {
  readonly head: string;
  readonly about: readonly CoverageNote[];
  /** Options, and whatever else decides what is made of a commit. */
  readonly rules: readonly unknown[];
}

/**
 * What facts depend on beside the commits. Undefined where that cannot be told: histories that are cut off or replaced, and
 * those with records beside the branch, which change by themselves.
 */
async function circumstancesOf(
  { git: ask }: SourcePorts,
  { head, about, rules }: Circumstances,
): Promise<string | undefined> {
  const records = ['refs/changes', 'refs/notes/review', 'refs/notes/devtools', 'refs/notes/ai'];
  const [beside, mailmap, version] = await Promise.all([
    ask(['for-each-ref', '--count=1', ...records]),
    ask(['ls-tree', '--full-tree', head, '.mailmap']),
    ask(['version']),
  ]);
  if (about.length > 0 || !beside.ok || beside.value.exit !== 0 || beside.value.stdout !== '') return undefined;
  if (!mailmap.ok || mailmap.value.exit !== 0 || !version.ok) return undefined;
  return JSON.stringify([...rules, textOf(mailmap.value.stdout), textOf(version.value.stdout)]);
}

interface Found {
  readonly roll: RollCall;
  readonly clock: Clock;
  readonly asOf: number;
}

/** Goes on from what was kept, if it still holds. */
export async function rememberingGit(ports: SourcePorts, memory: Memory | undefined, circumstances: Circumstances) {
  const found = memory === undefined ? undefined : await circumstancesOf(ports, circumstances);
  return {
    goesOn(now: Found): { readonly before?: GitState; readonly identities: Identities } {
      const before = found === undefined ? undefined : (memory?.recall(found) as GitState | undefined);
      const identities = identitiesOf(now.roll.people);
      if (before === undefined) return { identities };
      // Who was asked for in vain must leave no trace.
      if (!goesOn(before, now, identities)) return { identities: identitiesOf(now.roll.people) };
      memory?.resume();
      return { before, identities };
    },
    keep(state: GitState): void {
      if (found !== undefined) memory?.keep(found, state);
    },
  };
}

/**
 * The history goes on from there: the same changes at the same times, and everybody is still who they were among those who
 * came since. Asking for them all gives `identities` what it would have if everything had been read.
 */
function goesOn(state: GitState, { roll, clock, asOf }: Found, identities: Identities): boolean {
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
