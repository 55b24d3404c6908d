import type { ReviewCourse, ReviewFact } from '../../../../core/signal/fact.ts';

/** Somebody who looked, under the name that the record has for them. */
export interface Reviewer {
  readonly name: string;
  readonly email: string;
  readonly voice: ReviewFact['voice'];
  readonly from: ReviewFact['from'];
  /** Milliseconds since 1970. */
  readonly at?: number;
  /** Of an approval that was renewed. */
  readonly firstAt?: number;
  readonly withdrawn?: true;
}

/** What is on record about the review of one commit; its owner's own voice is left out. */
export interface ReviewRecord {
  readonly reviewers: readonly Reviewer[];
  readonly openedAt?: number;
  readonly course?: ReviewCourse;
}

/** Work that was put up for review, whatever became of it. Times are milliseconds since 1970. */
export interface RecordedRequest {
  /** A full name, such as `refs/heads/main`, of where it should go. */
  readonly branch: string;
  readonly openedAt: number;
  /** First word of a human other than its owner: a vote, a comment, a merge. */
  readonly answeredAt?: number;
  /** Merged or given up. */
  readonly closedAt?: number;
}

/** Records by the commit they are about, and how many could not be read. */
export interface ReviewRecords {
  readonly byCommit: ReadonlyMap<string, ReviewRecord>;
  readonly requests: readonly RecordedRequest[];
  readonly skipped: number;
}
