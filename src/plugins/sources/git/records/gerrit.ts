import { type Seen, seen } from '../../../../core/ports.ts';
import type { SourcePorts } from '../../../../core/signal/source.ts';
import { strictTextOf } from '../text.ts';
import { eachRecord } from '../each-record.ts';

/** A change as Gerrit keeps it in `refs/changes/../<number>/meta`. People are accounts: `Gerrit User 7 <7@server>`. */
export interface GerritChange {
  readonly owner: string;
  /** When it was put up; work in progress is not. */
  openedAt?: number;
  /** Every patch set's commit with who uploaded its content, oldest first. */
  readonly uploads: (readonly [commit: string, account: string])[];
  readonly votes: Map<string, Vote>;
  /** Who commented on lines before the merge. */
  readonly commented: Map<string, number>;
  /** Who said anything beyond a vote. */
  readonly worded: Set<string>;
  /** Who spoke since it was put up last; and before, each time that it was put up anew. */
  readonly spokeSince: Set<string>;
  readonly turns: (readonly string[])[];
  /** When each account first said anything, in words or by a vote, or merged it. */
  readonly spoke: Map<string, number>;
  /** Where it should go. */
  branch: string;
  closedAt?: number;
  isMerged: boolean;
}

export interface Vote {
  /** The last one, e.g. -2 to +2. */
  readonly value: number;
  readonly at?: number;
  /** When it was positive first. */
  readonly approvedAt?: number;
  /** It was negative once. */
  readonly objection?: Objection;
}

interface Objection {
  /** When it was first made. */
  readonly at?: number;
  /** The patch set that it was last made on, in words; votes of before NoteDb have no words, and no order to trust. */
  readonly on?: string | undefined;
  /** Nothing was changed, and no other account said anything, since. */
  readonly isFresh: boolean;
  readonly isWithdrawn: boolean;
}

export interface GerritRead {
  /** By the name of their last update. */
  readonly changes: ReadonlyMap<string, GerritChange>;
  /** Accounts through which machines speak. */
  readonly machines: ReadonlySet<string>;
  readonly skipped: number;
}

const nothing: GerritRead = { changes: new Map(), machines: new Set(), skipped: 0 };
const order = ['-z', '--topo-order', '--reverse', '--no-patch'];
const format = '--format=%H%n%P%n%an <%ae>%n%at%n%B';
/** Nobody writes more into one update. */
const largest = 256 * 1024;

/**
 * All changes, in the order of their `tips`, read in one pass: each update is a commit on top of the one before. Of those
 * that were read `before` only what came since; all, where one of them is gone or was written anew. Of an update that
 * cannot be read nothing counts but its place.
 */
export async function gerritChanges(
  ports: SourcePorts,
  tips: readonly string[],
  before = nothing,
): Promise<Seen<GerritRead>> {
  const now = new Set(tips);
  const moved = [...before.changes].filter(([tip]) => !now.has(tip));
  const open = new Map([...before.changes, ...moved.map(([tip, change]) => [tip, copyOf(change)] as const)]);
  const machines = new Set(before.machines);
  const asked = [...tips.filter((tip) => !open.has(tip)), ...moved.map(([tip]) => `^${tip}`)];
  let [skipped, strays] = [0, 0];
  const take = (record: string): void => {
    const text = record.length > largest ? undefined : strictTextOf(record);
    if (text === undefined) skipped++;
    if (!apply(text ?? record.split('\n', 4).join('\n'), { open, machines, tips: now })) strays++;
  };
  // Asked about nothing git would tell of the branch.
  const stream =
    asked.length === 0 ? undefined : ports.gitStream(['log', ...order, format, '--stdin'], asked.join('\n'));
  const read = stream === undefined ? seen(undefined) : await eachRecord(stream, take);
  const hasGoneOn = read.ok && strays === 0 && moved.every(([tip]) => !open.has(tip));
  if (before !== nothing && !hasGoneOn) return gerritChanges(ports, tips);
  if (!read.ok) return read;
  const changes = tips.flatMap((tip) => {
    const change = open.get(tip);
    return change === undefined ? [] : [[tip, change] as const];
  });
  return seen({ changes: new Map(changes), machines, skipped: skipped + tips.length - changes.length });
}

