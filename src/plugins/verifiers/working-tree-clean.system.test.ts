import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  type Asked,
  examinationOf,
  repositoryAt,
  repositoryPorts,
  type TestRepository,
  testRoom,
} from '../../../test/repository.ts';
import { openGit } from '../../host/git/git.ts';
import { verifierContract } from '../../testing/verifier-contract.ts';
import { workingTreeClean } from './working-tree-clean.ts';

const room = testRoom();
afterAll(() => room.remove());

function committed(): TestRepository {
  const repository = room.repository();
  repository.commit('one', { 'a.txt': 'a', 'b.txt': 'b' });
  return repository;
}

function dirty(): TestRepository {
  const repository = committed();
  repository.write('a.txt', 'changed');
  return repository;
}

async function look(repository: TestRepository, asked: Asked = {}) {
  const examination = await examinationOf(repository, asked);
  return workingTreeClean.run({ ...examination, options: workingTreeClean.options.parse(examination.options) });
}

verifierContract({
  verifier: workingTreeClean,
  supporting: () => examinationOf(committed()),
  refuting: () => examinationOf(dirty()),
});

describe('how much is claimed decides what refutes', () => {
  test('"committed" alone leaves other work open', async () => {
    expect(await look(dirty(), { part: { scope: 'unknown' } })).toMatchObject({ outcome: 'inconclusive' });
  });

  test('named files are judged alone', async () => {
    expect(await look(dirty(), { options: { paths: ['b.txt'] } })).toMatchObject({ outcome: 'supported' });
    expect(await look(dirty(), { options: { paths: ['a.txt'] } })).toMatchObject({ outcome: 'refuted' });
  });

  test('untracked files are a note unless asked for', async () => {
    const repository = committed();
    repository.write('scratch.txt', 'x');
    expect(await look(repository)).toMatchObject({ outcome: 'supported', facts: { untracked: 1 } });
    expect(await look(repository, { options: { untracked: 'refute' } })).toMatchObject({ outcome: 'refuted' });
  });

  test('a clean checkout of the claimed commit holds the claimed tree', async () => {
    expect(await look(committed(), { place: 'worktree' })).toMatchObject({ outcome: 'supported' });
  });
});

/** With a submodule in a submodule; `deep` is the inner one. */
function nested() {
  const [inner, middle, outer] = [room.repository(), room.repository(), room.repository()];
  inner.commit('inner', { 'x.txt': 'x', 'y.txt': 'y' });
  middle.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.dir, 'deep');
  middle.commit('middle', { 'm.txt': 'm' });
  outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', middle.dir, 'sub');
  outer.commit('outer', { 'a.txt': 'a' });
  const update = () =>
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'update', '--init', '--recursive');
  return {
    outer,
    update,
    sub: repositoryAt(join(outer.dir, 'sub')),
    deep: repositoryAt(join(outer.dir, 'sub/deep')),
  };
}

describe('submodules', () => {
  test('one that is not checked out holds nothing', async () => {
    const { outer } = nested();
    outer.git('submodule', '--quiet', 'deinit', '--force', '--all');
    expect(await look(outer)).toMatchObject({ outcome: 'supported' });
  });

  test('changes and new commits in them are not committed; what is untracked there is a note', async () => {
    const { outer, update, sub, deep } = nested();
    update();
    expect(await look(outer)).toMatchObject({ outcome: 'supported' });
    deep.write('new.txt', 'n');
    expect(await look(outer)).toMatchObject({ outcome: 'supported', facts: { untracked: 1 } });
    expect(await look(outer, { options: { untracked: 'refute' } })).toMatchObject({ outcome: 'refuted' });
    deep.write('x.txt', 'changed');
    const seen = await look(outer);
    expect(seen).toMatchObject({ outcome: 'refuted', message: expect.stringContaining('sub/deep/x.txt') });
    expect(await look(outer, { options: { paths: ['sub/deep/y.txt'] } })).toMatchObject({ outcome: 'supported' });
    expect(await look(outer, { part: { scope: 'unknown' } })).toMatchObject({ outcome: 'inconclusive' });
    deep.commit('inside');
    expect(await look(outer)).toMatchObject({ outcome: 'refuted', message: expect.stringContaining('sub/deep') });
    sub.commit('recorded');
    expect(await look(outer)).toMatchObject({ outcome: 'refuted', message: expect.stringContaining('sub') });
    outer.commit('recorded');
    expect(await look(outer)).toMatchObject({ outcome: 'supported' });
  });

  test('where git was told to overlook changes, and where a filter of theirs is not trusted, nothing is refuted', async () => {
    const { outer, sub } = nested();
    sub.commit('attributes', { '.gitattributes': 'm.txt filter=secret\n' });
    outer.commit('recorded');
    sub.write('m.txt', 'changed');
    expect(await look(outer)).toMatchObject({ outcome: 'refuted' });
    outer.git('config', 'submodule.sub.ignore', 'dirty');
    expect(await look(outer)).toMatchObject({ outcome: 'supported' });
    outer.git('config', '--unset', 'submodule.sub.ignore');
    sub.git('config', 'filter.secret.clean', 'tr a b');
    expect(await look(outer)).not.toMatchObject({ outcome: 'refuted' });
  });
});

test('a file whose filter is not trusted may only look changed', async () => {
  const repository = committed();
  repository.commit('attributes', { '.gitattributes': 'a.txt filter=secret\n' });
  const examination = await examinationOf(repository);
  repository.git('config', 'filter.secret.clean', 'tr a b');
  repository.write('a.txt', 'other');
  const ports = repositoryPorts(openGit({ dir: repository.dir, trusted: false }));
  expect(await workingTreeClean.run({ ...examination, ports, options: { untracked: 'note' } })).toMatchObject({
    outcome: 'inconclusive',
    message: expect.stringContaining('filter'),
  });
});
