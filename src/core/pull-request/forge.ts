import type { Seen } from '../ports.ts';
import type { PullRequestResult } from './result.ts';

/** A pull request as the forge itself tells of it. */
export interface PullRequestNow {
  readonly isOpen: boolean;
  readonly head: { readonly sha: string; readonly branch: string; readonly repository?: string };
}

export interface CommitStatus {
  readonly state: 'success' | 'failure' | 'error';
  /** At most 140 characters. */
  readonly description: string;
  /** Where more is told. */
  readonly url: string;
}

export interface Comment {
  readonly text: string;
  /** How it begins, by which it is found again. */
  readonly mark: string;
  /** Under which name the token writes; a comment of somebody else is never touched. */
  readonly author: string;
  /** False: only one that is there already is written over. */
  readonly isNews: boolean;
}

/** What Factum asks of a forge and does there, for one repository. Throws FORGE_FAILED. */
export interface Forge {
  /** The one file of the newest archive that a run left under this name; whoever wrote it is not trusted. */
  artifact(run: number, wanted: { readonly name: string; readonly mostBytes: number }): Promise<Seen<Uint8Array>>;
  /** Undefined: there is none. */
  pullRequest(number: number): Promise<PullRequestNow | undefined>;
  setStatus(commit: string, status: CommitStatus): Promise<void>;
  /** Whether one was written. */
  comment(pullRequest: number, comment: Comment): Promise<boolean>;
}

/** What it takes to tell a forge of a result. */
export interface TellingPullRequests {
  /** Of GitHub's repository `owner/name`, with the token and the address of the environment. Throws USAGE. */
  forge(repository: string): Promise<Forge>;
  /** What a comment says, with the address of the run that is told of, and how it begins. */
  comment(result: PullRequestResult, run: string): Promise<Pick<Comment, 'mark' | 'text'>>;
}
