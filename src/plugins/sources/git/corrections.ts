import { daysOpen, looksAt } from '../../../core/signal/changes.ts';
import type { ChangeFact, CorrectionFact } from '../../../core/signal/fact.ts';
import { type Named, namedChanges, type NamedState, type Target, type Told } from './named-changes.ts';
import { bodyLinesOf, subjectOf } from './trailers.ts';

export interface Correcting {
  /** Corrections that a change makes: of earlier changes only, each once. What it takes back of its own is none. */
  of(change: ChangeFact, commits: readonly Told[]): readonly CorrectionFact[];
  /** Later changes may name this one, or one of the commits that it stands for. */
  learn(change: ChangeFact, commits: readonly Told[]): void;
  /** A change wrote most of another one anew; undefined where that was corrected before. */
  rewritten(target: Target, by: ChangeFact): CorrectionFact | undefined;
  state(): { readonly named: NamedState; readonly corrected: Corrected };
}

/** How each target was corrected last: `rewrite` until something names it. */
export type Corrected = Map<string, CorrectionFact['how']>;

interface KeptCorrections {
  readonly named: () => NamedState;
  readonly corrected: Corrected;
}

/** Finds what later messages mean by names of commits, subjects and pull requests. */
export function corrections(repository: string, kept?: KeptCorrections): Correcting {
  const named = namedChanges(kept?.named);
  const corrected = kept?.corrected ?? new Map<string, CorrectionFact['how']>();

  function of(change: ChangeFact, commits: readonly Told[]): readonly CorrectionFact[] {
    const found = new Map<string, CorrectionFact>();
    const branch = branchTakenBack(commits);
    for (const { message } of lasting(latestFirst(commits))) {
      for (const said of namedIn(message, { repository, branch })) {
        if (commits.some((own) => isMeant(own, said))) continue;
        const [target, resolvedBy] = named.find(said);
        // A squash keeps the words of reverts that came and went within it: nothing on this branch was taken back.
        if (target === undefined && !isRevertSubject(subjectOf(message)) && said.how === 'revert') continue;
        const { id, mergedAt, pods } = change;
        const key = target === undefined ? `${said.how}?` : target.id;
        if (found.has(key)) continue;
        const told = { how: said.how, id, at: mergedAt, ...begunIn(change), resolvedBy, pods } as const;
        const base = { kind: 'correction', ...told } as const;
        const before = target === undefined ? undefined : corrected.get(target.id);
        const first = { isFirst: before === undefined, isFirstByName: before === undefined || before === 'rewrite' };
        if (target !== undefined) corrected.set(target.id, said.how);
        found.set(key, target === undefined ? { ...base, ...first } : { ...base, ...first, target });
      }
    }
    return [...found.values()];
  }

  function learn(change: ChangeFact, commits: readonly Told[]): void {
    const { id, mergedAt, authorship, pods } = change;
    named.learn({ id, mergedAt, authorship, pods, ...decidedIn(change) }, commits);
  }
  function rewritten(target: Target, change: ChangeFact): CorrectionFact | undefined {
    const { id, mergedAt, pods } = change;
    if (corrected.has(target.id)) return undefined;
    corrected.set(target.id, 'rewrite');
    const found = { how: 'rewrite', isFirst: true, isFirstByName: false, target, resolvedBy: 'sha' } as const;
    return { kind: 'correction', id, at: mergedAt, ...begunIn(change), ...found, pods };
  }
  return { of, learn, rewritten, state: () => ({ named: named.state(), corrected }) };
}

/** A forge dates what it squashes by the merge: that is no begin. */
function begunIn({ form, begunAt, mergedAt }: ChangeFact): Pick<CorrectionFact, 'begunAt'> {
  return form === 'squash' && begunAt === mergedAt ? {} : { begunAt };
}

function decidedIn(change: ChangeFact): Pick<Target, 'decided'> {
  const days = daysOpen(change);
  return days === undefined ? {} : { decided: { days, voices: new Set(looksAt(change).map(({ by }) => by)).size } };
}

function isMeant({ id, message }: Told, { sha, subject }: Named): boolean {
  return sha === undefined || id === '' ? subject === subjectOf(message) : id.startsWith(sha);
}

/** The change's own commit is told before what it merged, and came after it. */
function latestFirst(commits: readonly Told[]): readonly Told[] {
  const [own, ...merged] = commits.map(({ id, message }) => ({ id, message: lastingIn(message) }));
  return own === undefined ? [] : [own, ...merged.toReversed()];
}

/** What no later one took back, unless that was taken back itself: a revert that was reverted took nothing back. */
function lasting(latest: readonly Told[]): readonly Told[] {
  const reverts: Named[] = [];
  return latest.filter((one) => {
    if (reverts.some((named) => isMeant(one, named))) return false;
    reverts.push(...revertsIn(one.message, subjectOf(one.message)));
    return true;
  });
}

