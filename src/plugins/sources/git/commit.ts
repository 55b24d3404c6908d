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
  /** Name of its content; only of documents of decisions, whose versions are read later. */
  readonly blob?: string;
  /** Only where `hunks` were asked for. */
  readonly hunks?: readonly Hunk[];
}

/** `@@ -oldStart,oldLines +newStart,newLines @@` without context. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  /** Old and new lines are one text but for white space: indented, wrapped or ended in another way. */
  readonly isRespaced: boolean;
}

/** How much of a commit's difference was read. `nothing` and `raw`, its files without renames: where objects are missing. */
export type Depth = 'nothing' | 'raw' | 'renames' | 'counts' | 'hunks';

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
