import { z } from 'zod';
import { type Examination, verifier } from '../../core/claim/verifier.ts';
import type { Look } from '../../core/claim/evidence.ts';
import type { Part } from '../../core/claim/part.ts';
import { inquire, type Inquiry } from '../../core/git/inquiry.ts';
import { lookAtHead } from '../../core/git/on-local-branch.ts';
import { lookAtDefaultBranch, lookAtRemote } from '../../core/git/on-remote-branch.ts';
import { commitNamed, remoteBranchNamed } from '../../core/git/named-commit.ts';
import { commitOf } from '../../core/git/range.ts';

const Options = z.strictObject({
  on: z.enum(['head', 'remote', 'default-branch']).default('head').describe('where the commit must be'),
  branch: z
    .string()
    .min(1)
    .max(1000)
    .optional()
    .describe('only this branch counts; default: any where the work can be'),
  remote: z.string().min(1).max(1000).optional().describe('only this remote counts; default: origin, then the others'),
  commit: z
    .string()
    .regex(/^[0-9a-f]{4,64}$/)
    .optional()
    .describe('default: the commit that is claimed'),
});
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
  version: '1',
  looksAt: 'repository',
  judges: ['pushed', 'merged', 'committed'],
  options: Options,
  fromPart: (part) => ({
    on: places[part.kind] ?? 'head',
    ...commitNamed(part),
    ...(part.kind === 'pushed' ? remoteBranchNamed(part) : {}),
  }),
  run: look,
});

function look({ options, target, workspace, ports }: Examination<Options>): Promise<Look> {
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
    return placed(inquiry, options, { commit, ...(target.branch === undefined ? {} : { own: target.branch }) });
  });
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
