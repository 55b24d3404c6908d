import type { Expected, PartKind, Scope } from '../part.ts';

/** Token indexes: the first of the coordinated subjects, the candidate's own modifiers up to its noun, and one past what they share. */
interface Lead {
  readonly first: number;
  readonly own: number;
  readonly noun: number;
  readonly to: number;
}

/** What a pattern found in a sentence, before anybody asked whether it was meant as a claim. */
export interface Candidate {
  readonly kind: PartKind;
  /** Token indexes within the sentence, end exclusive. */
  readonly from: number;
  readonly to: number;
  /** Whose words decide whether it is meant, besides those before it. */
  readonly lead?: Lead;
  readonly scope: Scope;
  readonly names: readonly string[];
  /** Those of the names that are said to be there no longer. */
  readonly gone?: readonly string[];
  readonly expected?: Expected;
  /** The command or program that is named, of checks other than tests. */
  readonly tool?: string;
  /** It was done in another place than this repository, or was undone there: nothing here can tell. */
  readonly elsewhere?: true;
  /** It reports failures of its own accord; an unrestricted "all" beside it is not meant. */
  readonly admits?: boolean;
}
