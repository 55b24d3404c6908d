import type { PartKind } from '../part.ts';

/** One way to say that something was done or is so, over the words from the start of a clause (see `Token`). */
export interface EventPattern {
  readonly kind: PartKind;
  readonly words: RegExp;
  /** Classes or words of the tokens that name what it is about, looked for up to the end of the clause. */
  readonly names: RegExp;
  /** The part is about these names or it is none. */
  readonly named?: true;
  /** Bare verb without a subject: who did it must be clear from the words before. */
  readonly active?: true;
  /** The first group is the name itself: what works, what was measured. */
  readonly subject?: true;
}

export const lead =
  "^(?: (?:and|so|also|then|now|finally|successfully|i|we|i've|we've|have|just|already|both|YES|done|:))*";
export const copula = '(?: (?:is|are|has been|have been|now|all|already|also|both|successfully))*';
export const end =
  '(?= (?:$|[.,;:!()|—–-] |and |but |to |at |on |in |as |with |via |successfully |locally |too |now ))';
export const nothing = /^$/;
/** Where to, and which commit: it need not be the newest. */
export const pushedThing = /^(?:BRANCH|SYMBOL|SHA|main|master|develop)$/;
export const url = /^(?:URL|ENDPOINT)$/;
