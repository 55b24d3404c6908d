import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Asked, examinationOf, repositoryAt, type TestRepository, testRoom } from '../../../test/repository.ts';
import { verifierContract } from '../../testing/verifier-contract.ts';
import { commitOnBranch } from './commit-on-branch.ts';

const room = testRoom();
afterAll(() => room.remove());
let clones = 0;

interface Pair {
  readonly work: TestRepository;
  readonly remote: string;
}

/** A clone of a bare remote with one commit on main; work goes on on the branch `feature`. */
function clonePair(): Pair {
  const remote = join(room.dir, `remote-${++clones}.git`);
  execFileSync('git', ['init', '-q', '--bare', '--initial-branch=main', remote]);
  const seed = room.repository();
  seed.commit('start', { 'a.txt': 'one\ntwo\nthree\n', 'b.txt': 'b\n' });
  seed.git('push', '-q', remote, 'main');
  return { work: another(remote), remote };
}

function another(remote: string): TestRepository {
  const dir = join(room.dir, `clone-${++clones}`);
  execFileSync('git', ['clone', '-q', remote, dir]);
  const work = repositoryAt(dir);
  work.git('checkout', '-q', '-b', 'feature');
  return work;
}

function unpushed(): Pair & { readonly commit: string } {
  const pair = clonePair();
  return { ...pair, commit: pair.work.commit('work', { 'a.txt': 'one\nTWO\nthree\n' }) };
}

async function look(repository: TestRepository, options: Record<string, unknown>, asked: Asked = {}) {
  const examination = await examinationOf(repository, { ...asked, options });
  return commitOnBranch.run({ ...examination, options: commitOnBranch.options.parse(options) });
}

/** What a claim is about when it is made now. */
async function targetOf(work: TestRepository): Promise<Asked> {
  const { workspace } = await examinationOf(work);
  return { target: { branch: 'feature', commit: work.git('rev-parse', 'HEAD'), tree: workspace?.tree ?? '' } };
}

const feature = { target: { branch: 'feature' } };
const pushedTo = (name: string) => ({ ...feature, part: { kind: 'pushed' as const, names: [name] } });

verifierContract({
  verifier: commitOnBranch,
  supporting: () => {
    const { work } = unpushed();
    work.git('push', '-q', '-u', 'origin', 'feature');
    return examinationOf(work, { options: { on: 'remote' } });
  },
  refuting: () => examinationOf(unpushed().work, { options: { on: 'remote' }, ...feature }),
});