interface Following {
  readonly open: Map<string, GerritChange>;
  readonly machines: Set<string>;
  /** Changes that stay as they are, even if another goes on from there. */
  readonly tips: ReadonlySet<string>;
}

/** Answers whether it begins a change, or goes on with one that is known. */
function apply(record: string, { open, machines, tips }: Following): boolean {
  const [id = '', parents = '', account = '', seconds = '', ...lines] = record.split('\n');
  const parent = parents.split(' ')[0] ?? '';
  const at = Number(seconds) * 1000;
  const known = open.get(parent);
  const change = known === undefined ? begun(account) : tips.has(parent) ? copyOf(known) : known;
  if (!tips.has(parent)) open.delete(parent);
  open.set(id, change);
  const message = lines.join('\n').trimEnd();
  const cut = message.lastIndexOf('\n\n');
  update(change, { account, at, body: message.slice(0, Math.max(0, cut)), footer: message.slice(cut + 2) }, machines);
  return known !== undefined || parent === '';
}

function begun(owner: string): GerritChange {
  return {
    owner,
    uploads: [],
    votes: new Map(),
    commented: new Map(),
    worded: new Set(),
    spokeSince: new Set(),
    turns: [],
    spoke: new Map(),
    branch: '',
    isMerged: false,
  };
}

function copyOf({ uploads, votes, commented, worded, spokeSince, turns, spoke, ...rest }: GerritChange): GerritChange {
  return {
    ...rest,
    uploads: [...uploads],
    votes: new Map(votes),
    commented: new Map(commented),
    worded: new Set(worded),
    spokeSince: new Set(spokeSince),
    turns: [...turns],
    spoke: new Map(spoke),
  };
}

interface Update {
  readonly account: string;
  readonly at: number;
  readonly body: string;
  readonly footer: string;
}

function update(change: GerritChange, { account, at, body, footer }: Update, machines: Set<string>): void {
  const said = footer.split('\n').flatMap((line) => {
    const [, key = '', value = ''] = /^([A-Z][A-Za-z-]+): ?(.*)$/.exec(line) ?? [];
    return key === '' ? [] : [[key, value] as const];
  });
  const isWip = said.some(([key, value]) => key === 'Work-in-progress' && value === 'true');
  if (isWip) delete change.openedAt;
  const isReady = said.some(([key, value]) => key === 'Work-in-progress' && value === 'false');
  if (isReady || (change.uploads.length === 0 && !isWip)) change.openedAt ??= at;
  const tag = said.find(([key]) => key === 'Tag')?.[1] ?? '';
  if (/^autogenerated:(?!gerrit:)/.test(tag)) machines.add(account);
  const isRemark = tag === '' && /\(\d+ (?:inline )?comments?\)/.test(body);
  if (isRemark && !change.isMerged) change.commented.set(account, at);
  // An upload has words of its own, which nobody wrote.
  const isUpload = said.some(([key]) => key === 'Commit');
  const isWord = !isUpload && /^Patch Set \d+:/m.test(body);
  const isMerge = said.some(([key, value]) => key === 'Status' && value === 'merged');
  // Gerrit may rebase or pick what it merges.
  const isNew = isUpload && !isMerge && !isRebase(body);
  if (((tag === '' && isWord) || isMerge) && !change.spoke.has(account)) change.spoke.set(account, at);
  if (!change.isMerged) takeTurn(change, { account, tag, body, isNew, isWord });
  if (isUpload || isWord) answerObjections(change, isUpload ? undefined : account);
  for (const [key, value] of said) {
    if (key === 'Branch') change.branch = value;
    else if (key === 'Commit' && /^[0-9a-f]{40,64}$/.test(value)) {
      const uploader = isNew ? account : (change.uploads.at(-1)?.[1] ?? account);
      change.uploads.push([value, uploader]);
    } else if (key === 'Label') vote(change, value, { account, at, body });
    else if (key === 'Status') become(change, value, at);
  }
}

