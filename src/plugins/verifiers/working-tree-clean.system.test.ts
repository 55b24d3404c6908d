import { afterAll, describe, expect, test } from 'vitest';
import { type Asked, examinationOf, repositoryPorts, type TestRepository, testRoom } from '../../../test/repository.ts';
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
