import { type Finding, type Inquiry, short } from './inquiry.ts';
import { commitOf, isShallow } from './range.ts';
import { type Twin, twinOf } from './same-change.ts';

/** A commit that should be on a branch. */
export interface Wanted {
  readonly commit: string;
  /** The only branch that counts. */
  readonly branch?: string;
  /** The branch the work was on, when the claim names none. */
  readonly own?: string;
}

/** Whether a local branch contains the commit. A branch that nobody named cannot refute. */
export async function lookAtHead(inquiry: Inquiry, { commit, branch, own }: Wanted): Promise<Finding> {
  const boundTo = { commit, ...(branch === undefined ? {} : { branch }) };
  const containing = await inquiry.text(
    'for-each-ref',
    `--contains=${commit}`,
    '--format=%(refname:short)',
    'refs/heads',
  );
  const branches = containing.split('\n').filter(Boolean);
  const home = branch ?? branches.find((name) => name === own) ?? branches[0];
  if (home !== undefined && branches.includes(home)) {
    return {
      outcome: 'supported',
      message: `${home} contains ${short(commit)}`,
      boundTo: { ...boundTo, branch: home },
    };
  }
  const name = branch ?? 'HEAD';
  const tip = await commitOf(inquiry, branch === undefined ? 'HEAD' : `refs/heads/${branch}`);
  if (tip === undefined) return { outcome: 'inconclusive', message: `there is no local branch ${name}`, boundTo };
  if (await contains(inquiry, tip, commit)) {
    return { outcome: 'supported', message: `${name} contains ${short(commit)}`, boundTo };
  }
  const twin = await twinOf(inquiry, commit, tip);
  if (twin !== undefined) return { outcome: 'supported', message: twinMessage(name, commit, twin), boundTo };
  const message = `${name} does not contain ${short(commit)}, nor the same tree or change under another id`;
  if (branch === undefined)
    return { outcome: 'inconclusive', message: `${message}; the commit itself exists`, boundTo };
  if (await isShallow(inquiry))
    return { outcome: 'inconclusive', message: `${message}; the history here is shallow`, boundTo };
  return { outcome: 'refuted', message, boundTo };
}

/** Both commits must be known here. */
export async function contains(inquiry: Inquiry, tip: string, commit: string): Promise<boolean> {
  return (await inquiry.git('merge-base', '--is-ancestor', commit, tip)).exit === 0;
}

export function twinMessage(branch: string, commit: string, { how, commit: other, commits }: Twin): string {
  switch (how) {
    case 'tree':
      return `${branch} has the tree of ${short(commit)} in ${short(other)}`;
    case 'squash':
      return `${branch} has the change of ${short(commit)} (${commits} commits) squashed into ${short(other)}`;
    case 'rebase':
      return `${branch} has the changes of ${short(commit)} (${commits} commits) under other ids, the last in ${short(other)}`;
  }
}