/** By Gerrit's button, or pushed and found by Gerrit to be nothing else; one with conflicts or another message is work. */
function isRebase(body: string): boolean {
  const [, rest] = /^(?:Patch Set|Uploaded patch set) \d+: Patch Set \d+ was rebased\b(.*)/m.exec(body) ?? [];
  return (
    rest !== undefined && /^(?: on behalf of \S+)?\.?$/.test(rest) && !body.includes('\nThe following files contain')
  );
}

interface Turn {
  readonly account: string;
  readonly tag: string;
  readonly body: string;
  /** It was put up anew. */
  readonly isNew: boolean;
  readonly isWord: boolean;
}

function takeTurn(change: GerritChange, { account, tag, body, isNew, isWord }: Turn): void {
  if (isNew && change.uploads.length > 0) {
    change.turns.push([...change.spokeSince]);
    change.spokeSince.clear();
  }
  if (tag !== '' || !isWord) return;
  change.spokeSince.add(account);
  const words = body.replace(/^[\s\S]*?^Patch Set \d+:.*$/m, '').trim();
  if (words !== '' || /\(\d+ (?:inline )?comments?\)/.test(body)) change.worded.add(account);
}

function become(change: GerritChange, status: string, at: number): void {
  change.isMerged = status === 'merged';
  delete change.closedAt;
  if (status === 'merged' || status === 'abandoned') change.closedAt = at;
}

/** `Code-Review=+2[, <id>][ <account>]`, or `-Code-Review[ <account>]` when it was taken back. Copies have another key. */
function vote(change: GerritChange, label: string, { account, at, body }: Omit<Update, 'footer'>): void {
  const form = /^(-?)Code-Review(?:=([+-]?\d))?(?:, [0-9a-f]+)?(?: (\S.*))?$/;
  const [whole, removed, number = '0', other] = form.exec(label) ?? [];
  if (whole === undefined) return;
  // After the merge a vote stops nothing. Those of before NoteDb stand there, too: without words, and of no time.
  if (change.isMerged && /^Patch Set \d+:/m.test(body)) return;
  const by = other ?? account;
  const value = removed === '-' ? 0 : Number(number);
  const time: { readonly at?: number } = change.isMerged ? {} : { at };
  const before = change.votes.get(by);
  const on = other === undefined ? /^Patch Set (\d+):/m.exec(body)?.[1] : undefined;
  const approvedAt = before?.approvedAt ?? (value > 0 ? time.at : undefined);
  const approved = approvedAt === undefined ? {} : { approvedAt };
  change.votes.set(by, { value, ...time, ...approved, ...objectionAfter(before, { value, on, ...time }) });
}

function objectionAfter(
  before: Vote | undefined,
  { value, on, at }: { readonly value: number; readonly on: string | undefined; readonly at?: number },
): Pick<Vote, 'objection'> {
  const made = before?.objection;
  const first = made?.at ?? at;
  if (value < 0)
    return { objection: { ...(first === undefined ? {} : { at: first }), on, isFresh: true, isWithdrawn: false } };
  if (before === undefined || made === undefined) return {};
  const isTakenBack = before.value < 0 && made.isFresh && on !== undefined && on === made.on;
  return { objection: { ...made, isFresh: false, isWithdrawn: made.isWithdrawn || isTakenBack } };
}

/** Objections are answered by what another account says, and by any change. */
function answerObjections({ votes }: GerritChange, account: string | undefined): void {
  for (const [by, given] of votes) {
    const { objection } = given;
    if (by !== account && objection?.isFresh === true)
      votes.set(by, { ...given, objection: { ...objection, isFresh: false } });
  }
}
