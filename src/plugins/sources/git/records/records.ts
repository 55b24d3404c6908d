import type { ReviewCourse } from '../../../../core/signal/fact.ts';
import type { SourcePorts } from '../../../../core/signal/source.ts';
import type { Roll } from '../identity.ts';
import { appraiseReviews } from './appraise.ts';
import { type GerritRecords, gerritReviews } from './gerrit-reviews.ts';
import { type AgentNotes, agentNotes } from './git-ai.ts';
import type { RecordedRequest, ReviewRecord, ReviewRecords } from './record.ts';
import { reviewNotes } from './review-notes.ts';

/** What refs beside the branch say about its commits. */
export interface Records {
  /** Of all the commits that a change stands for. */
  reviewOf(commits: readonly string[]): ReviewRecord;
  /** Lines that name agents which had a part in a commit. */
  agentsOf(commit: string): readonly string[];
  readonly requests: readonly RecordedRequest[];
  /** Notes and updates that could not be read. */
  readonly skipped: number;
}

export const noRecords: Records = {
  reviewOf: () => ({ reviewers: [] }),
  agentsOf: () => [],
  requests: [],
  skipped: 0,
};

export interface RefsBeside {
  /** The refs that hold records, with the names of what they hold; they change without the branch. */
  readonly records: string;
  /** Other objects stand for some. */
  readonly isReplaced: boolean;
}

/** Undefined: git cannot tell. */
export async function refsBeside({ git }: SourcePorts): Promise<RefsBeside | undefined> {
  const refs = ['refs/changes', 'refs/notes/review', 'refs/notes/devtools', 'refs/notes/ai', 'refs/replace'];
  const listed = await git(['for-each-ref', '--format=%(objectname) %(refname)', ...refs]);
  if (!listed.ok || listed.value.exit !== 0) return undefined;
  // In the order of their names.
  const [records = '', replaced] = listed.value.stdout.split(/^\S+ refs\/replace(?:\/|$)/m, 2);
  return { records, isReplaced: replaced !== undefined };
}

/** All that was read of them. */
export interface RecordsRead {
  /** The refs, with the names of what they held. */
  readonly refs: string | undefined;
  readonly gerrit: GerritRecords;
  readonly notes: ReviewRecords;
  readonly appraise: ReviewRecords;
  readonly agents: AgentNotes;
}

/** `refs`: as `refsBeside` lists them. Of Gerrit's records that were read `before` only what came since is read. */
export async function readRecords(
  ports: SourcePorts,
  {
    roll,
    refs,
    before,
  }: { readonly roll: Roll; readonly refs: string | undefined; readonly before?: RecordsRead | undefined },
): Promise<RecordsRead> {
  const gerritRead = gerritReviews(ports, refs, before?.gerrit.updates());
  const [gerrit, notes, appraise, agents] = await Promise.all([
    gerritRead,
    gerritRead.then(({ byCommit }) => reviewNotes(ports, byCommit)),
    appraiseReviews(ports, roll),
    agentNotes(ports),
  ]);
  return { refs, gerrit, notes, appraise, agents };
}

/** Whether something else is on record than before of one of these commits. */
export function isSaidOtherwise(commits: Iterable<string>, before: RecordsRead, now: RecordsRead): boolean {
  const texts = new Map<unknown, string>();
  /** Many commits share a record. */
  const textOf = (record: unknown): string => {
    const text = texts.get(record) ?? JSON.stringify(record) ?? '';
    texts.set(record, text);
    return text;
  };
  const said = (read: RecordsRead, commit: string): string =>
    [...reviewsOf(read, commit), read.agents.byCommit.get(commit)].map(textOf).join('\n');
  return [...commits].some((commit) => said(before, commit) !== said(now, commit));
}

function reviewsOf({ gerrit, notes, appraise }: RecordsRead, commit: string): readonly (ReviewRecord | undefined)[] {
  return [gerrit.byCommit.get(commit) ?? notes.byCommit.get(commit), appraise.byCommit.get(commit)];
}

export function recordsIn(read: RecordsRead): Records {
  const { gerrit, notes, appraise, agents } = read;
  function reviewOf(commits: readonly string[]): ReviewRecord {
    const found = new Set(
      commits.flatMap((commit) => reviewsOf(read, commit)).filter((record) => record !== undefined),
    );
    const opened = [...found].flatMap(({ openedAt }) => (openedAt === undefined ? [] : [openedAt]));
    return {
      reviewers: [...found].flatMap(({ reviewers }) => reviewers),
      ...(opened.length === 0 ? {} : { openedAt: Math.min(...opened) }),
      ...courseOf([...found].flatMap(({ course }) => course ?? [])),
    };
  }
  return {
    reviewOf,
    agentsOf: (commit) => agents.byCommit.get(commit) ?? [],
    requests: [...gerrit.requests, ...appraise.requests],
    skipped: gerrit.skipped + notes.skipped + appraise.skipped + agents.skipped,
  };
}

/** Of several reviews in one change: all approved by their owners alone, any discussed, the most rounds. */
function courseOf(courses: readonly ReviewCourse[]): Pick<ReviewRecord, 'course'> {
  if (courses.length === 0) return {};
  const rounds = courses.flatMap((course) => course.rounds ?? []);
  return {
    course: {
      selfApproved: courses.every(({ selfApproved }) => selfApproved),
      discussed: courses.some(({ discussed }) => discussed),
      ...(rounds.length === 0 ? {} : { rounds: Math.max(...rounds) }),
    },
  };
}
