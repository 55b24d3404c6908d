import { type Collector, type CollectorState, collector } from '../../core/debt/collect.ts';
import { instant } from '../../core/debt/reading.ts';
import { FactumError } from '../../core/errors.ts';
import type { Histories, HistoryMemory, OpenHistory, Progress } from '../../core/operation.ts';
import type { Coverage } from '../../core/signal/fact.ts';
import type { Memory } from '../../core/signal/source.ts';
import { day, usualWeeks, week, type WindowWeeks } from '../../core/signal/week.ts';
import { newestUntil } from './dates.ts';
import { type BranchRead, defaultBranch } from './default-branch.ts';
import { podsOf, refuseMissingPods, refuseUnknownPods } from './pods.ts';

/** As much as series look back to, and what matures on top of it; what looks back a year itself has less at their beginning. */
export const keepWeeks = 240;
/** What a signal looks back to before its window, and what it waits for. */
const earlierWeeks = 52 + 13;
/** The newest change need not be of the last week. */
const spareWeeks = 13;

export interface HistoryWanted {
  readonly pods: readonly string[];
  /** Milliseconds since 1970. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly now: number;
  /** A commit: what came after it is set against what came before. */
  readonly compare?: string | undefined;
  /** That the report has; beside others one that is quiet is a row among them and no mistake. */
  readonly repositories: number;
}

