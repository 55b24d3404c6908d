/**
 * What happens in a session, whatever tool wrote it down: one small stream for all formats.
 * A call and what came of it are apart, because tools answer late, in parts or in another order.
 */
export type Moment =
  | { readonly kind: 'session'; readonly id?: string; readonly model?: string; readonly agent?: string }
  /** It goes on from another record: what was run before is not all here. */
  | { readonly kind: 'resumed'; readonly summary: string }
  | { readonly kind: 'person'; readonly text: string }
  | Words
  | Call
  | Result
  /** What a worker reported to the agent that sent it. */
  | { readonly kind: 'report'; readonly text: string }
  /** Something was here that could not be read. */
  | { readonly kind: 'gap' };

export interface Words {
  readonly kind: 'words';
  readonly text: string;
  /** Names these words in every copy of the session. */
  readonly id?: string;
  /** Nobody was told: it is written down as a thought. */
  readonly thought?: boolean;
}

export interface Call {
  readonly kind: 'call';
  readonly id: string;
  /** For a shell. */
  readonly command?: string;
  /** Files that it writes when it succeeds. */
  readonly writes?: readonly string[];
  /** It only looks. */
  readonly looks?: boolean;
  /** At what the editor has found in files: linters and compilers run there by themselves. */
  readonly asksEditor?: boolean;
  /** By a worker of this session. */
  readonly worker?: boolean;
}

export interface Result {
  readonly kind: 'result';
  /** Of the call. */
  readonly id: string;
  readonly output: string;
  /** Absent where the record does not say. */
  readonly exit?: number;
  /** It was refused or never ran. */
  readonly refused?: boolean;
  /** It still runs; more will come. */
  readonly open?: boolean;
}
