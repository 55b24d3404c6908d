import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../core/errors.ts';
import { couldNotLook, type CouldNotLook, type Seen, seen } from '../../core/ports.ts';
import { thisMachine } from './owner.ts';
import { endProcesses, markVariable, processIdentity } from './process-tree.ts';

export interface TurnRequest {
  /** What will run, shown to those who wait. */
  readonly what: string;
  /** Mark of the run: should its factum be killed, the next in line ends what is left of it. */
  readonly mark: string;
  readonly timeoutMs: number;
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
  /** Called when it has to wait, and whenever another one gets the turn meanwhile. */
  readonly onWait?: (message: string) => void;
}

export interface Turn {
  /** True: time passed in line, and with it perhaps the state of things. */
  readonly waited: boolean;
  release(): void;
}

/** One run at a time per state folder, in order of arrival, across processes. */
export interface RunLock {
  take(request: TurnRequest): Promise<Seen<Turn>>;
  close(): void;
}

interface Ticket {
  readonly id: number;
  readonly machine: string;
  readonly process: string;
  readonly what: string;
  readonly mark: string;
  readonly takenAt: number;
  readonly seenAt: number;
}

const pollMs = 20;
const renewMs = 1_000;
/** A waiter on another machine that has not been seen for so long has lost its place. */
const goneMs = 10_000;

/**
 * Two small databases: in `run-queue.sqlite` every waiter has a ticket; a write lock on `run-lock.sqlite` is the turn.
 * The system releases that lock when its process is killed, so order may suffer from a crash, exclusion never does.
 */
export function openRunLock(stateDir: string): Seen<RunLock> {
  try {
    makeFolder(stateDir);
    const queue = openQueue(join(stateDir, 'run-queue.sqlite'));
    const lock = new DatabaseSync(join(stateDir, 'run-lock.sqlite'), { timeout: 0 });
    return seen({
      async take(request) {
        try {
          return await waitForTurn(queue, lock, request);
        } catch (error) {
          return couldNotLook('broken', `the run lock in ${stateDir} does not work: ${messageOf(error)}`);
        }
      },
      close() {
        queue.close();
        lock.close();
      },
    });
  } catch (error) {
    return couldNotLook('broken', `the run lock in ${stateDir} cannot be opened: ${messageOf(error)}`);
  }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Nothing in it outlives a crash of the machine, so nothing is synced; the write-ahead log lets readers never wait. */
function openQueue(path: string): DatabaseSync {
  const queue = new DatabaseSync(path, { timeout: 5_000 });
  queue.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;
    CREATE TABLE IF NOT EXISTS ticket (id INTEGER PRIMARY KEY AUTOINCREMENT, machine TEXT NOT NULL,
      process TEXT NOT NULL, what TEXT NOT NULL, mark TEXT NOT NULL, takenAt INTEGER NOT NULL, seenAt INTEGER NOT NULL)`);
  return queue;
}

async function waitForTurn(queue: DatabaseSync, lock: DatabaseSync, request: TurnRequest): Promise<Seen<Turn>> {
  const id = takeTicket(queue, request);
  const deadline = performance.now() + request.timeoutMs;
  let renewed = performance.now();
  let told: number | undefined;
  let waited = false;
  for (;;) {
    const ahead = ticketsBefore(queue, id);
    const next = ahead.find(isAlive);
    if (next === undefined && begin(lock)) {
      await endLeftovers(queue, ahead);
      return seen({ waited, release: () => release(queue, lock, id) });
    }
    const message = waitingFor(next);
    const obstacle = whyNotWait(next, request, deadline);
    if (obstacle !== undefined) {
      queue.prepare('DELETE FROM ticket WHERE id = ?').run(id);
      return obstacle;
    }
    if (told !== next?.id) request.onWait?.(message);
    told = next?.id;
    if (performance.now() - renewed > renewMs) {
      renewed = performance.now();
      queue.prepare('UPDATE ticket SET seenAt = ? WHERE id = ?').run(Date.now(), id);
    }
    waited = true;
    await sleep(pollMs);
  }
}

function whyNotWait(next: Ticket | undefined, request: TurnRequest, deadline: number): CouldNotLook | undefined {
  if (request.signal?.aborted) return couldNotLook('broken', 'factum is ending');
  if (next !== undefined && process.env[markVariable]?.includes(next.mark)) {
    return couldNotLook('not-allowed', `"${next.what}" runs factum in its own repository: it would wait for itself`);
  }
  if (performance.now() <= deadline) return undefined;
  return couldNotLook('time-out', `${waitingFor(next)}; waited ${request.timeoutMs / 1000} s for it`);
}

function takeTicket(queue: DatabaseSync, { what, mark }: TurnRequest): number {
  const now = Date.now();
  const { lastInsertRowid } = queue
    .prepare('INSERT INTO ticket (machine, process, what, mark, takenAt, seenAt) VALUES (?, ?, ?, ?, ?, ?)')
    .run(thisMachine(), processIdentity(process.pid) ?? '', what, mark, now, now);
  return Number(lastInsertRowid);
}

function ticketsBefore(queue: DatabaseSync, id: number): readonly Ticket[] {
  return queue.prepare('SELECT * FROM ticket WHERE id < ? ORDER BY id').all(id) as unknown as readonly Ticket[];
}

/** On this machine the process itself tells; elsewhere the ticket, which its holder renews while it waits. */
function isAlive(ticket: Ticket): boolean {
  if (ticket.machine !== thisMachine()) return Date.now() - ticket.seenAt < goneMs;
  return processIdentity(Number.parseInt(ticket.process, 10)) === ticket.process;
}

function begin(lock: DatabaseSync): boolean {
  try {
    lock.exec('BEGIN IMMEDIATE');
    return true;
  } catch (error) {
    // SQLITE_BUSY, and "within a transaction": another run of this very process has the turn.
    if ((error as { errcode?: number }).errcode === 5 || lock.isTransaction) return false;
    throw error;
  }
}

/** A factum that was killed could not end its command. */
async function endLeftovers(queue: DatabaseSync, dead: readonly Ticket[]): Promise<void> {
  for (const { id, mark, machine } of dead) {
    if (machine === thisMachine()) await endProcesses({ mark });
    queue.prepare('DELETE FROM ticket WHERE id = ?').run(id);
  }
}

function release(queue: DatabaseSync, lock: DatabaseSync, id: number): void {
  queue.prepare('DELETE FROM ticket WHERE id = ?').run(id);
  lock.exec('ROLLBACK');
}

function waitingFor(ticket: Ticket | undefined): string {
  if (ticket === undefined) return 'another factum run holds the run lock of this repository';
  const seconds = Math.round((Date.now() - ticket.takenAt) / 1000);
  const pid = Number.parseInt(ticket.process, 10);
  return `another factum run in this repository is first (process ${pid}, "${ticket.what}", since ${seconds} s)`;
}
