import type { z } from 'zod';
import { FactumError } from '../../core/errors.ts';
import type { Head, LogIdentity } from '../../core/ledger/head.ts';

/** A file of what the log shows to others; its path as in C2SP tlog-tiles. */
export interface PublicFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Where a log keeps what it signed and what it shows. Every driver keeps the contract in `testing/publishing-contract.ts`. */
export interface LogPlace {
  /** Undefined before the log was first published. */
  identity(): Promise<LogIdentity | undefined>;
  /** Keeps this identity, unless there is one already; answers the one that is kept. */
  identify(identity: LogIdentity): Promise<LogIdentity>;
  /** Undefined before the first checkpoint. Throws LOG_DAMAGED when it cannot be told what was signed last. */
  head(): Promise<Head | undefined>;
  /**
   * Makes what `next` answers the head, durably, unless the head is no longer the expected one: then undefined.
   * Nobody else moves the head meanwhile.
   */
  moveHead(expected: Head | undefined, next: () => Promise<Head>): Promise<Head | undefined>;
  /** Undefined when it is not there. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Answers when all are durable. Throws LOG_DAMAGED for a full tile that is there with other bytes. */
  write(files: readonly PublicFile[]): Promise<void>;
  /** Shows what `shown` makes of the head as it is now, once that head is durable: never an older one than is shown. */
  show(shown: (head: Head) => readonly PublicFile[]): Promise<void>;
  /** Removes narrower forms of tiles that are full by now. */
  tidy(fullTiles: readonly string[]): Promise<void>;
}

/** Entries that are read and hashed together: a multiple of what a tile holds, so that only the last piece ends within one. */
export const entriesAtOnce = 4096;

export function isSameHead(a: Head | undefined, b: Head | undefined): boolean {
  return a?.checkpoint === b?.checkpoint;
}

export function isSameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

export function isPartial(path: string): boolean {
  return path.includes('.p/');
}

/** What a log keeps about itself; throws LOG_DAMAGED when the text at `place` is something else. */
export function parsedAs<T>(shape: z.ZodType<T>, text: string | undefined, place: string): T | undefined {
  if (text === undefined) return undefined;
  const value = shape.safeParse(jsonIn(text));
  if (value.success) return value.data;
  throw new FactumError('LOG_DAMAGED', `${place}: expected what this log signed last, got something else`);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}
