import { couldNotLook, type Seen, seen } from '../../../core/ports.ts';
import type { SourcePorts } from '../../../core/signal/source.ts';
import { type CommitSigns, signsOf } from './close-change.ts';
import type { Depth, ParsedCommit } from './commit.ts';
import { type CommitStream, readCommits, readListed } from './history.ts';
import type { Records } from './records/records.ts';
import { areAllCalled, changeAt, changesFrom, type RollCall } from './roll.ts';
import { readStretches } from './stretches.ts';

/** A change that was read with less than was asked for, and the objects that git could not read. */
export interface Gap {
  /** On the line, from 0 on. */
  readonly place: number;
  readonly missing: readonly string[];
}

/** A commit of the default branch with all that it brought in, parents first. */
export interface Gathered {
  readonly own: CommitSigns;
  readonly merged: readonly CommitSigns[];
}

/** Less is asked for when git cannot read what more needs. */
const fallbacks: readonly Depth[] = ['raw', 'nothing'];
/** So many gaps are passed one commit at a time; each later one doubles the stretch, so that git starts seldom. */
const shortGaps = 32;

export interface ChangeReader {
  next(): Promise<Seen<Gathered | undefined>>;
  /** Changes from `wanted` on whose sizes were not read, because objects are missing. */
  readonly uncounted: () => number;
  /** All commits came with their files, renames followed. */
  readonly followed: () => boolean;
  /** Changes that came with less than was asked for; undefined where that has no end, or git does not say what is missing. */
  readonly gaps: () => readonly Gap[] | undefined;
  /** Commits that came with the changes up to now. */
  readonly commits: () => number;
  /** Commits with bytes that are not UTF-8. */
  readonly garbled: () => number;
  stop(): void;
}

interface Looking {
  readonly roll: RollCall;
  /** Commits whose names are known, parents first, a name a line: all, or those that are new. */
  readonly names: string;
  /** How many changes were read before, with all that they brought in, and the gaps among them. */
  readonly before: number;
  readonly earlier: readonly Gap[];
  /** What is asked for of each change from the place `fullFrom` on; hunks hold the counts, too. Of those before it only files are. */
  readonly most: 'counts' | 'hunks';
  readonly fullFrom: number;
  /** Place of the first change that figures are made of. */
  readonly wanted: number;
  /** Called for every commit, change by change, parents first: an order that what comes later does not alter. */
  readonly each: (signs: CommitSigns) => void;
  readonly agentsOf: Records['agentsOf'];
}

/**
 * Where three of four commits are changes: all of them, in stretches. Else two side by side: the first-parent line with its
 * differences, and all commits with their messages. In topological order whatever a change brought in comes before it, so
 * only what is not yet merged is kept.
 */