describe('pushed', () => {
  test('later commits on top do not hide it', async () => {
    const { work, commit } = unpushed();
    work.commit('more', { 'c.txt': 'c' });
    work.git('push', '-q', 'origin', 'feature');
    expect(await look(work, { on: 'remote', commit })).toMatchObject({
      outcome: 'supported',
      facts: { tip: work.git('rev-parse', 'HEAD') },
    });
  });

  test('to a branch of another name, unless one was named', async () => {
    const { work } = unpushed();
    work.git('push', '-q', 'origin', 'feature:other');
    expect(await look(work, { on: 'remote' }, feature)).toMatchObject({ outcome: 'supported' });
    expect(await look(work, { on: 'remote', branch: 'main' })).toMatchObject({ outcome: 'refuted' });
  });

  test('only a part of the work', async () => {
    const { work } = unpushed();
    work.git('push', '-q', 'origin', 'feature');
    work.commit('not pushed', { 'c.txt': 'c' });
    expect(await look(work, { on: 'remote' }, feature)).toMatchObject({
      outcome: 'refuted',
      message: expect.stringContaining('does not contain'),
    });
  });

  test('for review, to a ref that is no branch', async () => {
    const { work } = unpushed();
    work.git('push', '-q', 'origin', 'feature:refs/changes/01/1/1');
    expect(await look(work, { on: 'remote' }, feature)).toMatchObject({ outcome: 'supported' });
  });

  test('to the second remote', async () => {
    const { work } = unpushed();
    const fork = join(room.dir, `fork-${++clones}.git`);
    execFileSync('git', ['init', '-q', '--bare', fork]);
    work.git('remote', 'add', 'a-fork', fork);
    expect(await look(work, { on: 'remote' }, feature)).toMatchObject({ outcome: 'refuted' });
    work.git('push', '-q', 'a-fork', 'feature');
    expect(await look(work, { on: 'remote' }, feature)).toMatchObject({
      outcome: 'supported',
      boundTo: { remote: 'a-fork' },
    });
  });

  test('and amended after that leaves it open', async () => {
    const { work, commit } = unpushed();
    work.git('push', '-q', 'origin', 'feature');
    work.write('a.txt', 'ONE\n2\n3\n');
    work.git('commit', '-q', '--all', '--amend', '-m', 'other work');
    work.git('push', '-q', '-f', 'origin', 'feature');
    const claimed = { target: { branch: 'feature', commit } };
    expect(await look(work, { on: 'remote' }, claimed)).toMatchObject({ outcome: 'inconclusive' });
  });

  test('to another address than the one that is fetched from leaves it open', async () => {
    const { work } = unpushed();
    work.git('remote', 'set-url', '--push', 'origin', clonePair().remote);
    expect(await look(work, { on: 'remote' }, feature)).toMatchObject({ outcome: 'inconclusive' });
  });

  test('to an address that is no configured remote leaves it open', async () => {
    const { work } = unpushed();
    const elsewhere = join(room.dir, `elsewhere-${++clones}.git`);
    execFileSync('git', ['init', '-q', '--bare', elsewhere]);
    work.git('push', '-q', elsewhere, 'feature');
    expect(await look(work, { on: 'remote' }, pushedTo(elsewhere))).toMatchObject({ outcome: 'inconclusive' });
    expect(await look(work, { on: 'remote', remote: elsewhere }, feature)).toMatchObject({ outcome: 'inconclusive' });
    for (const key of ['branch.feature.pushRemote', 'branch.feature.remote', 'remote.pushDefault']) {
      expect(await look(work, { on: 'remote' }, feature)).toMatchObject({ outcome: 'refuted' });
      work.git('config', key, elsewhere);
      expect((await look(work, { on: 'remote' }, feature)).message, key).toContain('no configured remote');
      work.git('config', '--unset', key);
    }
    work.git('config', 'branch.other.pushRemote', elsewhere);
    expect(await look(work, { on: 'remote' }, feature)).toMatchObject({ outcome: 'refuted' });
  });

  test.each(['upstream', 'upstream/main'])('to %s, which is no remote here, leaves it open', async (name) => {
    const { work, remote } = unpushed();
    for (const on of ['remote', 'default-branch'])
      expect(await look(work, { on }, pushedTo(name))).toMatchObject({ outcome: 'inconclusive' });
    work.git('remote', 'add', 'upstream', remote);
    expect(await look(work, { on: 'remote' }, pushedTo(name))).toMatchObject({ outcome: 'refuted' });
  });

  test('to one of more remotes than are asked leaves it open', async () => {
    const { work, remote } = unpushed();
    for (let count = 1; count < 10; count += 1) work.git('remote', 'add', `a${count}`, remote);
    for (const on of ['remote', 'default-branch'])
      expect(await look(work, { on }, feature)).toMatchObject({ outcome: 'refuted' });
    work.git('remote', 'add', 'zz', clonePair().remote);
    work.git('push', '-q', 'zz', 'feature', 'feature:main', '-f');
    for (const on of ['remote', 'default-branch'])
      expect(await look(work, { on }, feature)).toMatchObject({
        outcome: 'inconclusive',
        message: expect.stringContaining('nobody asked zz'),
      });
  });

  test('to a branch that was merged with edits and is gone leaves it open', async () => {
    const { work } = unpushed();
    const options = { on: 'remote', remote: 'origin', branch: 'feature' };
    expect(await look(work, options, feature)).toMatchObject({ outcome: 'refuted' });
    work.git('checkout', '-q', 'main');
    work.commit('work (#1)', { 'a.txt': 'one\nTWO\nthree\n', 'c.txt': 'reviewed' });
    work.git('push', '-q', 'origin', 'main');
    work.git('checkout', '-q', 'feature');
    expect(await look(work, options, feature)).toMatchObject({ outcome: 'inconclusive' });
  });

  test('what was not committed is not pushed with the commit below it', async () => {
    const { work } = unpushed();
    work.git('push', '-q', 'origin', 'feature');
    const options = { on: 'remote' };
    work.write('note.txt', 'untracked');
    expect(await look(work, options, await targetOf(work))).toMatchObject({ outcome: 'supported' });
    work.write('a.txt', 'one\nTWO\nTHREE\n');
    const claimed = await targetOf(work);
    expect(await look(work, options, claimed)).toMatchObject({ outcome: 'inconclusive' });
    // Committed right after the claim, then pushed.
    work.commit('more');
    expect(await look(work, options, claimed)).toMatchObject({ outcome: 'inconclusive' });
    work.git('push', '-q', 'origin', 'feature');
    const { outcome, boundTo } = await look(work, options, claimed);
    expect({ outcome, tree: boundTo.tree }).toEqual({ outcome: 'supported', tree: claimed.target?.tree });
  });

  test('what a submodule holds beside its commit is not pushed', async () => {
    const { work } = unpushed();
    const inner = room.repository();
    inner.commit('inner', { 'x.txt': 'x' });
    work.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.dir, 'sub');
    work.commit('submodule');
    work.git('push', '-q', 'origin', 'feature');
    const looked = async () => look(work, { on: 'remote' }, await targetOf(work));
    expect(await looked()).toMatchObject({ outcome: 'supported' });
    work.write('sub/x.txt', 'changed');
    expect((await looked()).outcome).toBe('inconclusive');
    repositoryAt(join(work.dir, 'sub')).commit('and committed there');
    expect(await looked()).toMatchObject({ outcome: 'inconclusive' });
  });

  test('another branch than the one at hand', async () => {
    const { work } = unpushed();
    expect(await look(work, { on: 'remote' }, pushedTo('feature-two'))).toMatchObject({ outcome: 'inconclusive' });
    expect(await look(work, { on: 'remote' }, pushedTo('feature'))).toMatchObject({ outcome: 'refuted' });
    expect(await look(work, { on: 'remote' }, pushedTo('origin/feature'))).toMatchObject({ outcome: 'refuted' });
    work.git('push', '-q', 'origin', 'feature');
    expect(await look(work, { on: 'remote' }, pushedTo('main'))).toMatchObject({ outcome: 'inconclusive' });
    work.git('push', '-q', 'origin', 'feature:main');
    expect(await look(work, { on: 'remote' }, pushedTo('main'))).toMatchObject({ outcome: 'supported' });
  });

  test('a tip that was not fetched leaves it open', async () => {
    const { work, remote, commit } = unpushed();
    const colleague = another(remote);
    colleague.commit('theirs', { 'd.txt': 'd' });
    colleague.git('push', '-q', 'origin', 'feature');
    expect(await look(work, { on: 'remote', commit }, feature)).toMatchObject({
      outcome: 'inconclusive',
      message: expect.stringContaining('not fetched'),
    });
  });

  test('a stale remote-tracking branch is not the remote', async () => {
    const { work, remote } = unpushed();
    work.git('push', '-q', 'origin', 'feature');
    execFileSync('git', ['-C', remote, 'update-ref', 'refs/heads/feature', 'main']);
    expect(await look(work, { on: 'remote' }, feature)).toMatchObject({ outcome: 'refuted' });
  });

  test('a remote that does not answer, or none at all', async () => {
    const { work, remote } = unpushed();
    rmSync(remote, { recursive: true });
    expect(await look(work, { on: 'remote' }, feature)).toMatchObject({ outcome: 'error' });
    work.git('remote', 'remove', 'origin');
    expect(await look(work, { on: 'remote' }, feature)).toMatchObject({ outcome: 'inconclusive' });
  });

  test('a shallow history leaves it open', async () => {
    const { work, remote } = unpushed();
    work.git('push', '-q', 'origin', 'feature');
    const shallow = join(room.dir, `shallow-${++clones}`);
    execFileSync('git', ['clone', '-q', '--depth=1', `file://${remote}`, shallow]);
    const clone = repositoryAt(shallow);
    clone.commit('here only', { 'x.txt': 'x' });
    expect(await look(clone, { on: 'remote' }, { target: { branch: 'main' } })).toMatchObject({
      outcome: 'inconclusive',
    });
  });

  test('a commit nobody knows', async () => {
    expect((await look(clonePair().work, { on: 'remote', commit: 'abcdef0123' })).outcome).toBe('inconclusive');
  });
});

