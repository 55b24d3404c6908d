import type { Inquiry } from './inquiry.ts';
import {
  commitMark,
  type CommitPatch,
  type FilePatch,
  patchFlags,
  patchKey,
  readCommitPatches,
  readPatch,
} from './patch.ts';

/** How a commit that is not in a history is there all the same. */
export interface Twin {
  readonly how: 'tree' | 'squash' | 'rebase';
  /** A commit of that history. */
  readonly commit: string;
  /** Commits whose changes were found there. */
  readonly commits: number;
}

const examined = 500;

/**
 * Looks in the commits of `tip` since both parted for the same tree, for one commit with the whole change, and for
 * each commit's change. What was there before says nothing: a revert has the tree of an older commit.
 */
export async function twinOf(inquiry: Inquiry, commit: string, tip: string): Promise<Twin | undefined> {
  const parted = await inquiry.git('merge-base', commit, tip);
  if (parted.exit !== 0) return undefined;
  const fork = parted.stdout.trim();
  const tree = (await inquiry.text('rev-parse', '--verify', `${commit}^{tree}`)).trim();
  const trees = await inquiry.text('log', '--format=%T %H', `--max-count=${examined}`, `${fork}..${tip}`, '--');
  const sameTree = trees.split('\n').find((line) => line.startsWith(`${tree} `));
  if (sameTree !== undefined) return { how: 'tree', commit: sameTree.slice(tree.length + 1), commits: 1 };
  return twinByPatch(inquiry, { fork, commit, tip });
}

interface Fork {
  readonly fork: string;
  readonly commit: string;
  readonly tip: string;
}

async function twinByPatch(inquiry: Inquiry, { fork, commit, tip }: Fork): Promise<Twin | undefined> {
  const whole = readPatch(await inquiry.text('diff', ...patchFlags, fork, commit, '--'));
  const theirs = await patchesOf(inquiry, `${fork}..${tip}`, pathsOf(whole));
  const byKey = new Map(theirs.map(({ commit: name, patch }) => [patchKey(patch), name]));
  const squashed = byKey.get(patchKey(whole));
  const ours = await patchesOf(inquiry, `${fork}..${commit}`, []);
  if (squashed !== undefined && whole.length > 0) return { how: 'squash', commit: squashed, commits: ours.length };
  const twins = ours.map(({ patch }) => byKey.get(patchKey(patch)));
  const last = twins[0];
  if (last === undefined || twins.includes(undefined)) return undefined;
  return { how: 'rebase', commit: last, commits: ours.length };
}

/** Patches of the commits that touch `paths` (none named: all), newest first, merges left out, as far as they touch them. */
async function patchesOf(inquiry: Inquiry, range: string, paths: readonly string[]): Promise<readonly CommitPatch[]> {
  const few = paths.length > 200 ? [] : paths.map((path) => `:(top,literal)${path}`);
  const flags = [commitMark, '--no-merges', `--max-count=${examined}`, ...patchFlags];
  const patches = readCommitPatches(await inquiry.text('log', ...flags, range, '--', ...few));
  return patches.filter(({ patch }) => patch.length > 0);
}

export function pathsOf(patch: readonly FilePatch[]): readonly string[] {
  const names = patch.flatMap(({ from, to }) => [from, to]).filter((path) => path !== undefined);
  return [...new Set(names)];
}
