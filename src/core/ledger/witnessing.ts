import type { Hash } from './hash.ts';
import type { Cosignature, CosignatureRefusal } from './witness-protocol.ts';
import type { VerifierKey } from './vkey.ts';

/** A witness as the configuration names it. */
export interface Witness {
  readonly key: VerifierKey;
  /** Submission prefix of tlog-witness. */
  readonly url: string;
}

/** A published tree that is to be cosigned. */
export interface Witnessing {
  /** The log's own key. */
  readonly log: VerifierKey;
  /** A signed note. */
  readonly checkpoint: string;
  readonly size: number;
  /** What the witness is thought to have cosigned last, 0 when that is not known. */
  readonly oldSize: number;
  /** Proof of consistency from a smaller tree, not the empty one. */
  prove(from: number): Promise<readonly Hash[]>;
}

/** How it went with one witness. Only `cosigned` counts; nothing else says that the log is wrong. */
export type WitnessOutcome =
  | ({ readonly kind: 'cosigned' } & Cosignature)
  /**
   * The witness says that it cosigned a larger tree: this is a copy that fell back. `checkpoint` proves it: that tree,
   * signed by this log's own key; without one it is the word of the witness.
   */
  | { readonly kind: 'ahead'; readonly size: number; readonly checkpoint?: string }
  /** 404: it does not know this log; 422: it cosigned another history; 409: others grow the log at the same time. */
  | { readonly kind: 'refused'; readonly status: number }
  /** The answer has no valid cosignature by its key. */
  | { readonly kind: 'unproved'; readonly why: CosignatureRefusal | 'malformed-answer' }
  /** Nothing could be heard of it in time. */
  | { readonly kind: 'unheard'; readonly message: string };

/** Never throws for what a witness does. */
export type AskWitness = (witness: Witness, asked: Witnessing) => Promise<WitnessOutcome>;

/** A witness's address from its submission prefix. */
export function witnessAddress({ url }: Pick<Witness, 'url'>, path: string): string {
  return `${url.replace(/\/+$/, '')}/${path}`;
}
