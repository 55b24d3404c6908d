import type { z } from 'zod';
import { pluginOf, type PluginForm } from '../plugin.ts';
import type { GitAnswer, Seen } from '../ports.ts';
import type { Coverage, Fact } from './fact.ts';

/** A running git command whose output is read as it comes; nobody reading it stops it at the end of a full pipe. */
export interface GitStream {
  /** Standard output; every character is one byte (latin1), so that no byte of a name is lost. */
  readonly chunks: AsyncIterable<string>;
  /** How it ended, once its output was read. Any exit code is an answer. */
  readonly ended: Promise<Seen<Omit<GitAnswer, 'stdout'>>>;
  /** Ends it early. */
  stop(): void;
}

/** What a source may ask of the world. Ports do not throw. */
export interface SourcePorts {
  /**
   * A read-only git command, hardened; it never fetches. Output in latin1, at most 64 MiB. `names`: the commit whose
   * .mailmap says who people are; default: the one that is checked out.
   */
  git(args: readonly string[], input?: string, names?: string): Promise<Seen<GitAnswer>>;
  gitStream(args: readonly string[], input?: string, names?: string): GitStream;
}

/** What is told while a source reads: how many of how many changes. */
export type Progress = (done: number, of: number) => void;

/** Of what was kept, one part by its name: made anew by each call, so that what nobody asks for costs nothing. */
export type Recalled = (part: string) => unknown;

/** What one reading leaves for the next one of the same history. Values are plain: numbers, texts, lists, Maps, Sets, typed arrays. */
export interface Memory {
  /** Nothing was kept, under any circumstances. */
  readonly isEmpty: boolean;
  /** What was kept under these very circumstances; undefined: nothing that can be used. */
  recall(circumstances: string): Recalled | undefined;
  /** What was recalled still holds: facts that were told before it was kept are taken as told, and told by nobody again. */
  resume(): void;
  /** Copies the parts of a state, and what became of the facts that were told up to now. */
  keep(circumstances: string, parts: Readonly<Record<string, unknown>>): void;
}

export interface Reading<Options> {
  readonly ports: SourcePorts;
  readonly options: Options;
  /**
   * Called before the first fact: when the newest change was merged. What would be too old by then need not be kept at all.
   * Answers since when facts are wanted: sizes and lines of older changes need not be read.
   */
  readonly begin?: (newest: number) => number;
  /** Called for each fact, in order of time of merging as far as the source has one. */
  readonly emit: (fact: Fact) => void;
  readonly progress?: Progress;
  readonly memory?: Memory | undefined;
}

export interface SourceForm<Options extends z.ZodObject = z.ZodObject> extends PluginForm<Options> {
  readonly run: (reading: Reading<z.infer<Options>>) => Promise<Seen<Coverage>>;
}
export type Source<Options extends z.ZodObject = z.ZodObject> = Readonly<SourceForm<Options> & { kind: 'source' }>;

/** The one way to make a source. */
export function source<Options extends z.ZodObject>(form: SourceForm<Options>): Source<Options> {
  return pluginOf('source')(form);
}
