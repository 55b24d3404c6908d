import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** The variable that every process of a run inherits. Runs inside runs add their mark behind a colon. */
export const markVariable = 'FACTUM_RUN';

/** What is known about the processes of one run. */
export interface RunTrace {
  readonly mark: string;
  /** Process id of its first process, which leads its own process group. Absent when only the mark survived. */
  readonly leader?: number;
  /** Start of that process, in clock ticks: older ones need no second look. */
  readonly since?: number;
  /** How many processes the machine had started by then. */
  readonly forks?: number;
}

interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** In clock ticks since the machine started; tells two processes with one id apart. Empty where it is not known. */
  readonly startedAt: string;
}

const graceMs = 500;
const killMs = 2_000;

/**
 * Ends all processes of a run: asks with SIGTERM, insists with SIGKILL, and looks again until none is left.
 * Finds them by process group, by descent and by mark, so that neither setsid nor a double fork hides one.
 * Answers the ids of those that could not be ended.
 */
export async function endProcesses(trace: RunTrace): Promise<readonly number[]> {
  const known = new Set<string>();
  let left = signalAll(trace, known, 'SIGTERM');
  for (let waited = 0; left.length > 0 && waited < graceMs; waited += 20) {
    await sleep(20);
    left = processesOf(trace, known);
  }
  for (let waited = 0; left.length > 0 && waited < killMs; waited += 20) {
    left = signalAll(trace, known, 'SIGKILL');
    if (left.length > 0) await sleep(20);
  }
  return left.length === 0 ? [] : processesOf(trace, known).map(({ pid }) => pid);
}

/** For the last moment of a process, when nothing can be awaited any more. */
export function killProcesses(trace: RunTrace): void {
  const known = new Set<string>();
  for (let round = 0; round < 3 && signalAll(trace, known, 'SIGKILL').length > 0; round += 1);
}

function signalAll(trace: RunTrace, known: Set<string>, signal: NodeJS.Signals): readonly ProcessRow[] {
  const rows = processesOf(trace, known);
  for (const { pid } of rows) send(pid, signal);
  return rows;
}

/** Those already gone and those of another user cannot be signalled; the next look at the list tells which. */
function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** `known` remembers who was found before, since descent is lost when a parent ends. */
function processesOf(trace: RunTrace, known: Set<string>): readonly ProcessRow[] {
  const { mark, leader, since = 0 } = trace;
  const rows = listProcesses(firstPid(trace)).filter(({ startedAt }) => Number(startedAt) >= since);
  const family = new Set(leader === undefined ? [] : [leader]);
  const ours = new Set(
    rows.filter((row) => family.has(row.pid) || (leader !== undefined && row.group === leader) || known.has(name(row))),
  );
  for (const row of rows) if (!ours.has(row) && row.pid !== process.pid && carriesMark(row.pid, mark)) ours.add(row);
  for (let before = -1; before !== ours.size;) {
    before = ours.size;
    for (const { pid } of ours) family.add(pid);
    for (const row of rows) if (family.has(row.parent)) ours.add(row);
  }
  for (const row of ours) known.add(name(row));
  return [...ours];
}

function name({ pid, startedAt }: ProcessRow): string {
  return `${pid}@${startedAt}`;
}

/** All processes from this id on that are more than an entry waiting for its parent. */
function listProcesses(from: number): readonly ProcessRow[] {
  if (process.platform !== 'linux') return listByPs();
  return readdirSync('/proc')
    .filter((entry) => /^[0-9]+$/.test(entry) && Number(entry) >= from)
    .flatMap((entry) => processRow(Number(entry)) ?? []);
}

/** Ids are given in rising order and then from the beginning: as long as that cannot have happened, older processes have lower ones. */
function firstPid({ leader, forks }: RunTrace): number {
  if (leader === undefined || forks === undefined) return 0;
  const most = Number(readFileSync('/proc/sys/kernel/pid_max', 'latin1'));
  const [, last = ''] = /(\d+)\n$/.exec(readFileSync('/proc/loadavg', 'latin1')) ?? [];
  return forkCount() - forks < most / 2 && Number(last) >= leader ? leader : 0;
}

/** Threads included, which take ids as well. */
function forkCount(): number {
  return Number(/^processes (\d+)$/m.exec(readFileSync('/proc/stat', 'latin1'))?.[1]);
}

function processRow(pid: number): ProcessRow | undefined {
  const stat = readProcFile(pid, 'stat');
  if (stat === undefined) return undefined;
  // The second field is the program's name in brackets and may itself have blanks and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return { pid, parent: Number(fields[1]), group: Number(fields[2]), startedAt: fields[19] ?? '' };
}

function listByPs(): readonly ProcessRow[] {
  const listing = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat='], { encoding: 'utf8' });
  if (listing.error !== undefined) throw listing.error;
  return listing.stdout.split('\n').flatMap((line): readonly ProcessRow[] => {
    const [pid, parent, group, state = 'Z'] = line.trim().split(/\s+/);
    if (state.startsWith('Z')) return [];
    return [{ pid: Number(pid), parent: Number(parent), group: Number(group), startedAt: '' }];
  });
}

function carriesMark(pid: number, mark: string): boolean {
  if (process.platform !== 'linux') return false;
  const variables = readProcFile(pid, 'environ')?.split('\0') ?? [];
  return variables.some((entry) => entry.startsWith(`${markVariable}=`) && entry.includes(mark));
}

/** Undefined: the process ended meanwhile or belongs to another user. */
function readProcFile(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

/** The trace of a process that was started a moment ago. */
export function traceOf(leader: number, mark: string): RunTrace {
  if (process.platform !== 'linux') return { mark, leader };
  const since = processRow(leader)?.startedAt;
  return { mark, leader, forks: forkCount(), ...(since === undefined ? {} : { since: Number(since) }) };
}

/** Identifies a process beyond the reuse of its id; undefined when it is gone. */
export function processIdentity(pid: number): string | undefined {
  if (process.platform === 'linux') {
    const row = processRow(pid);
    return row && name(row);
  }
  try {
    process.kill(pid, 0);
    return `${pid}@`;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? `${pid}@` : undefined;
  }
}
