import type { Binding } from '../claim/evidence.ts';
import type { Workspace } from '../ports.ts';
import type { Inquiry } from './inquiry.ts';

/** Two states of a repository between which a change is looked for. */
export interface Range {
  /** A commit, or the empty tree. */
  readonly base: string;
  /** Why this is the base, for people: "the merge base with origin/main". */
  readonly because: string;
  /** True when the options named the base: then what was before it is out of the question. */
  readonly chosen: boolean;
  /** Absent: the working tree. */
  readonly commit?: string;
  readonly boundTo: Binding;
}

/** A range, or why there is none. */
export type RangeOrNot = Range | { readonly missing: string };

/** From the named base, else the merge base with the default branch, else (on that branch) the parent, up to the workspace. */
export async function rangeOf(inquiry: Inquiry, workspace: Workspace, named: string | undefined): Promise<RangeOrNot> {
  const { tree, commit } = workspace;
  const boundTo = { tree, ...(commit === undefined ? {} : { commit }) };
  const end = workspace.place === 'worktree' && commit !== undefined ? { commit, boundTo } : { boundTo };
  if (named !== undefined) {
    const base = await commitOf(inquiry, named);
    if (base === undefined) return { missing: `the base ${named} is not a commit that is known here` };
    return { base, because: named, chosen: true, ...end };
  }
  if (commit === undefined) return { base: emptyTree(tree), because: 'the empty start', chosen: false, ...end };
  const start = await defaultBase(inquiry, commit);
  return 'missing' in start ? start : { ...start, chosen: false, ...end };
}

export async function commitOf(inquiry: Inquiry, name: string): Promise<string | undefined> {
  const args = ['--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
  const { exit, stdout } = await inquiry.git('rev-parse', ...args);
  return exit === 0 ? stdout.trim() : undefined;
}

export async function isShallow(inquiry: Inquiry): Promise<boolean> {
  return (await inquiry.text('rev-parse', '--is-shallow-repository')).trim() === 'true';
}

/** Full name of the branch that others build on: what the remote says, else main or master. */
async function defaultBranch(inquiry: Inquiry, remote = 'origin'): Promise<string | undefined> {
  const known = await inquiry.git('symbolic-ref', '--quiet', `refs/remotes/${remote}/HEAD`);
  if (known.exit === 0) return known.stdout.trim();
  const usual = [
    `refs/remotes/${remote}/main`,
    `refs/remotes/${remote}/master`,
    'refs/heads/main',
    'refs/heads/master',
  ];
  const present = (await inquiry.text('for-each-ref', '--format=%(refname)', ...usual)).split('\n');
  return usual.find((name) => present.includes(name));
}

async function defaultBase(
  inquiry: Inquiry,
  commit: string,
): Promise<{ base: string; because: string } | { missing: string }> {
  const branch = await defaultBranch(inquiry);
  if (branch !== undefined) {
    const { exit, stdout } = await inquiry.git('merge-base', commit, branch);
    const base = stdout.trim();
    const name = branch.replace(/^refs\/(?:heads|remotes)\//, '');
    if (exit !== 0) return { missing: `the commit has no history in common with ${name} here` };
    if (base !== commit) return { base, because: `the merge base with ${name}` };
  }
  const parent = await commitOf(inquiry, `${commit}^`);
  if (parent !== undefined) return { base: parent, because: 'the parent commit' };
  if (await isShallow(inquiry)) return { missing: 'the parent commit is not here: the history is shallow' };
  return { base: emptyTree(commit), because: 'the empty start' };
}

/** Git knows the empty tree without having it; SHA-256 repositories have longer names. */
function emptyTree(likeName: string): string {
  return likeName.length === 64
    ? '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321'
    : '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
}
