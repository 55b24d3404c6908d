import type { ReviewCourse } from '../../../../core/signal/fact.ts';
import type { SourcePorts } from '../../../../core/signal/source.ts';
import { personIn } from '../trailers.ts';
import { type GerritChange, gerritChanges, type GerritRead } from './gerrit.ts';
import { strictTextOf } from '../text.ts';
import type { RecordedRequest, Reviewer, ReviewRecord, ReviewRecords } from './record.ts';

interface Person {
  readonly name: string;
  readonly email: string;
}

export interface GerritRecords extends ReviewRecords {
  /** What another reading can go on from; large, and seldom needed. */
  readonly updates: () => GerritRead | undefined;
  /** Uploads whose authors git did not tell. Who the accounts are depends on whether it will: some are fetched later. */
  readonly unnamed: readonly string[];
}

/** Votes and comments of Gerrit's own records, under every commit that was a patch set. `refs`: as `refsBeside` lists them. */
export async function gerritReviews(
  ports: SourcePorts,
  refs: string | undefined,
  before?: GerritRead,
): Promise<GerritRecords> {
  const tips = await lastUpdates(ports, refs);
  const byCommit = new Map<string, ReviewRecord>();
  const none = { byCommit, requests: [], unnamed: [], updates: () => undefined };
  if (tips?.length === 0) return { ...none, skipped: 0 };
  const read = tips === undefined ? undefined : await gerritChanges(ports, tips, before);
  // Half of the reviews would be told as if they were all.
  if (read?.ok !== true) return { ...none, skipped: 1 };
  const { machines, skipped } = read.value;
  const changes = [...read.value.changes.values()].filter(({ uploads }) => uploads.length > 0);
  const { people, unread, unnamed } = await peopleOf(ports, changes);
  const humans = workersIn(changes);
  const isHuman = (account: string): boolean => humans.has(account) && !machines.has(account);
  for (const change of changes) {
    const { openedAt } = change;
    const reviewers = reviewersOf(change, machines, people);
    const record = { reviewers, ...(openedAt === undefined ? {} : { openedAt }), course: courseOf(change, isHuman) };
    for (const [commit] of change.uploads) if (change.isMerged || !byCommit.has(commit)) byCommit.set(commit, record);
  }
  return {
    byCommit,
    requests: changes.flatMap((change) => requestOf(change, isHuman) ?? []),
    skipped: skipped + unread,
    updates: () => read.value,
    unnamed,
  };
}

/** Of all changes. There may be more refs than git may list, but not of these alone. Undefined: git cannot tell. */
async function lastUpdates({ git }: SourcePorts, refs: string | undefined): Promise<readonly string[] | undefined> {
  if (refs !== undefined)
    return [...refs.matchAll(/^(\S+) refs\/changes\/[^/\n]+\/[^/\n]+\/meta$/gm)].map(([, id = '']) => id);
  const listed = await git(['for-each-ref', '--format=%(objectname)', 'refs/changes/*/*/meta']);
  return listed.ok && listed.value.exit === 0 ? listed.value.stdout.split('\n').filter(Boolean) : undefined;
}

/** Continuous integration speaks in words, too: who ever put something up, judged code or commented on it is a human. */
function workersIn(changes: readonly GerritChange[]): ReadonlySet<string> {
  const workers = new Set<string>();
  for (const { owner, uploads, votes, commented } of changes) {
    workers.add(owner);
    for (const [, account] of uploads) workers.add(account);
    for (const [account, { value }] of votes) if (value !== 0) workers.add(account);
    for (const account of commented.keys()) workers.add(account);
  }
  return workers;
}

/** Below +2 somebody else has to approve. */
const approval = 2;

function courseOf({ owner, votes, worded, turns }: GerritChange, isHuman: (account: string) => boolean): ReviewCourse {
  const isOther = (account: string): boolean => account !== owner && isHuman(account);
  const others = [...votes].filter(([account]) => isOther(account)).map(([, vote]) => vote);
  const own = votes.get(owner)?.value ?? 0;
  return {
    selfApproved: own >= approval && !others.some(({ value }) => value > 0),
    discussed: [...worded].some(isOther) || others.some(({ objection }) => objection !== undefined),
    rounds: 1 + turns.filter((spoke) => spoke.some(isOther)).length,
  };
}

function requestOf(
  { owner, openedAt, branch, spoke, closedAt }: GerritChange,
  isHuman: (account: string) => boolean,
): RecordedRequest | undefined {
  if (openedAt === undefined) return undefined;
  const others = [...spoke].filter(([account]) => account !== owner && isHuman(account));
  const times = others.map(([, at]) => Math.max(at, openedAt));
  return {
    branch,
    openedAt,
    ...(times.length === 0 ? {} : { answeredAt: Math.min(...times) }),
    ...(closedAt === undefined ? {} : { closedAt }),
  };
}

