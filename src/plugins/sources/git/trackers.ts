import { isWork } from '../../../core/signal/changes.ts';
import type { ChangeFact, Fact } from '../../../core/signal/fact.ts';
import type { SourcePorts } from '../../../core/signal/source.ts';
import type { Clock } from './clock.ts';
import { closedChange, type CommitSigns, type Known } from './close-change.ts';
import type { ParsedCommit } from './commit.ts';
import { corrections, isMending } from './corrections.ts';
import { deciding } from './decisions.ts';
import { knowing, type SourceFile } from './knowledge.ts';
import { lineTracker } from './lines.ts';
import type { PathKind } from './path-kind.ts';
import type { Gathered } from './read-changes.ts';
import { type Standing, standing } from './records/standing.ts';
import type { RecalledState } from './resume.ts';
import { changeAt, type RollCall } from './roll.ts';
import { scopesOf } from './scope.ts';
import { spreading, type Touch } from './spread.ts';

interface Tracking {
  readonly repository: string;
  readonly known: Known;
  readonly roll: RollCall;
  readonly clock: Clock;
  readonly asOf: number;
  readonly pods: Parameters<typeof scopesOf>[0];
  /** Whether lines are followed, too. */
  readonly lines: boolean;
  readonly isCutOff: boolean;
  /** Commits that `git blame` is to ignore. */
  readonly ignored: ReadonlySet<string>;
  /** Whether reviews are on record beside the branch. */
  readonly beside: boolean;
}

/** All that is followed from change to change, and becomes facts; goes on from where another reading was `before`. */
export function trackers(
  { repository, known, roll, clock, asOf, pods, lines: isFollowing, isCutOff, ignored, beside }: Tracking,
  before: RecalledState | undefined,
) {
  const { identities, kindOf } = known;
  const scopes = scopesOf(pods);
  const correcting = corrections(repository, before);
  const decisions = deciding(before?.decisions);
  const knows = knowing(identities, asOf, before?.knowledge);
  const spread = spreading(scopes, before?.spread);
  const { rewritten } = correcting;
  const placed = (place: number) => ({ id: changeAt(roll, place) ?? '', mergedAt: clock.times[place] ?? 0 });
  const lines = lineTracker({ kindOf, isCutOff, rewritten, changeAt: placed }, before?.lines);
  // What a history that is cut off begins with is not what its first commit did.
  const isKnown = ({ parents }: ParsedCommit): boolean => !isCutOff || parents.length > 0;
  const standings: Standing = before?.standings ?? new Map();
  // Only where votes are on record does it tell anything.
  const stands = beside ? standing(standings) : (change: ChangeFact) => change;

  let workedAt = before?.workedAt;

  function closed({ own, merged }: Gathered, place: number): ChangeFact {
    const mergedAt = clock.times[place] ?? 0;
    const sincePrevious = workedAt === undefined ? undefined : mergedAt - workedAt;
    const change = stands(closedChange(own, merged, { mergedAt, sincePrevious }, known));
    // What a bot did in between makes no pause shorter.
    if (isWork(change)) workedAt = mergedAt;
    return change;
  }

  return {
    /** Every commit, in the order of the changes that brought it in. */
    learn(signs: CommitSigns): void {
      if (isKnown(signs.commit)) knows.learn(signs);
    },
    /** Of the change at this place of the line. */
    *of({ own: written, merged }: Gathered, place: number): Iterable<Fact> {
      const own = isKnown(written.commit) ? written : { ...written, commit: unread(written.commit) };
      const change = closed({ own, merged }, place);
      yield* spread.add(change.mergedAt, touchesOf(change, own.commit, kindOf));
      yield change;
      const all = [own, ...merged].map(({ commit }) => commit);
      const corrected = correcting.of(change, all);
      yield* corrected;
      correcting.learn(change, all);
      decisions.note(change, own.commit);
      const isCorrective = corrected.length > 0 || isMending(own.commit.message);
      const isFormatting = all.some(({ id }) => ignored.has(id));
      if (isFollowing) yield* lines.follow(change, written.commit, { isCorrective, isFormatting });
    },
    /** `files`: what the branch holds now; undefined where nobody could list it. */
    async atEnd(ports: SourcePorts, files: readonly SourceFile[] | undefined): Promise<readonly Fact[]> {
      const decided = await decisions.facts(ports, (path) => kindOf(path).pods);
      return [...decided, ...spread.end(), ...(files === undefined ? [] : knows.facts(files, scopes))];
    },
    /** Versions of decisions' documents that objects are missing of. */
    undecided: decisions.unread,
    async state(ports: SourcePorts) {
      await decisions.read(ports);
      const state = { decisions: decisions.state, knowledge: knows.state, standings, workedAt };
      return { ...correcting.state(), ...state, spread: spread.state(), lines: lines.state() };
    },
  };
}

function unread(commit: ParsedCommit): ParsedCommit {
  return { ...commit, depth: 'nothing', files: [] };
}

/** Files of the change that count; what bots alone did is nobody's work. */
function touchesOf(
  { authorship }: ChangeFact,
  { files }: ParsedCommit,
  kindOf: (path: string) => PathKind,
): readonly Touch[] {
  if (authorship === 'bot') return [];
  return files.flatMap(({ path, what, added = 0, deleted = 0 }) => {
    const { counts, pods } = kindOf(path);
    return counts && what === 'file' ? [{ path, lines: added + deleted, pods }] : [];
  });
}
