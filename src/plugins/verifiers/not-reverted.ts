import { z } from 'zod';
import { deferred } from '../../core/deferred.ts';
import { type Examination, verifier } from '../../core/claim/verifier.ts';
import type { Look } from '../../core/claim/evidence.ts';
import { counted, inquire, short } from '../../core/git/inquiry.ts';
import { contains } from '../../core/git/on-local-branch.ts';
import { commitNamed } from '../../core/git/named-commit.ts';
import { commitOf, isShallow } from '../../core/git/range.ts';
import { isStillThere, laterCommits, revertOf } from '../../core/git/reverts.ts';

const Options = deferred(() =>
  z.strictObject({
    commit: z
      .string()
      .regex(/^[0-9a-f]{4,64}$/)
      .optional()
      .describe('default: the commit that is claimed'),
    branch: z.string().min(1).max(1000).optional().describe('where a revert would be; default: HEAD'),
  }),
);
type Options = z.infer<typeof Options>;

/** Whether no later commit took a commit back, as far as nothing put it in again. */
export const notReverted = verifier({
  id: 'not-reverted',
  title: 'Not reverted',
  summary: 'Reads later commits for a revert: by message, or by the inverse change.',
  lifecycle: 'stable',
  version: '1',
  looksAt: 'repository',
  judges: ['not-reverted'],
  options: Options,
  fromPart: commitNamed,
  run: look,
});

function look({ options, target, workspace, ports }: Examination<Options>): Promise<Look> {
  return inquire(ports, ['which commit is claimed', 'whether a later commit reverts it'], async (inquiry) => {
    const name = options.commit ?? target.commit ?? workspace?.commit;
    const commit = name === undefined ? undefined : await commitOf(inquiry, name);
    if (commit === undefined) {
      return {
        outcome: 'inconclusive',
        message: `${name === undefined ? 'a commit' : `commit ${name}`} is not known here`,
        boundTo: {},
      };
    }
    const boundTo = { commit, ...(options.branch === undefined ? {} : { branch: options.branch }) };
    const where = options.branch ?? 'HEAD';
    const tip = await commitOf(inquiry, where);
    if (tip === undefined) return { outcome: 'inconclusive', message: `${where} is not known here`, boundTo };
    if (!(await contains(inquiry, tip, commit))) {
      const shallow = (await isShallow(inquiry)) ? '; the history here is shallow' : '';
      return { outcome: 'inconclusive', message: `${where} does not contain ${short(commit)}${shallow}`, boundTo };
    }
    const { subject, patch, later } = await laterCommits(inquiry, commit, tip);
    const facts = { laterCommits: later.length };
    if (later.length === 0 && options.commit === undefined) {
      // The newest commit cannot have been reverted yet; the words must mean an older one.
      const message = `no commit is named, and nothing came after ${short(commit)}`;
      return { outcome: 'inconclusive', message, facts, boundTo };
    }
    const revert = revertOf({ commit, subject, patch }, later);
    if (revert === undefined) {
      const message = `none of ${counted(later.length, 'later commit')} reverts ${short(commit)}`;
      return { outcome: 'supported', message, facts, boundTo };
    }
    if (await isStillThere(inquiry, { commit, patch }, tip)) {
      const message = `${short(revert.by)} reverted ${short(commit)}, but all its lines are in ${where} again`;
      return { outcome: 'supported', message, facts, boundTo };
    }
    const message = `${short(revert.by)} reverts ${short(commit)} (${revert.how})`;
    return { outcome: 'refuted', message, facts: { ...facts, revertedBy: revert.by }, boundTo };
  });
}
