import type { Actor } from '../actor.ts';
import type { Session } from '../claim/claim.ts';
import type { ReplitFacts } from './replit.ts';

/** A commit in which an agent took part, or which a platform published, with what it says and what it changes. */
export interface AgentCommit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly message: string;
  /** As its committer's clock has it; RFC 3339, UTC. */
  readonly committedAt: string;
  /** Every path that differs from the (first) parent, both of a renamed file. */
  readonly paths: readonly string[];
  /** Somebody else's repository is pointed to anew: what changed there is not told here. */
  readonly submodules: boolean;
  /** In whose name it says what it says: its author, unless that is a person and a platform tells that its agent made it. */
  readonly claimant: Actor;
  /** Who else had a part: co-authors, and agents that assisted. */
  readonly others: readonly Actor[];
  readonly session?: Session;
  readonly replit?: ReplitFacts;
}
