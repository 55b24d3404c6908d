import { execFileSync } from 'node:child_process';
import type { TestRepository } from './repository.ts';

/** One update of a Gerrit change after the other, as Gerrit writes them: each a commit with an empty tree. */
export function meta(
  { dir, git: run }: TestRepository,
  number: number,
  updates: readonly (readonly [number, string])[],
): void {
  const tree = execFileSync('git', ['mktree'], { cwd: dir, input: '' }).toString().trim();
  let parent: readonly string[] = [];
  for (const [at, [account, message]] of updates.entries()) {
    const who = {
      NAME: `Gerrit User ${account}`,
      EMAIL: `${account}@server`,
      DATE: `${1_700_000_000 + at * 3600} +0000`,
    };
    const author = Object.entries(who).map(([key, value]) => [`GIT_AUTHOR_${key}`, value]);
    const env = { ...Object.fromEntries(author), GIT_COMMITTER_DATE: who.DATE };
    const args = ['commit-tree', tree, ...parent, '-F', '-'];
    const id = execFileSync('git', args, { cwd: dir, input: message, env: { ...process.env, ...env } })
      .toString()
      .trim();
    parent = ['-p', id];
    run('update-ref', `refs/changes/0${number}/${number}/meta`, id);
  }
}

export const created = (commit: string) =>
  `Create change\n\nUploaded patch set 1.\n\nPatch-set: 1\nCommit: ${commit}\nWork-in-progress: false\n`;
export const voted = (votes: string) => `Update patch set 1\n\nPatch Set 1: voted\n\nPatch-set: 1\n${votes}\n`;

export const again = (commit: string) =>
  `Create patch set 2\n\nUploaded patch set 2.\n\nPatch-set: 2\nCommit: ${commit}\n`;
export const merged = 'Update patch set 1\n\nChange has been successfully merged\n\nPatch-set: 1\nStatus: merged\n';
