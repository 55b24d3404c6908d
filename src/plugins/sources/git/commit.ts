import type { ChangeFact, CorrectionFact } from '../../../core/signal/fact.ts';

/** One file of one commit's difference from its (first) parent. */
export interface FileChange {
  readonly path: string;
  /** Where it was before a rename or copy. */
  readonly oldPath?: string;
  readonly status: 'added' | 'deleted' | 'modified' | 'renamed' | 'copied' | 'retyped';
  readonly what: 'file' | 'link' | 'submodule';
  /** Absent for binary files, and where only `raw` was read. */
  readonly added?: number;
  readonly deleted?: number;
  /** Only where `hunks` were asked for. */
  readonly hunks?: readonly Hunk[];
}

/** `@@ -oldStart,oldLines +newStart,newLines @@` without context. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
}

/** How much of a commit's difference was read; less where objects are missing. */
export type Depth = 'nothing' | 'raw' | 'counts' | 'hunks';

export interface ParsedCommit {
  readonly id: string;
  readonly parents: readonly string[];
  /** By .mailmap. */
  readonly author: Signature;
  readonly committer: Signature;
  /** Text; bytes that are not UTF-8 are replaced. */
  readonly message: string;
  /** Bytes of its message or names were replaced. */
  readonly garbled: boolean;
  readonly depth: Depth;
  readonly files: readonly FileChange[];
}

export interface Signature {
  readonly name: string;
  readonly email: string;
  /** Milliseconds since 1970, as written: not clamped. */
  readonly at: number;
}

/** A change with what only trackers need; `files` is its difference from its first parent. */
export interface ClosedChange {
  readonly fact: ChangeFact;
  readonly corrections: readonly CorrectionFact[];
  readonly depth: Depth;
  readonly files: readonly FileChange[];
}

/** One commit that is no merge, with who wrote it: the opaque ids that facts use. */
export interface AuthoredCommit {
  readonly id: string;
  readonly at: number;
  /** People; empty when only bots or agents wrote it. */
  readonly authors: readonly string[];
  readonly files: readonly FileChange[];
}

/** What needs order or memory. It hands facts to the `emit` it was made with. */
export interface Tracker {
  /** Every commit that is no merge, parents first; `files` without counts, renames followed. */
  commit?(commit: AuthoredCommit): void;
  /** Every change of the default branch, oldest first; the commits that it stands for came before. */
  change?(change: ClosedChange): void;
  /** Nothing comes after `asOf`. */
  end(asOf: number): void;
}