/** Puts the feature on the remote's main in a way, with other work before and after it. */
function land({ work }: Pair, how: (main: TestRepository) => void): string {
  const commit = work.git('rev-parse', 'HEAD');
  work.git('checkout', '-q', 'main');
  work.commit('others before', { 'b.txt': 'before\n' });
  how(work);
  work.commit('others after', { 'b.txt': 'after\n' });
  work.git('push', '-q', 'origin', 'main');
  work.git('checkout', '-q', 'feature');
  return commit;
}

function twoCommits(): Pair {
  const pair = unpushed();
  pair.work.commit('more', { 'new.txt': 'new\n', 'a.txt': 'one\nTWO\nTHREE\n' });
  return pair;
}

describe('merged', () => {
  const ways: readonly [string, (main: TestRepository) => void, string][] = [
    ['by a merge', ({ git }) => void git('merge', '-q', '--no-ff', '-m', 'merge', 'feature'), 'contains'],
    [
      'squashed',
      ({ git }) => {
        git('merge', '-q', '--squash', 'feature');
        git('commit', '-qm', 'squashed (#1)');
      },
      '(2 commits) squashed into',
    ],
    ['rebased', ({ git }) => void git('cherry-pick', 'main..feature'), '(2 commits) under other ids'],
  ];
  test.each(ways)('%s', async (_, how, words) => {
    const pair = twoCommits();
    const commit = land(pair, how);
    const seen = await look(pair.work, { on: 'default-branch', commit }, feature);
    expect(seen, seen.message).toMatchObject({ outcome: 'supported', message: expect.stringContaining(words) });
  });

  test('only one of two commits', async () => {
    const pair = twoCommits();
    const commit = land(pair, ({ git }) => void git('cherry-pick', 'feature^'));
    expect(await look(pair.work, { on: 'default-branch', commit }, feature)).toMatchObject({ outcome: 'refuted' });
  });

  test('where the fork came from', async () => {
    const { work, remote } = unpushed();
    const upstream = join(room.dir, `remote-${++clones}.git`);
    execFileSync('git', ['clone', '-q', '--bare', remote, upstream]);
    work.git('remote', 'add', 'upstream', upstream);
    expect(await look(work, { on: 'default-branch' })).toMatchObject({ outcome: 'refuted' });
    work.git('push', '-q', '-f', 'upstream', 'feature:main');
    expect(await look(work, { on: 'default-branch' })).toMatchObject({ outcome: 'supported' });
  });

  test('with the edits of a reviewer', async () => {
    const { work } = clonePair();
    work.commit('work', { 'a.txt': 'one\nTWO\nTHREE\n', 'n.txt': 'new line\n' });
    work.git('checkout', '-q', 'main');
    work.commit('work (#1)', { 'a.txt': 'one\nTWO\nTHREE\n', 'n.txt': 'newer line\n' });
    work.git('push', '-q', 'origin', 'main');
    work.git('checkout', '-q', 'feature');
    expect(await look(work, { on: 'default-branch' })).toMatchObject({ outcome: 'inconclusive' });
  });

  test('as one line, which a reviewer edited', async () => {
    const { work } = unpushed();
    work.git('checkout', '-q', 'main');
    work.commit('in other words (#1)', { 'a.txt': 'one\nDEUX\nthree\n' });
    const asked = { target: { branch: 'feature', commit: work.git('rev-parse', 'feature') } };
    work.git('push', '-q', 'origin', 'main');
    for (const on of ['remote', 'default-branch'])
      expect(await look(work, { on }, asked)).toMatchObject({ outcome: 'inconclusive' });
  });

  test('not at all', async () => {
    const pair = twoCommits();
    const commit = land(pair, () => {});
    expect(await look(pair.work, { on: 'default-branch', commit }, feature)).toMatchObject({ outcome: 'refuted' });
  });

  test('a commit that only restores an older tree is not there because that tree was', async () => {
    const pair = unpushed();
    pair.work.git('checkout', '-q', 'main');
    pair.work.git('merge', '-q', 'feature');
    pair.work.git('push', '-q', 'origin', 'main');
    pair.work.git('checkout', '-q', 'feature');
    const undo = pair.work.commit('undo', { 'a.txt': 'one\ntwo\nthree\n' });
    expect(await look(pair.work, { on: 'default-branch', commit: undo }, feature)).toMatchObject({
      outcome: 'refuted',
    });
  });

  test('here and not yet at the remote leaves it open', async () => {
    const pair = unpushed();
    pair.work.git('checkout', '-q', 'main');
    pair.work.git('merge', '-q', 'feature');
    expect(await look(pair.work, { on: 'default-branch' }, feature)).toMatchObject({ outcome: 'inconclusive' });
  });

  test('without a remote the local default branch counts', async () => {
    const { work } = unpushed();
    work.git('remote', 'remove', 'origin');
    expect(await look(work, { on: 'default-branch' }, feature)).toMatchObject({ outcome: 'refuted' });
    work.git('checkout', '-q', 'main');
    work.git('merge', '-q', 'feature');
    expect(await look(work, { on: 'default-branch' }, feature)).toMatchObject({ outcome: 'supported' });
  });
});

