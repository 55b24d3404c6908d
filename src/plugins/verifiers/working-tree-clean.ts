import { z } from 'zod';
import { deferred } from '../../core/deferred.ts';
import { verifier } from '../../core/claim/verifier.ts';
import type { Examination } from '../../core/claim/verifier.ts';
import type { Look } from '../../core/claim/evidence.ts';
import { counted, type Finding, inquire, type Inquiry, short, some } from '../../core/git/inquiry.ts';
import { namedPaths } from '../../core/git/named-paths.ts';
import { dirtInSubmodules } from '../../core/git/submodules.ts';
import type { Workspace } from '../../core/ports.ts';

const Options = deferred(() =>
  z.strictObject({
    paths: z
      .array(z.string().min(1))
      .max(100)
      .optional()
      .describe('files, folders or globs that must be clean; default: all'),
    untracked: z
      .enum(['note', 'refute'])
      .default('note')
      .describe('whether untracked files that are not ignored count as not committed'),
  }),
);
type Options = z.infer<typeof Options>;

/** Whether everything that git tracks is committed. */
export const workingTreeClean = verifier({
  id: 'working-tree-clean',
  title: 'Working tree clean',
  summary: 'Asks git whether tracked files have changes that are not committed.',
  lifecycle: 'stable',
  version: '2',
  looksAt: 'repository',
  judges: ['committed'],
  options: Options,
  fromPart: ({ scope, names }) => (scope === 'named' && names !== undefined ? { paths: names } : {}),
  run: look,
});

function look({ options, part, workspace, ports }: Examination<Options>): Promise<Look> {
  return inquire(ports, ['git status: which files are not committed'], async (inquiry) => {
    if (workspace === undefined) return notHere();
    const boundTo = bound(workspace);
    if (workspace.place === 'worktree') {
      const commit = short(workspace.commit ?? workspace.tree);
      await inquiry.text('rev-parse', '--verify', `${workspace.commit ?? workspace.tree}^{tree}`);
      return { outcome: 'supported', message: `the claimed tree is what commit ${commit} holds`, boundTo };
    }
    const dirt = await dirtOf(inquiry, options.paths);
    const facts = { changed: dirt.changed.length, untracked: dirt.untracked.length };
    const counting = options.untracked === 'refute' ? [...dirt.changed, ...dirt.untracked] : dirt.changed;
    if (counting.length === 0) return { outcome: 'supported', message: cleanMessage(dirt), facts, boundTo };
    const message = `${counted(counting.length, 'file has', 'files have')} changes that are not committed: ${some(counting)}`;
    const foreign = await filteredByStrangers(inquiry, counting);
    if (foreign.length > 0) {
      return {
        outcome: 'inconclusive',
        message: `${message}; ${foreign[0]} uses a content filter nobody trusted yet`,
        facts,
        boundTo,
      };
    }
    // "Committed" alone does not say that nothing else was being worked on.
    const isClaimed = part.scope === 'all' || options.paths !== undefined;
    return { outcome: isClaimed ? 'refuted' : 'inconclusive', message, facts, boundTo };
  });
}

function notHere(): Finding {
  return { outcome: 'not-applicable', message: 'the claim is not about a repository', boundTo: {} };
}

function bound({ tree, commit }: Workspace): Finding['boundTo'] {
  return { tree, ...(commit === undefined ? {} : { commit }) };
}

interface Dirt {
  readonly changed: readonly string[];
  readonly untracked: readonly string[];
}

async function dirtOf(inquiry: Inquiry, names: readonly string[] | undefined): Promise<Dirt> {
  const flags = ['--porcelain=v1', '-z', '--untracked-files=all', '--ignored=no', '--no-renames'];
  const entries = (await inquiry.text('status', ...flags)).split('\0').filter((entry) => entry.length > 3);
  const inside = await dirtInSubmodules(inquiry);
  const changed = [...pathsOf(entries.filter((entry) => !isUntracked(entry))), ...inside.changed];
  const untracked = [...pathsOf(entries.filter(isUntracked)), ...inside.untracked];
  const paths = [...changed, ...untracked];
  const named = new Set(names?.flatMap((name) => namedPaths(name, paths).paths) ?? paths);
  return { changed: changed.filter((path) => named.has(path)), untracked: untracked.filter((path) => named.has(path)) };
}

function pathsOf(entries: readonly string[]): readonly string[] {
  return entries.map((entry) => entry.slice(3));
}

function isUntracked(entry: string): boolean {
  return entry.startsWith('??');
}

function cleanMessage({ untracked }: Dirt): string {
  const clean = 'no tracked file has changes that are not committed';
  if (untracked.length === 0) return clean;
  return `${clean}; ${counted(untracked.length, 'file is', 'files are')} untracked: ${some(untracked)}`;
}

/** Before trust a repository's own filters do not run, and then git takes their files for changed. */
async function filteredByStrangers(inquiry: Inquiry, paths: readonly string[]): Promise<readonly string[]> {
  const asked = paths.slice(0, 200);
  const fields = (await inquiry.text('check-attr', '-z', 'filter', '--', ...asked)).split('\0');
  const filtered = asked.map((path, at) => ({ path, filter: fields[at * 3 + 2] ?? 'unspecified' }));
  const named = [...new Set(filtered.map(({ filter }) => filter))].filter(
    (name) => !/^(?:unspecified|unset|set)$/.test(name),
  );
  const inert: string[] = [];
  for (const name of named) {
    for (const command of ['clean', 'process']) {
      const { exit, stdout } = await inquiry.git('config', '--get', `filter.${name}.${command}`);
      if (exit === 0 && stdout.trim() === '') inert.push(name);
    }
  }
  return filtered.filter(({ filter }) => inert.includes(filter)).map(({ path }) => path);
}
