import { z } from 'zod';
import { deferred } from '../../core/deferred.ts';
import { type Examination, verifier } from '../../core/claim/verifier.ts';
import type { Look } from '../../core/claim/evidence.ts';
import type { Part } from '../../core/claim/part.ts';
import { counted, type Finding, inquire, type Inquiry, some } from '../../core/git/inquiry.ts';
import { lookAtHead } from '../../core/git/on-local-branch.ts';
import { configuredRemotes, lookAtDefaultBranch, lookAtRemote } from '../../core/git/on-remote-branch.ts';
import {
  baseBranchNamed,
  commitNamed,
  isRequest,
  missedBranches,
  remoteNamed,
  otherWorkNamed,
  remoteBranchNamed,
} from '../../core/git/named-commit.ts';
import { dirtInSubmodules } from '../../core/git/submodules.ts';
import { commitOf } from '../../core/git/range.ts';
import type { Workspace } from '../../core/ports.ts';

const Options = deferred(() =>
  z.strictObject({
    on: z.enum(['head', 'remote', 'default-branch']).default('head').describe('where the commit must be'),
    branch: z
      .string()
      .min(1)
      .max(1000)
      .optional()
      .describe('only this branch counts; default: any where the work can be'),
    remote: z
      .string()
      .min(1)
      .max(1000)
      .optional()
      .describe('only this remote counts; default: origin, then the others'),
    commit: z
      .string()
      .regex(/^[0-9a-f]{4,64}$/)
      .optional()
      .describe('default: the commit that is claimed'),
  }),
);
type Options = z.infer<typeof Options>;

const places: Partial<Record<Part['kind'], Options['on']>> = {
  pushed: 'remote',
  merged: 'default-branch',
  committed: 'head',
};

/** Whether a commit is on a branch, under its own id or, after a squash or rebase, under another. */
export const commitOnBranch = verifier({
  id: 'commit-on-branch',
  title: 'Commit on branch',
  summary: 'Asks git, and the remote itself, whether a branch contains the commit; knows squashed and rebased ones.',
  lifecycle: 'stable',
  version: '4',
  looksAt: 'repository',
  judges: ['pushed', 'merged', 'committed'],
  options: Options,
  fromPart: (part) => ({
    on: places[part.kind] ?? 'head',
    ...commitNamed(part),
    ...(part.kind === 'pushed' ? remoteBranchNamed(part) : {}),
    ...(part.kind === 'merged' ? baseBranchNamed(part) : {}),
  }),
  run: look,
});

function look({ options, part, target, workspace, ports }: Examination<Options>): Promise<Look> {
  const where =
    options.branch ??
    { head: 'a local branch', remote: 'a remote branch', 'default-branch': 'the default branch' }[options.on];
  return inquire(ports, [`which commit is claimed`, `whether ${where} contains it`], async (inquiry) => {
    const name = options.commit ?? target.commit ?? workspace?.commit;
    if (name === undefined) {
      return {
        outcome: 'inconclusive',
        message: 'there is no commit yet',
        boundTo: workspace === undefined ? {} : { tree: workspace.tree },
      };
    }
    const commit = await commitOf(inquiry, name);
    if (commit === undefined) {
      return {
        outcome: 'inconclusive',
        message: `commit ${name} is not known in this repository`,
        boundTo: { commit: name },
      };
    }
    const own = target.branch === undefined ? {} : { own: target.branch };
    const found = await whereNamed(inquiry, options, { part, commit, ...own });
    if (options.commit !== undefined) return found;
    const atHand = [options.branch ?? target.branch, `origin/${target.branch}`];
    const other = options.on === 'head' ? undefined : otherWorkNamed(part, atHand);
    const isOpen = found.outcome === 'refuted' || (found.outcome === 'supported' && isRequest(other));
    if (other !== undefined && isOpen) {
      return { ...found, outcome: 'inconclusive', message: `${found.message}; whether that is ${other} is not known` };
    }
    const remote = options.on === 'head' || found.outcome !== 'refuted' ? undefined : remoteNamed(part);
    if (remote !== undefined && !(await configuredRemotes(inquiry)).includes(remote))
      return { ...found, outcome: 'inconclusive', message: `${found.message}; no remote here is called ${remote}` };
    if (found.outcome !== 'supported' || options.on === 'head') return found;
    return wholeWork(inquiry, found, { commit, tree: target.tree, workspace }, (later) =>
      placed(inquiry, options, { commit: later, ...own }),
    );
  });
}

/** What a remote has on some branch was not pushed to the one that is named, unless that has it, too. */
async function whereNamed(
  inquiry: Inquiry,
  options: Options,
  { part, ...claimed }: Claimed & { readonly part: Part },
): Promise<Finding> {
  const found = await placed(inquiry, options, claimed);
  if (options.on !== 'remote' || options.commit !== undefined || found.outcome !== 'supported') return found;
  const missed = missedBranches(part, [found.boundTo.branch, found.boundTo.remote, options.branch, claimed.own]);
  for (const branch of missed) {
    const there = await placed(inquiry, { ...options, branch }, claimed);
    if (there.outcome === 'supported') return there;
  }
  if (missed.length === 0) return found;
  return {
    ...found,
    outcome: 'inconclusive',
    message: `${found.message}; whether ${some(missed)} has it is not known`,
  };
}

interface Work {
  readonly commit: string;
  /** What was claimed, if it is known. */
  readonly tree: string | undefined;
  readonly workspace: Workspace | undefined;
}

/** What was not committed is not where the commit is; what was committed right after the claim is the work itself. */
async function wholeWork(
  inquiry: Inquiry,
  found: Finding,
  { commit, tree, workspace }: Work,
  place: (commit: string) => Promise<Finding>,
): Promise<Finding> {
  if (tree === undefined || (await treeOf(inquiry, commit)) === tree) return found;
  const open = (why: string): Finding => ({ ...found, outcome: 'inconclusive', message: `${found.message}; ${why}` });
  const head = workspace?.commit;
  if (head !== undefined && (await treeOf(inquiry, head)) === tree) {
    const later = await place(head);
    return later.outcome === 'supported' ? { ...later, boundTo: { ...later.boundTo, tree } } : open(later.message);
  }
  if (workspace?.place !== 'in-place' || workspace.tree !== tree) {
    return open('what was claimed had files or changes that were not committed');
  }
  const status = await inquiry.text('status', '--porcelain=v1', '-z', '--untracked-files=no', '--no-renames');
  const changed = [...status.split('\0').filter(Boolean), ...(await dirtInSubmodules(inquiry)).changed];
  if (changed.length === 0) return found;
  return open(`${counted(changed.length, 'file has', 'files have')} changes that are not committed`);
}

async function treeOf(inquiry: Inquiry, commit: string): Promise<string> {
  return (await inquiry.text('rev-parse', '--verify', `${commit}^{tree}`)).trim();
}

interface Claimed {
  readonly commit: string;
  /** The branch the work was on. */
  readonly own?: string;
}

function placed(inquiry: Inquiry, { on, branch, remote }: Options, { commit, own }: Claimed) {
  const wanted = { commit, ...(branch === undefined ? {} : { branch }), ...(own === undefined ? {} : { own }) };
  const from = remote === undefined ? {} : { remote };
  switch (on) {
    case 'head':
      return lookAtHead(inquiry, wanted);
    case 'remote':
      return lookAtRemote(inquiry, { ...wanted, ...from });
    case 'default-branch':
      return lookAtDefaultBranch(inquiry, { ...wanted, ...from });
  }
}