describe('committed', () => {
  test('on a local branch, on a detached head, and amended', async () => {
    const { work, commit } = unpushed();
    expect(await look(work, { on: 'head', commit }, feature)).toMatchObject({
      outcome: 'supported',
      boundTo: { branch: 'feature' },
    });
    work.git('checkout', '-q', '--detach');
    const detached = work.commit('detached', { 'z.txt': 'z' });
    expect(await look(work, { on: 'head', commit: detached })).toMatchObject({ outcome: 'supported' });
    work.git('commit', '-q', '--amend', '-m', 'other words');
    expect(await look(work, { on: 'head', commit: detached })).toMatchObject({
      outcome: 'supported',
      message: expect.stringContaining('tree'),
    });
  });

  test('a commit that is gone from every branch refutes only where a branch was named', async () => {
    const { work, commit } = unpushed();
    work.git('reset', '-q', '--hard', 'main');
    expect(await look(work, { on: 'head', commit })).toMatchObject({ outcome: 'inconclusive' });
    expect(await look(work, { on: 'head', commit, branch: 'main' })).toMatchObject({ outcome: 'refuted' });
  });

  test('there is no commit yet', async () => {
    expect(await look(room.repository(), { on: 'head' })).toMatchObject({ outcome: 'inconclusive' });
  });
});