/** Its owner and whoever uploaded what was merged are no reviewers, whatever they voted. */
function reviewersOf(
  { owner, uploads, votes, commented }: GerritChange,
  machines: ReadonlySet<string>,
  people: ReadonlyMap<string, Person>,
): readonly Reviewer[] {
  const own = new Set([owner, uploads.at(-1)?.[1]]);
  const isOther = (account: string): boolean => !own.has(account) && !machines.has(account);
  const as = (account: string): Person => people.get(account) ?? personIn(account) ?? { name: account, email: '' };
  const voted = [...votes].filter(([account]) => isOther(account));
  const voices = voted.flatMap(([account, { value, objection, at, approvedAt }]): readonly Reviewer[] => {
    const said = { ...as(account), from: 'gerrit' } as const;
    const renewed = approvedAt === at || approvedAt === undefined ? {} : { firstAt: approvedAt };
    const withdrawn = objection?.isWithdrawn === true ? ({ withdrawn: true } as const) : {};
    return [
      ...(objection === undefined
        ? []
        : [{ ...said, ...timed(objection.at), voice: 'objects', ...withdrawn } as const]),
      ...(value > 0 ? [{ ...said, ...timed(at), ...renewed, voice: 'approves' } as const] : []),
    ];
  });
  const remarks = [...commented].filter(([account]) => isOther(account));
  return [
    ...voices,
    ...remarks.map(([account, at]) => ({ ...as(account), voice: 'comments', from: 'gerrit', at }) as const),
  ];
}

function timed(at: number | undefined): { readonly at?: number } {
  return at === undefined ? {} : { at };
}

/**
 * Gerrit names accounts by number. Somebody who uploads mostly commits of one author is that author: at least three of
 * them and more than half; who never uploaded keeps the account's name.
 */
async function peopleOf(
  ports: SourcePorts,
  changes: readonly GerritChange[],
): Promise<{
  readonly people: ReadonlyMap<string, Person>;
  readonly unread: number;
  readonly unnamed: readonly string[];
}> {
  const uploads = new Map(changes.flatMap((change) => change.uploads.slice(-1)));
  const { authors, unread } = await authorsOf(ports, [...uploads.keys()]);
  const byAccount = new Map<string, Map<string, number>>();
  for (const [commit, account] of uploads) {
    const author = authors.get(commit);
    if (author === undefined) continue;
    const counts = byAccount.get(account) ?? new Map<string, number>();
    byAccount.set(account, counts.set(author, (counts.get(author) ?? 0) + 1));
  }
  const people = new Map<string, Person>();
  for (const [account, counts] of byAccount) {
    const [author = '', most = 0] = [...counts].toSorted(([, a], [, b]) => b - a)[0] ?? [];
    const all = [...counts.values()].reduce((sum, n) => sum + n, 0);
    const person = personIn(author);
    if (person !== undefined && most >= 3 && most > all / 2) people.set(account, person);
  }
  return { people, unread, unnamed: [...uploads.keys()].filter((commit) => !authors.has(commit)) };
}

const atOnce = 5000;

/** Of what is there and is a commit. `unread`: times that git did not answer, of which nothing is told. */
export async function authorsOf(
  { git }: Pick<SourcePorts, 'git'>,
  commits: readonly string[],
): Promise<{ readonly authors: ReadonlyMap<string, string>; readonly unread: number }> {
  const authors = new Map<string, string>();
  let unread = 0;
  const parts = Array.from({ length: Math.ceil(commits.length / atOnce) }, (_, part) => part * atOnce);

  async function ask(at: number): Promise<void> {
    const asked = ['log', '-z', '--no-walk=unsorted', '--ignore-missing', '--no-patch', '--format=%H %aN <%aE>'];
    const answer = await git([...asked, '--stdin'], commits.slice(at, at + atOnce).join('\n'));
    if (!answer.ok || answer.value.exit !== 0) {
      unread++;
      return;
    }
    for (const record of answer.value.stdout.split('\0').slice(0, -1)) {
      const text = strictTextOf(record);
      if (text !== undefined) authors.set(text.slice(0, text.indexOf(' ')), text.slice(text.indexOf(' ') + 1));
    }
  }
  // Two at a time.
  for (let part = 0; part < parts.length; part += 2) await Promise.all(parts.slice(part, part + 2).map(ask));
  return { authors, unread };
}