/** A squash lists the messages that it is made of; their names are lost. */
function lastingIn(message: string): string {
  if (!/^\* (?:Revert|Reapply) "/m.test(message)) return message;
  const [head = '', ...parts] = message.split(/\r?\n(?=\* )/);
  const latest = lasting(parts.map((part) => ({ id: '', message: part.slice(2) })).toReversed());
  return [head, ...latest.map((part) => `* ${part.message}`).toReversed()].join('\n');
}

interface Around {
  readonly repository: string;
  /** Number and branch of the pull request that the merge takes back. */
  readonly branch: string | undefined;
}

/** GitHub's button names the branch: `revert-12-branch`. */
function branchTakenBack([own]: readonly Told[]): string | undefined {
  return /^Merge pull request #\d+ from [^\s/]+\/revert-(\d+-\S+)/.exec(own?.message ?? '')?.[1];
}

function namedIn(message: string, around: Around): readonly Named[] {
  const subject = subjectOf(message);
  const reverts = revertsIn(message, subject, around);
  return [...reverts, ...fixesIn(message, subject)];
}

function revertsIn(message: string, subject: string, around?: Around): readonly Named[] {
  if (!/revert/i.test(message) && !/^reapply /i.test(subject)) return [];
  const [, verb, title] = /^(Revert|Reapply) "(.*)"(?: \(#\d+\))?$/.exec(subject) ?? [];
  // Git's name for the revert of a revert.
  const quoted = verb === 'Reapply' ? `Revert "${title}"` : title;
  const taken = around?.branch === undefined ? {} : { branch: around.branch };
  const named = quoted === undefined ? {} : { subject: quoted, ...taken };
  const body = bodyLinesOf(message).join('\n');
  // One sentence: a line ends within it after a comma, or beside "and". In small letters it is the end of another one.
  const text =
    /^(?:\* )?(?:[Tt]his (?:(?:commit|change|patch) )?reverts|Reverts?) (?:commits? )?([0-9a-f]{7,64}(?:\band\b|[0-9a-f, ]|(?<=,|\band)\n|\n(?=and\b))*)/gm;
  const shas = [...`${subject}\n${body}`.matchAll(text)].flatMap(
    ([, list = '']) => list.match(/\b[0-9a-f]{7,64}\b/g) ?? [],
  );
  const [, name = '', number] = /^Reverts [\w.-]+\/([\w.-]+)#(\d+)/m.exec(body) ?? [];
  // It may be another repository's, but for this one's name or the subject that the forge writes above the line.
  const isOwn = isRevertSubject(subject) || name.toLowerCase() === around?.repository.toLowerCase();
  const request = isOwn ? number : undefined;
  if (shas.length > 0) return shas.map((sha) => ({ how: 'revert', sha, ...(shas.length === 1 ? named : {}) }));
  if (request !== undefined) return [{ how: 'revert', ...named, pullRequest: request }];
  return quoted === undefined ? [] : [{ how: 'revert', ...named }];
}

/** `Fixes: <sha> ("subject")`, `fixup! subject`, and what takes a part back; an issue's number names no commit. */
function fixesIn(message: string, subject: string): readonly Named[] {
  const fixup = /^(?:fixup|squash|amend)! (.+)$/.exec(subject)?.[1];
  const form =
    /^(?:Fixes:?|(?:This (?:(?:commit|change|patch) )?)?partially reverts?(?: commit)?|(?:This is a )?partial revert of(?: commit)?) ([0-9a-f]{7,64})\b(?: \(['"“](.*)['"”]\))?/i;
  const lines = /(?:fixes:?|partial.*) [0-9a-f]{7}/i.test(message) ? bodyLinesOf(message) : [];
  const found = lines.flatMap((line): readonly Named[] => {
    const [, sha, title] = form.exec(line.trim()) ?? [];
    // Seven digits may be an issue's number; a name has a letter nearly always.
    if (sha === undefined || !/[a-f]/.test(sha)) return [];
    return [{ how: 'fix', sha, ...(title === undefined ? {} : { subject: title }) }];
  });
  return fixup === undefined ? found : [...found, { how: 'fix', subject: fixup }];
}

/** A message that says to mend something, named or not: "fix: ...", "Fix the ...", "Revert ...". */
export function isMending(message: string): boolean {
  const subject = subjectOf(message);
  return isRevertSubject(subject) || /^(?:\S+: ?)?(?:bug|hot)?fix(?:e[sd])?\b/i.test(subject);
}

function isRevertSubject(subject: string): boolean {
  return /^(?:\S+: ?)?(?:revert|reapply)\b/i.test(subject);
}
