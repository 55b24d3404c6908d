import type { Memory, Recalled, SourcePorts } from '../../../core/signal/source.ts';
import type { Clock } from './clock.ts';
import type { Corrected } from './corrections.ts';
import type { DecisionsState } from './decisions.ts';
import { type Asked, type Identities, identitiesOf } from './identity.ts';
import type { KnowledgeState } from './knowledge.ts';
import type { LinesState } from './lines.ts';
import type { NamedState } from './named-changes.ts';
import { isMadeAlike, type KindsState, type PathKinds } from './path-kind.ts';
import type { Gap } from './read-changes.ts';
import { authorsOf } from './records/gerrit-reviews.ts';
import type { GerritRead } from './records/gerrit.ts';
import { isSaidOtherwise, type RecordsRead } from './records/records.ts';
import type { Standing } from './records/standing.ts';
import { changeAt, type RollCall } from './roll.ts';
import type { SpreadState } from './spread.ts';
import { textOf } from './text.ts';

/** The clocks of so many changes are judged by those after them: what is kept ends before. */
export const unsettled = 16;

/** All that a reading remembers after a change, so that another can go on from there. */
export interface GitState {
  readonly change: string;
  /** Commits up to that change. */
  readonly commits: number;
  readonly asOf: number;
  /** Of the changes up to there. */
  readonly times: Float64Array;
  /** Of all changes, those after it included. */
  readonly roll: RollCall;
  readonly people: readonly Asked[];
  readonly garbled: number;
  /** Changes of which objects were missing. */
  readonly gaps: readonly Gap[];
  readonly named: NamedState;
  readonly corrected: Corrected;
  readonly decisions: DecisionsState;
  readonly knowledge: KnowledgeState;
  readonly spread: SpreadState;
  readonly lines: LinesState;
  readonly standings: Standing;
  /** When people or agents merged a change last; undefined: never. */
  readonly workedAt: number | undefined;
  /** What was on record beside the branch; undefined: nothing. */
  readonly records: RecordsRead | undefined;
  /** CODEOWNERS; undefined: there was none. */
  readonly owned: string | undefined;
  /** Ids. */
  readonly pods: readonly string[];
  /** Commits that are listed as formatters'. */
  readonly ignored: ReadonlySet<string>;
  readonly kinds: KindsState;
}

/** What is large and seldom needed is recalled when it is asked for. */
type Seldom = 'named' | 'records' | 'kinds';
export type RecalledState = Omit<GitState, Seldom> & { readonly [part in Seldom]: () => GitState[part] };

interface Found {
  readonly roll: RollCall;
  readonly clock: Clock;
  readonly asOf: number;
  readonly recorded: RecordsRead | undefined;
  readonly owned: string | undefined;
  readonly pods: readonly string[];
  readonly ignored: ReadonlySet<string>;
  readonly kindOf: PathKinds['kindOf'];
}

interface Remembering {
  readonly head: string;
  readonly memory: Memory | undefined;
  /** The same commits may say otherwise another time: nothing is kept. */
  readonly isChangeable: Promise<boolean>;
  /** Options, and whatever else decides what is made of a commit. */
  readonly rules: readonly unknown[];
}

