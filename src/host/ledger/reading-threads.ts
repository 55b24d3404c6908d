import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ReadEntries, ReadEntry } from '../../core/ledger/check/read-entry.ts';

export interface ReadingQuestion {
  readonly id: number;
  readonly entries: readonly Uint8Array[];
  readonly before: Uint8Array | undefined;
}

export type ReadingAnswer = { readonly id: number } & (
  | { readonly read: readonly ReadEntry[] }
  | { readonly failure: string }
);

interface Waiting {
  resolve(read: readonly ReadEntry[]): void;
  reject(reason: Error): void;
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
}

/** So many are read as soon as a thread has started. */
const worthThreads = 1024;
const mostThreads = 8;
const idleMs = 1_000;

/** A checker spends its time on signatures, and no entry waits for another: on each core a thread reads entries. */
export function readingThreads(here: ReadEntries): ReadEntries {
  const count = Math.min(mostThreads, availableParallelism());
  let threads: Thread[] = [];
  let open = 0;
  let questions = 0;
  let idle: NodeJS.Timeout | undefined;

  function started(): Thread {
    const waiting = new Map<number, Waiting>();
    const worker = new Worker(new URL(threadFile, import.meta.url));
    const thread = { worker, waiting };
    const ended = (reason: Error): void => {
      threads = threads.filter((each) => each !== thread);
      for (const { reject } of waiting.values()) reject(reason);
      waiting.clear();
    };
    worker.on('message', (answer: ReadingAnswer) => {
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (waiting.size === 0) worker.unref();
      if ('read' in answer) asked?.resolve(answer.read);
      else asked?.reject(new Error(answer.failure));
    });
    worker.on('error', ended);
    worker.on('exit', (code) => ended(new Error(`a thread that reads entries ended with ${code}`)));
    return thread;
  }

  /** The one with the least to do. */
  function next(): Thread {
    if (threads.length < count) threads.push(started());
    const [first] = threads.toSorted((a, b) => a.waiting.size - b.waiting.size);
    if (first === undefined) throw new Error('there is no thread');
    return first;
  }

  function ask(entries: readonly Uint8Array[], before: Uint8Array | undefined): Promise<readonly ReadEntry[]> {
    const { worker, waiting } = next();
    const id = questions++;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      // A process waits for its threads while they have something to do.
      worker.ref();
      worker.postMessage({ id, entries, before: before?.slice() } satisfies ReadingQuestion, []);
    });
  }

  function endIdle(): void {
    for (const { worker } of threads) void worker.terminate();
  }

  return async (entries, before) => {
    open += entries.length;
    clearTimeout(idle);
    try {
      const isWorth = count > 1 && (threads.length > 0 || open > worthThreads);
      return await (isWorth ? ask : here)(entries, before);
    } finally {
      open -= entries.length;
      if (open === 0 && threads.length > 0) idle = setTimeout(endIdle, idleMs).unref();
    }
  };
}

/** Beside this file in the source; beside all others in the built program. */
const threadFile = import.meta.url.endsWith('.ts') ? 'reading-thread.ts' : 'reading-thread.cjs';