export function readChanges(ports: SourcePorts, head: string, looking: Looking): ChangeReader {
  const { roll, names, before, earlier, most, fullFrom, wanted, each, agentsOf } = looking;
  const waiting = new Map<string, CommitSigns>();
  /** Changes that were read, and the last of them. */
  let count = before;
  let last = changeAt(roll, count - 1);
  let all = 3 * roll.commits <= 4 * roll.times.length ? undefined : readAll(ports, stretch());
  let line = readLine(most);
  let level = 0;
  const gaps = [...earlier];
  const uncounted = (): number => gaps.filter(({ place }) => place >= wanted).length;
  let areGapsTold = true;
  /** What git could not read at the place where it stopped. */
  let missing: readonly string[] = [];
  let commits = 0;
  let garbled = 0;
  /** How often it stopped at changes that are read in full. */
  let stops = uncounted();
  /** Commits to be read with less before everything is asked for again. */
  let left = 0;

  function stretch(): string {
    return last === undefined ? head : `${last}..${head}`;
  }
  function readLine(depth: Depth): CommitStream {
    const asked = { depth, merges: true };
    const briefIn = (list: string): number => (depth === most ? endOf(list, changeAt(roll, fullFrom - 1)) : 0);
    if (all !== undefined) {
      const list = changesFrom(roll, count);
      return readListed(ports, list, { ...asked, isNamed: true, brief: briefIn(list) });
    }
    return before === 0 && areAllCalled({ roll, names })
      ? readStretches(ports, names, { ...asked, brief: briefIn(names) })
      : readCommits(ports, stretch(), asked);
  }
  function askFor(depth: Depth): void {
    line.stop();
    line = readLine(depth);
  }

  /** The next commit of the line; where git fails, a short stretch with less, and then on. */
  async function nextOfLine(): Promise<Seen<ParsedCommit | undefined>> {
    for (;;) {
      if (level > 0 && left === 0) {
        level = 0;
        askFor(most);
      }
      const commit = await line.next();
      if (commit !== undefined) {
        if (commit.id !== changeAt(roll, count)) {
          waiting.set(commit.id, signsOf(commit, agentsOf(commit.id)));
          continue;
        }
        if (level > 0) gaps.push({ place: count, missing });
        count++;
        last = commit.id;
        left--;
        // What is missing of old changes says nothing of those that are read in full.
        if (count === fullFrom) stops = 0;
        return seen(commit);
      }
      const ended = await line.ended;
      if (!ended.ok) return ended;
      if (ended.value.exit === 0) return seen(undefined);
      if (all === undefined) {
        // Messages and renames may be there where sizes are not, and what is missing may be beside the line.
        all = readAll(ports, stretch());
        askFor(most);
        continue;
      }
      const named = ended.value.stderr.match(/\b[0-9a-f]{40,64}\b/g) ?? [];
      if (named.length === 0) areGapsTold = false;
      if (level === 0) {
        const gap = 2 ** Math.max(0, ++stops - shortGaps);
        left = count < fullFrom ? Math.min(gap, fullFrom - count) : gap;
        if (left > 1) areGapsTold = false;
        missing = [];
      }
      missing = [...missing, ...named];
      const depth = fallbacks[level++];
      if (depth === undefined) return couldNotLook('broken', `git log failed: ${ended.value.stderr.trim()}`);
      askFor(depth);
    }
  }

  /** What this change says, and before it whatever else the pass over all commits comes by. */
  async function messagesUntil(own: ParsedCommit, from: AllCommits): Promise<Seen<CommitSigns>> {
    for (let commit = await from.next(); commit !== undefined; commit = await from.next()) {
      const signs = signsOf(commit, agentsOf(commit.id));
      if (commit.id === own.id) return seen(signs);
      waiting.set(commit.id, signs);
    }
    const ended = await from.ended();
    if (!ended.ok) return ended;
    return couldNotLook('broken', `git log failed: ${ended.value.stderr.trim()} It does not tell of ${own.id}.`);
  }

  const followed = (): boolean => all?.followed() ?? true;

  async function next(): Promise<Seen<Gathered | undefined>> {
    const read = await nextOfLine();
    if (!read.ok) return read;
    const commit = read.value;
    if (commit === undefined) return seen(undefined);
    const signs = all === undefined ? seen(signsOf(commit, agentsOf(commit.id))) : await messagesUntil(commit, all);
    if (!signs.ok) return signs;
    const told = signs.value;
    const merged = taken(told.commit.parents.slice(1), waiting);
    for (const one of [...merged, told]) {
      each(one);
      commits++;
      if (one.commit.garbled) garbled++;
    }
    if (told.commit === commit) return seen({ own: told, merged });
    const { depth, files } = commit;
    return seen({ own: { ...told, commit: { ...told.commit, depth, files } }, merged });
  }

  return {
    next,
    uncounted,
    followed,
    gaps: () => (areGapsTold && followed() ? gaps : undefined),
    commits: () => commits,
    garbled: () => garbled,
    stop() {
      all?.stop();
      line.stop();
    },
  };
}

/** Where the line with this name ends; 0: there is none. */
function endOf(list: string, name: string | undefined): number {
  const at = name === undefined ? -1 : list.indexOf(name);
  return at < 0 ? 0 : list.indexOf('\n', at) + 1;
}

interface AllCommits {
  next(): Promise<ParsedCommit | undefined>;
  ended(): CommitStream['ended'];
  followed(): boolean;
  stop(): void;
}

/** All commits with their files; where git cannot follow renames, from there on without. */
function readAll(ports: SourcePorts, range: string): AllCommits {
  let stream = readCommits(ports, range, { depth: 'renames' });
  let isFollowed = true;
  let count = 0;

  async function next(): Promise<ParsedCommit | undefined> {
    const commit = await stream.next();
    if (commit !== undefined) count++;
    if (commit !== undefined || !isFollowed) return commit;
    const ended = await stream.ended;
    if (!ended.ok || ended.value.exit === 0) return undefined;
    isFollowed = false;
    stream = readCommits(ports, range, { depth: 'nothing' });
    for (let passed = 0; passed < count; passed++) await stream.next();
    return stream.next();
  }
  return { next, ended: () => stream.ended, followed: () => isFollowed, stop: () => stream.stop() };
}

/** Takes what is reachable and was not merged before, oldest first. */
function taken(from: readonly string[], waiting: Map<string, CommitSigns>): readonly CommitSigns[] {
  const found: CommitSigns[] = [];
  const open = [...from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const signs = waiting.get(id);
    if (signs === undefined) continue;
    waiting.delete(id);
    found.push(signs);
    open.push(...signs.commit.parents);
  }
  return found.toReversed();
}
