import { z } from 'zod';
import { pluginOf, type PluginForm } from '../plugin.ts';
import type { Moment } from './moment.ts';

/**
 * How a file is cut into entries, which are read one by one: `lines` of JSON, `items` of one JSON array, a `whole`
 * JSON document, or `text`.
 */
export type Framing = 'lines' | 'items' | 'whole' | 'text';

/** The beginning of a file, for telling what it is. */
export interface Head {
  readonly text: string;
  /** Those of its first lines that are JSON objects. */
  readonly lines: readonly Entry[];
}

export type Entry = Readonly<Record<string, unknown>>;

/** Reads one session after the other; keeps what it must remember between entries. */
export interface Reader {
  /** `at`: number of the line, from 1; index of the item, from 0. Each moment may say its own. */
  take(entry: unknown, at: number): Iterable<Told>;
  /** Entries so far of which it does not know what they are. */
  readonly unknown?: number;
  /** What it held back. */
  end?(): Iterable<Told>;
}

/** A moment, and where in the file it is told where that is not where its entry begins. */
export type Told = Moment & { readonly at?: number };

export interface TranscriptForm extends Omit<PluginForm, 'options'> {
  /** Id of the agent whose sessions these are, as far as the format tells. */
  readonly agent: string;
  readonly framing: Framing;
  /** By content: names of files say nothing. */
  fits(head: Head): boolean;
  readonly run: () => Reader;
}
export type Transcript = Readonly<TranscriptForm & PluginForm & { kind: 'transcript' }>;

/** The one way to make a transcript format. */
export function transcript(form: TranscriptForm): Transcript {
  return pluginOf('transcript')({ options, ...form });
}

const options = z.strictObject({});

/** What a head is, or undefined where nobody knows. */
export function formatOf(head: Head, formats: readonly Transcript[]): Transcript | undefined {
  return formats.find((format) => format.fits(head));
}

export function headOf(text: string): Head {
  const objects = text.split('\n', mostHeadLines).map(objectOf);
  return { text, lines: objects.filter((line) => line !== undefined) };
}

const mostHeadLines = 200;

function objectOf(line: string): Entry | undefined {
  if (!line.trimStart().startsWith('{')) return undefined;
  try {
    return recordOf(JSON.parse(line) as unknown);
  } catch {
    return undefined;
  }
}

/** An object's fields; undefined for everything else. */
export function recordOf(value: unknown): Entry | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Entry) : undefined;
}

/** A field of a field; undefined where there is none. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let found: unknown = value;
  for (const name of path) found = recordOf(found)?.[name];
  return found;
}

export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The words of a message's content: a text, or blocks of which some are text. */
export function wordsOf(content: unknown): string {
  if (typeof content === 'string') return content;
  const blocks = Array.isArray(content) ? content : [];
  return blocks.flatMap((block) => (typeof block === 'string' ? block : (textAt(block, 'text') ?? []))).join('\n');
}