/** Goes on from what was kept, if it still holds. */
export async function rememberingGit(
  { git: ask }: SourcePorts,
  { head, memory: given, isChangeable, rules }: Remembering,
) {
  // Where clocks went back git takes old commits for new ones (`A..B`): what it counts must add up. It counts meanwhile.
  const count = async (range: string): Promise<number | undefined> => {
    const answer = await ask(['rev-list', '--count', range, '--']);
    return answer.ok && answer.value.exit === 0 ? Number(answer.value.stdout) : undefined;
  };
  const total = given === undefined ? undefined : count(head);
  const version = given === undefined ? undefined : await ask(['version']);
  const memory = (await isChangeable) ? undefined : given;
  const found =
    memory !== undefined && version?.ok === true ? JSON.stringify([...rules, textOf(version.value.stdout)]) : undefined;
  const recalled = found === undefined ? undefined : memory?.recall(found);
  const before = recalled === undefined ? undefined : stateIn(recalled);
  const later = before === undefined ? undefined : count(`${before.change}..${head}`);
  /** What was on record before; undefined as long as nobody asked. */
  let was: RecordsRead | undefined;
  /** All commits that were told. */
  let told: Promise<readonly string[] | undefined> | undefined;

  async function list(from: string): Promise<readonly string[] | undefined> {
    const answer = await ask(['rev-list', from, '--']);
    return answer.ok && answer.value.exit === 0 ? answer.value.stdout.split('\n') : undefined;
  }
  /** What was not there may have been fetched since. */
  async function areStill(gaps: readonly Gap[]): Promise<boolean> {
    const missing = gaps.flatMap((gap) => gap.missing);
    if (missing.length === 0) return true;
    const answer = await ask(['cat-file', '--batch-check'], `${missing.join('\n')}\n`);
    if (!answer.ok || answer.value.exit !== 0) return false;
    return missing.every((id) => answer.value.stdout.includes(`${id} missing\n`));
  }
  async function areUnnamed(uploads: readonly string[]): Promise<boolean> {
    const { authors, unread } = await authorsOf({ git: ask }, uploads);
    return authors.size === 0 && unread === 0;
  }
  /** Most are listed right after they were merged, and so before they are kept. */
  async function isFormattedAlike(kept: RecalledState, ignored: ReadonlySet<string>): Promise<boolean> {
    const differing = [...without(kept.ignored, ignored), ...without(ignored, kept.ignored)];
    if (differing.length === 0) return true;
    told ??= list(kept.change);
    const commits = await told;
    return commits !== undefined && !differing.some((id) => commits.includes(id));
  }
  async function isToldOtherwise(now: RecordsRead): Promise<boolean> {
    const commits = await told;
    return was === undefined || commits === undefined || isSaidOtherwise(commits, was, now);
  }

  return {
    /** Whether what is kept will be of use to anybody. */
    keeps: found !== undefined,
    roll: { before: before?.roll, ...(total !== undefined && { total }) },
    /** What is on record now: what was kept, if no ref moved and nothing was fetched that they tell of. */
    async records(
      refs: string | undefined,
      read: (before: RecordsRead | undefined) => Promise<RecordsRead>,
    ): Promise<RecordsRead> {
      was = before?.records();
      if (was === undefined) return read(was);
      if (was.refs === refs && (await areUnnamed(was.gerrit.unnamed))) return was;
      // Git lists what was told while its records are read.
      if (before !== undefined) told = list(before.change);
      return read(was);
    },
    async goesOn(now: Found): Promise<{ readonly before?: RecalledState; readonly identities: Identities }> {
      const identities = identitiesOf(now.roll.people);
      if (before === undefined || (await total) !== before.commits + ((await later) ?? NaN)) return { identities };
      if (!(await areStill(before.gaps)) || !(await isFormattedAlike(before, now.ignored))) return { identities };
      const { recorded } = now;
      const isNew = recorded !== undefined && recorded !== was;
      // Who was asked for in vain must leave no trace.
      if (
        !goesOn(before, now, identities) ||
        !isOwnedAlike(before, now) ||
        (isNew && (await isToldOtherwise(recorded)))
      )
        return { identities: identitiesOf(now.roll.people) };
      memory?.resume();
      return { before, identities };
    },
    keep(state: GitState): void {
      const { named, kinds, records: now, ...rest } = state;
      const records = now && { ...now, gerrit: { ...now.gerrit, updates: undefined } };
      if (found !== undefined) memory?.keep(found, { named, kinds, records, updates: now?.gerrit.updates(), rest });
    },
  };
}

function without(all: ReadonlySet<string>, others: ReadonlySet<string>): readonly string[] {
  return [...all].filter((each) => !others.has(each));
}

/** Whose the paths were that were looked at does not depend on rules that came for others. */
function isOwnedAlike(
  before: Pick<RecalledState, 'owned' | 'pods' | 'kinds'>,
  { owned, pods, kindOf }: Pick<Found, 'owned' | 'pods' | 'kindOf'>,
): boolean {
  if (before.owned === owned) return true;
  const areSamePods = before.pods.length === pods.length && before.pods.every((pod, at) => pod === pods[at]);
  return areSamePods && isMadeAlike(before.kinds(), kindOf);
}

function stateIn(part: Recalled): RecalledState {
  return {
    ...(part('rest') as Omit<GitState, Seldom>),
    named: () => part('named') as GitState['named'],
    kinds: () => part('kinds') as GitState['kinds'],
    records: () => {
      const kept = part('records') as GitState['records'];
      const updates = (): GerritRead | undefined => part('updates') as GerritRead | undefined;
      return kept && { ...kept, gerrit: { ...kept.gerrit, updates } };
    },
  };
}

/**
 * The history goes on from there: the same changes at the same times, and everybody is still who they were among those who
 * came since. Asking for them all gives `identities` what it would have if everything had been read.
 */
function goesOn(
  state: Pick<GitState, 'change' | 'asOf' | 'times' | 'people'>,
  { roll, clock, asOf }: Found,
  identities: Identities,
): boolean {
  const { change, times, people } = state;
  return (
    changeAt(roll, times.length - 1) === change &&
    asOf >= state.asOf &&
    times.every((at, place) => clock.times[place] === at) &&
    people.every(([name, email, { id, kind }]) => {
      const now = identities.of(name, email);
      return now.id === id && now.kind === kind;
    })
  );
}
