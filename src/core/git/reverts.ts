import type { Inquiry } from './inquiry.ts';
import { type FilePatch, inverse, patchFlags, patchKey, readPatch } from './patch.ts';

export interface Landed {
  readonly commit: string;
  readonly subject: string;
  readonly patch: readonly FilePatch[];
}

/** A commit after another one, newest first in lists. */
export interface Later extends Landed {
  readonly body: string;
}

export interface Revert {
  readonly by: string;
  readonly how: 'by its message' | 'by the inverse change';
}

const format = '--format=%x00%x00%H%x00%s%x00%B%x00';

/** The commit and what came after it on the way to `tip`, with the patches as far as they touch its files. */
export async function laterCommits(
  inquiry: Inquiry,
  commit: string,
  tip: string,
): Promise<Landed & { readonly later: readonly Later[] }> {
  const own = readLater(await inquiry.text('show', format, '--first-parent', '-m', ...patchFlags, commit, '--'))[0];
  const patch = own?.patch ?? [];
  const messages = readLater(await inquiry.text('log', format, '--no-patch', `${commit}..${tip}`, '--'));
  const paths = [...new Set(patch.flatMap(({ from, to }) => [from, to]).filter((path) => path !== undefined))];
  const limited = paths.slice(0, 200).map((path) => `:(top,literal)${path}`);
  const log = await inquiry.text(
    'log',
    format,
    '--first-parent',
    '-m',
    ...patchFlags,
    `${commit}..${tip}`,
    '--',
    ...limited,
  );
  const patches = new Map(readLater(log).map((later) => [later.commit, later.patch]));
  const later = messages.map((message) => ({ ...message, patch: patches.get(message.commit) ?? [] }));
  return { commit, subject: own?.subject ?? '', patch, later };
}

function readLater(log: string): readonly Later[] {
  return log
    .split('\0\0')
    .slice(1)
    .map((section) => {
      const [commit = '', subject = '', body = '', patch = ''] = section.split('\0');
      return { commit, subject, body, patch: readPatch(patch) };
    });
}

/** The newest commit that took `landed` back and was not itself taken back. */
export function revertOf(landed: Landed, later: readonly Later[]): Revert | undefined {
  for (const [at, candidate] of later.entries()) {
    const how = howReverted(landed, candidate);
    if (how !== undefined && !isUndone(landed, candidate, later.slice(0, at))) return { by: candidate.commit, how };
  }
  return undefined;
}

/** A revert of the revert, or a commit that makes the same change again. */
function isUndone(landed: Landed, revert: Later, afterwards: readonly Later[]): boolean {
  if (revertOf(revert, afterwards) !== undefined) return true;
  const again = [`Reapply "${landed.subject}"`, `Reland "${landed.subject}"`, `Revert "Revert "${landed.subject}""`];
  const key = patchKey(landed.patch);
  return afterwards.some(
    ({ subject, patch }) => again.includes(withoutNumber(subject)) || (key !== undefined && patchKey(patch) === key),
  );
}

function howReverted({ commit, subject, patch }: Landed, candidate: Later): Revert['how'] | undefined {
  const named = [...candidate.body.matchAll(/^This reverts commit ([0-9a-f]{7,64})/gm)];
  if (named.some(([, name = '']) => commit.startsWith(name))) return 'by its message';
  // With an id in its message a revert is of that commit, even if another one has the same subject.
  if (
    named.length === 0 &&
    subject !== '' &&
    withoutNumber(candidate.subject) === `Revert "${withoutNumber(subject)}"`
  ) {
    return 'by its message';
  }
  if (named.length === 0 && withoutNumber(candidate.subject) === `Revert "${subject}"`) return 'by its message';
  const undo = patchKey(inverse(patch));
  return undo !== undefined && patchKey(candidate.patch) === undo ? 'by the inverse change' : undefined;
}

/** Forges put the number of the pull request behind the subject. */
function withoutNumber(subject: string): string {
  return subject.replace(/ \(#[0-9]+\)$/, '');
}

/** Whether every line that the commit added is in the same file at `tip`. */
export async function isStillThere(
  inquiry: Inquiry,
  { commit, patch }: Pick<Landed, 'commit' | 'patch'>,
  tip: string,
): Promise<boolean> {
  const added = patch.flatMap(({ hunks }) => hunks.flatMap((hunk) => hunk.added));
  if (added.length === 0) return false;
  const since = readPatch(await inquiry.text('diff', ...patchFlags, commit, tip, '--'));
  const lost = new Map(since.map(({ from, hunks }) => [from, new Set(hunks.flatMap((hunk) => hunk.removed))]));
  return patch.every(
    ({ to, hunks }) => !hunks.some((hunk) => hunk.added.some((line) => lost.get(to)?.has(line) ?? false)),
  );
}