export interface Compared {
  readonly ref: string;
  readonly commit: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface ReadHistory {
  readonly compared?: Compared;
  readonly coverage: Coverage;
  readonly collected: Collector;
}

/** How long its windows are. */
export function weeksOf({ config }: OpenHistory): WindowWeeks {
  if (config === undefined) return usualWeeks;
  const { window_weeks: current, baseline_weeks: baseline } = config.diagnose;
  return { current, baseline };
}

/** What can be told without reading: nothing is read of several before each was asked. Throws NO_HISTORY, GIT_FAILED, POD_NOT_FOUND, REF_NOT_FOUND. */
export async function refuseUnreadable(history: OpenHistory, { compare, until, pods }: HistoryWanted): Promise<void> {
  if (compare !== undefined) await commitAt(history, compare);
  const newest = await newestOf(history, await defaultBranch(history), until);
  await refuseMissingPods(history, pods, newest);
}

/** Reads the history of the default branch up to the end that was asked for. Throws NO_HISTORY, GIT_FAILED, POD_NOT_FOUND, REF_NOT_FOUND. */
export async function readHistory(
  history: OpenHistory,
  { signals }: Pick<Histories, 'signals'>,
  wanted: HistoryWanted,
  progress: Progress,
): Promise<ReadHistory> {
  const compared = wanted.compare === undefined ? undefined : await commitAt(history, wanted.compare);
  const branch = await defaultBranch(history);
  const revision = wanted.until === undefined ? branch.revision : await newestOf(history, branch, wanted.until);
  await refuseMissingPods(history, wanted.pods, revision);
  const weeks = weeksOf(history);
  const collected = collector({
    signals,
    pods: wanted.pods,
    ...reachOf(weeks, wanted.until, compared),
    ...(wanted.since === undefined ? {} : { since: wanted.since }),
  });
  const counted = { done: 0, of: 0 };
  const endReading = progress.begin(`reading ${history.name}`, () => counted);
  const read = await history.read(
    { revision, branch: branch.name, pods: podsOf(history), latest: wanted.now + day },
    {
      begin(newest) {
        collected.reach(newest);
        return collected.wantedFrom();
      },
      emit: collected.add,
      progress: (done, of) => Object.assign(counted, { done, of }),
      memory:
        isUsual(wanted) && history.memory !== undefined ? remembered(history.memory, collected, weeks) : undefined,
    },
  );
  if (!read.ok) await newestOf(history, branch, wanted.until);
  endReading(read.ok ? `${read.value.changes} ${read.value.changes === 1 ? 'change' : 'changes'}` : 'failed');
  if (!read.ok) throw new FactumError('GIT_FAILED', `${history.name}: ${read.message}`);
  await history.memory?.save();
  const { asOf, ...coverage } = read.value;
  const named = history.config?.git.default_branch;
  if (named !== undefined && coverage.branch !== named)
    progress.note(
      `${history.name}: ${coverage.branch} was read, which is checked out; ${named}, the default branch of factum.yaml, was not`,
    );
  if (wanted.repositories === 1) refuseTooLate(history.name, branch, wanted, asOf);
  refuseUnknownPods(history, wanted.pods, collected.met.keys());
  const end = wanted.until === undefined ? asOf : await endOf(history, branch, { revision, until: wanted.until, asOf });
  return { coverage: { ...coverage, asOf: end }, collected, ...(compared === undefined ? {} : { compared }) };
}

/** Windows may be of long before the newest clock: changes are drawn from them, and all that they need is kept. */
function reachOf({ current, baseline }: WindowWeeks, until: number | undefined, compared: Compared | undefined) {
  const both = current + baseline;
  const kept = { keepWeeks: Math.max(keepWeeks, both + earlierWeeks) };
  if (compared !== undefined) return { ...kept, keepFrom: compared.at - (baseline + earlierWeeks) * week };
  if (until !== undefined) return { ...kept, keepFrom: until - kept.keepWeeks * week };
  return { ...kept, drawnWeeks: both + spareWeeks };
}

/** A report ends with the time that was asked for, but not after the newest change of all. */
async function endOf(
  history: OpenHistory,
  branch: BranchRead,
  { revision, until, asOf }: { readonly revision: string; readonly until: number; readonly asOf: number },
): Promise<number> {
  return revision === (await newestOf(history, branch, undefined)) ? Math.min(until, asOf) : until;
}

/** Of a time after the newest change there is nothing to tell, and no zero either. */
function refuseTooLate(name: string, branch: BranchRead, { since, until }: HistoryWanted, newest: number): void {
  if (since === undefined || since <= newest) return;
  const upTo = until === undefined ? '' : ` up to ${instant(until)}`;
  const told = `the newest${upTo} on ${spoken(branch)} is of ${instant(newest)}`;
  throw new FactumError('NO_HISTORY', `${name} has no commit since ${instant(since)}: ${told}`);
}

/** What was collected with another begin, end, middle or pod would be of no use to the next reading. */
function isUsual({ pods, since, until, compare }: HistoryWanted): boolean {
  return pods.length === 0 && since === undefined && until === undefined && compare === undefined;
}

/**
 * What the source knows and what was made of its facts are one: the second without the first would be another history.
 * Weeks before the windows are summed up, so that longer ones could not be drawn from them.
 */
function remembered(memory: HistoryMemory, collected: Collector, { current, baseline }: WindowWeeks): Memory {
  const within = (circumstances: string): string => `${current} ${baseline} ${circumstances}`;
  let kept: CollectorState | undefined;
  return {
    isEmpty: memory.isEmpty,
    recall(circumstances) {
      const found = memory.recall(within(circumstances));
      kept = found?.('collected') as CollectorState | undefined;
      return found;
    },
    resume: () => (kept === undefined ? undefined : collected.resume(kept)),
    keep: (circumstances, parts) => memory.keep(within(circumstances), { ...parts, collected: collected.state() }),
  };
}

function spoken({ name }: BranchRead): string {
  return name === undefined ? 'the branch that is checked out' : `${name}, the default branch`;
}

/** The newest change of a branch, up to a time. Throws NO_HISTORY where there is none. */
async function newestOf({ git, name }: OpenHistory, branch: BranchRead, until: number | undefined): Promise<string> {
  const asked = until === undefined ? '--max-count=1' : '--timestamp';
  const answer = await git(['rev-list', '--first-parent', asked, branch.revision, '--']);
  if (!answer.ok) throw new FactumError('GIT_FAILED', `${name}: ${answer.message}`);
  const { exit, stdout, stderr } = answer.value;
  const lines = stdout.trimEnd().split('\n');
  const found = until === undefined ? lines[0] : newestUntil(lines, until);
  if (exit === 0 && found !== undefined && found !== '') return found;
  const isEmpty = exit === 0 || /bad revision|ambiguous argument|unknown revision/.test(stderr);
  if (!isEmpty) throw new FactumError('GIT_FAILED', `${name}: git rev-list: ${stderr.trim()}`);
  const when = until === undefined ? '' : ` up to ${instant(until)}`;
  throw new FactumError('NO_HISTORY', `${name} has no commit${when} on ${spoken(branch)}`);
}

/** Throws REF_NOT_FOUND. */
async function commitAt({ git, name }: OpenHistory, ref: string): Promise<Compared> {
  const found = await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  const commit = found.ok && found.value.exit === 0 ? found.value.stdout.trim() : '';
  const told =
    commit === '' ? undefined : await git(['log', '--max-count=1', '--no-patch', '--format=%ct', commit, '--']);
  const seconds = told?.ok === true && told.value.exit === 0 ? Number(told.value.stdout.trim()) : NaN;
  if (Number.isNaN(seconds)) throw new FactumError('REF_NOT_FOUND', `${name} has no branch, tag or commit \`${ref}\``);
  return { ref, commit, at: seconds * 1000 };
}
