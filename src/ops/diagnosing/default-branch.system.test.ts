import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { repositoryAt, type TestRepository, testRoom } from '../../../test/repository.ts';
import { openGit } from '../../host/git/git.ts';
import { historyPorts } from '../../host/git/history-ports.ts';
import { defaultBranch } from './default-branch.ts';

const room = testRoom();
afterAll(() => room.remove());

/** A clone of a repository whose branch is `main`. */
function clone(): TestRepository {
  const origin = room.repository();
  origin.commit('one');
  const dir = join(room.dir, `clone-of-${origin.dir.split('/').at(-1)}`);
  execFileSync('git', ['clone', '--quiet', origin.dir, dir]);
  return repositoryAt(dir);
}

function branchOf({ dir }: TestRepository, named?: string) {
  const { git } = historyPorts(openGit({ dir: join(dir, '.git'), trusted: false }));
  return defaultBranch(
    named === undefined ? { git } : { git, config: { git: { remote: 'origin', default_branch: named } } },
  );
}

test('work on another branch is not merged yet: the default branch is read, as it was fetched or as it is here', async () => {
  const repository = clone();
  repository.git('checkout', '--quiet', '-b', 'feature');
  repository.commit('not yet');
  const fetched = { revision: 'refs/remotes/origin/main', name: 'main' };
  repository.git('branch', '--quiet', '--delete', '--force', 'main');
  expect(await branchOf(repository)).toEqual(fetched);
  repository.at(new Date().toISOString());
  repository.git('checkout', '--quiet', '-b', 'main', 'origin/main');
  repository.commit('merged here');
  repository.git('checkout', '--quiet', 'feature');
  expect(await branchOf(repository)).toEqual({ revision: 'refs/heads/main', name: 'main' });
  repository.git('branch', '--quiet', '--force', 'main', 'origin/main~0');
  repository.git(
    'update-ref',
    'refs/remotes/origin/main',
    repository.git('commit-tree', '-m', 'fetched', 'HEAD^{tree}'),
  );
  expect(await branchOf(repository)).toEqual(fetched);
});

test('which branch is the default is said by factum.yaml before the remote', async () => {
  const repository = clone();
  repository.git('branch', '--quiet', 'develop');
  expect(await branchOf(repository, 'develop')).toEqual({ revision: 'refs/heads/develop', name: 'develop' });
  repository.git('checkout', '--quiet', 'develop');
  expect(await branchOf(repository, 'develop')).toEqual({ revision: 'HEAD' });
  expect(await branchOf(repository)).toEqual({ revision: 'refs/heads/main', name: 'main' });
});

test('what is checked out is read where it is the default branch, a commit, or nobody says which one it is', async () => {
  const repository = clone();
  expect(await branchOf(repository)).toEqual({ revision: 'HEAD' });
  expect(await branchOf(repository, 'gone')).toEqual({ revision: 'HEAD' });
  repository.git('checkout', '--quiet', '--detach');
  expect(await branchOf(repository)).toEqual({ revision: 'HEAD' });
  const alone = room.repository();
  expect(await branchOf(alone)).toEqual({ revision: 'HEAD' });
  alone.commit('one');
  alone.git('branch', '--quiet', 'mai');
  expect(await branchOf(alone, 'main')).toEqual({ revision: 'HEAD' });
  expect(await branchOf(alone, 'mai')).toEqual({ revision: 'refs/heads/mai', name: 'mai' });
  alone.git('checkout', '--quiet', '-b', 'feature');
  expect(await branchOf(alone)).toEqual({ revision: 'HEAD' });
});

test('a default branch that was renamed after the clone is the one checked out, not what is left of the old one', async () => {
  const repository = clone();
  repository.git('checkout', '--quiet', '-b', 'trunk');
  repository.commit('since then');
  expect(await branchOf(repository)).toEqual({ revision: 'HEAD' });
  expect(await branchOf(repository, 'main')).toEqual({ revision: 'refs/heads/main', name: 'main' });
});
