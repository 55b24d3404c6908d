import type { Framing } from './transcript.ts';

/** A stretch of a file with its place; without text where it was too long to be read. */
export interface Piece {
  readonly at: number;
  readonly text: string | undefined;
}

/** A file that may hold sessions. */
export interface TranscriptFile {
  /** As it is shown. */
  readonly name: string;
  /** Its beginning; undefined where it cannot be read. */
  head(): Promise<string | undefined>;
  /** Throws where it cannot be read to its end. */
  pieces(framing: Framing): AsyncIterable<readonly Piece[]>;
}

/** What was asked for and holds nothing to read. */
export interface Unread {
  readonly name: string;
  readonly why: string;
}

/** Finds the files under the paths that a person names. */
export interface TranscriptFiles {
  find(paths: readonly string[]): AsyncIterable<TranscriptFile | Unread>;
}
