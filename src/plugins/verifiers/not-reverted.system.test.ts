import { afterAll, describe, expect, test } from 'vitest';
import { type Asked, examinationOf, type TestRepository, testRoom } from '../../../test/repository.ts';
import { verifierContract } from '../../testing/verifier-contract.ts';
import { notReverted } from './not-reverted.ts';

const room = testRoom();
afterAll(() => room.remove());

function landed(): { readonly repository: TestRepository; readonly commit: string } {
  const repository = room.repository();
  repository.commit('start', { 'a.txt': 'one\ntwo\nthree\n' });
  const commit = repository.commit('Add the fix', { 'a.txt': 'one\nFIXED\nthree\n', 'new.txt': 'new\n' });
  repository.commit('others', { 'b.txt': 'b' });
  return { repository, commit };
}

async function look(repository: TestRepository, commit: string, asked: Asked = {}) {
  const examination = await examinationOf(repository, asked);
  return notReverted.run({ ...examination, options: notReverted.options.parse({ commit }) });
}

verifierContract({
  verifier: notReverted,
  supporting: () => {
    const { repository, commit } = landed();
    return examinationOf(repository, { options: { commit } });
  },
  refuting: () => {
    const { repository, commit } = landed();
    repository.git('revert', '--no-edit', commit);
    return examinationOf(repository, { options: { commit } });
  },
});

describe('a revert', () => {
  test('with words of its own is known by the inverse change', async () => {
    const { repository, commit } = landed();
    repository.git('revert', '--no-commit', commit);
    repository.commit('Back out the thing');
    expect(await look(repository, commit)).toMatchObject({
      outcome: 'refuted',
      message: expect.stringContaining('inverse'),
    });
  });

  test('by a forge is known by its subject', async () => {
    const { repository, commit } = landed();
    repository.git('revert', '--no-commit', commit);
    repository.commit('Revert "Add the fix" (#12)', { 'c.txt': 'and more' });
    expect(await look(repository, commit)).toMatchObject({
      outcome: 'refuted',
      message: expect.stringContaining('message'),
    });
  });

  test('of another commit with the same subject is not of this one', async () => {
    const { repository, commit } = landed();
    const other = repository.commit('Add the fix', { 'other.txt': 'x' });
    repository.git('revert', '--no-edit', other);
    expect(await look(repository, commit)).toMatchObject({ outcome: 'supported' });
    expect(await look(repository, other)).toMatchObject({ outcome: 'refuted' });
  });

  test('that was reverted, or followed by the same change again, counts no more', async () => {
    for (const again of [
      ({ git }: TestRepository) => void git('revert', '--no-edit', 'HEAD'),
      ({ git }: TestRepository, commit: string) => void git('cherry-pick', commit),
    ]) {
      const { repository, commit } = landed();
      repository.git('revert', '--no-edit', commit);
      again(repository, commit);
      expect(await look(repository, commit)).toMatchObject({ outcome: 'supported' });
    }
  });

  test('of the revert of the revert counts again', async () => {
    const { repository, commit } = landed();
    repository.git('revert', '--no-edit', commit);
    repository.git('revert', '--no-edit', 'HEAD');
    repository.git('revert', '--no-edit', 'HEAD');
    expect(await look(repository, commit)).toMatchObject({ outcome: 'refuted' });
  });

  test('after which all its lines came back in another way', async () => {
    const { repository, commit } = landed();
    repository.git('revert', '--no-edit', commit);
    repository.commit('second try', { 'a.txt': 'one\nFIXED\nthree\nfour\n', 'new.txt': 'new\n' });
    expect(await look(repository, commit)).toMatchObject({
      outcome: 'supported',
      message: expect.stringContaining('again'),
    });
  });

  test('before the commit is of something else', async () => {
    const { repository, commit } = landed();
    repository.git('revert', '--no-edit', commit);
    const second = repository.commit('Add the fix', { 'a.txt': 'one\nBETTER\nthree\n' });
    expect(await look(repository, second)).toMatchObject({ outcome: 'supported' });
  });
});

test('a commit that is not on the branch, or not known, leaves it open', async () => {
  const { repository, commit } = landed();
  repository.git('checkout', '-q', '--orphan', 'elsewhere');
  repository.commit('other history', { 'x.txt': 'x' });
  expect(await look(repository, commit)).toMatchObject({ outcome: 'inconclusive' });
  expect(await look(repository, 'abcdef0123')).toMatchObject({ outcome: 'inconclusive' });
});
