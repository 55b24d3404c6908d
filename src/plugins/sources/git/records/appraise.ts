import { z } from 'zod';
import type { ReviewCourse } from '../../../../core/signal/fact.ts';
import type { SourcePorts } from '../../../../core/signal/source.ts';
import type { Roll } from '../identity.ts';
import { type PersonOf, personByLogin } from './logins.ts';
import { jsonOf, notesOf } from './notes.ts';
import type { RecordedRequest, Reviewer, ReviewRecord, ReviewRecords } from './record.ts';

const seconds = z.string().regex(/^\d{1,11}$/);
/** git-appraise's schemas of a request and of a comment, as far as they are needed; one JSON object a line. */
const Request = z.object({
  timestamp: seconds.optional(),
  requester: z.string(),
  targetRef: z.string().optional(),
  /** What the tool made of the commit when it rebased it. */
  alias: z.string().optional(),
});
const Comment = z.object({
  timestamp: seconds,
  author: z.string(),
  resolved: z.boolean().optional(),
  description: z.string().optional(),
  parent: z.string().optional(),
  location: z.object({ path: z.string().optional() }).optional(),
});

type Comment = z.infer<typeof Comment>;

/** Reviews that git-appraise keeps, under the commit that each began with, and what that was rebased to. */
export async function appraiseReviews(ports: SourcePorts, roll: Roll): Promise<ReviewRecords> {
  const requests = await notesOf(ports, 'refs/notes/devtools/reviews');
  const comments = await notesOf(ports, 'refs/notes/devtools/discuss');
  const byCommit = new Map<string, ReviewRecord>();
  if (requests.notes.length === 0) return { byCommit, requests: [], skipped: requests.skipped + comments.skipped };
  let broken = 0;
  function linesOf<T>(schema: z.ZodType<T>, text: string | undefined): readonly T[] {
    return (text ?? '').split('\n').flatMap((line) => {
      const read = line.trim() === '' ? undefined : schema.safeParse(jsonOf(line));
      if (read?.success === false) broken++;
      return read?.success === true ? [read.data] : [];
    });
  }
  const said = new Map(comments.notes.map(({ commit, text }) => [commit, linesOf(Comment, text)]));
  const speakers = [...said.values()].flatMap((words) => words.map(({ author }) => author));
  const personOf = personByLogin(roll, speakers);
  const all: RecordedRequest[] = [];
  for (const { commit, text } of requests.notes) {
    const asked = linesOf(Request, text);
    if (asked.length === 0) continue;
    const own = new Set(asked.map(({ requester }) => loginOf(requester)));
    const words = said.get(commit) ?? [];
    const isOwn = ({ author }: Comment): boolean => own.has(loginOf(author));
    const looked = words.filter((comment) => !isOwn(comment));
    // The oldest requests have no time of their own.
    const openedAt = firstOf(asked.map(({ timestamp }) => timestamp));
    const record = {
      reviewers: looked.flatMap((comment) => reviewerIn(comment, personOf) ?? []),
      ...(openedAt === undefined ? {} : { openedAt }),
      course: courseOf(words.filter(isOwn), looked),
    };
    byCommit.set(commit, record);
    for (const { alias } of asked) if (alias !== undefined && !byCommit.has(alias)) byCommit.set(alias, record);
    const branch = asked.at(-1)?.targetRef;
    const answeredAt = firstOf(looked.map(({ timestamp }) => timestamp));
    if (branch !== undefined && openedAt !== undefined)
      all.push({ branch, openedAt, ...(answeredAt === undefined ? {} : { answeredAt }) });
  }
  return { byCommit, requests: all, skipped: requests.skipped + comments.skipped + broken };
}

/** `resolved` on the whole review accepts or rejects it; on a thread it only says whether that is settled. */
function verdictOf({ resolved, parent, location }: Comment): 'approves' | 'objects' | undefined {
  if (resolved === undefined || parent !== undefined || location?.path !== undefined) return undefined;
  return resolved ? 'approves' : 'objects';
}

/** A request that is put up again keeps no trace of how often. */
function courseOf(own: readonly Comment[], others: readonly Comment[]): ReviewCourse {
  const approves = (comment: Comment): boolean => verdictOf(comment) === 'approves';
  return {
    selfApproved: own.some(approves) && !others.some(approves),
    discussed: others.some(
      (comment) =>
        (comment.description ?? '').trim() !== '' ||
        comment.location?.path !== undefined ||
        verdictOf(comment) === 'objects',
    ),
  };
}

function reviewerIn(comment: Comment, personOf: PersonOf): Reviewer | undefined {
  const { author, location, timestamp } = comment;
  const verdict = verdictOf(comment);
  if (verdict === undefined && location?.path === undefined) return undefined;
  const voice = verdict ?? 'comments';
  return { ...personOf(author), voice, from: 'git-appraise', at: Number(timestamp) * 1000 };
}

function firstOf(timestamps: readonly (string | undefined)[]): number | undefined {
  const times = timestamps.flatMap((each) => (each === undefined ? [] : [Number(each) * 1000]));
  return times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b));
}

/** One person is `ada` in one line and `ada@example.org` in the next. */
function loginOf(author: string): string {
  return author.replace(/@.*$/, '').toLowerCase();
}
