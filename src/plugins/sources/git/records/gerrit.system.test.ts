import { afterAll, expect, test } from 'vitest';
import { again, created, meta, voted } from '../../../../../test/gerrit.ts';
import { testRoom } from '../../../../../test/repository.ts';
import { openGit } from '../../../../host/git/git.ts';
import { historyPorts } from '../../../../host/git/history-ports.ts';
import { gerritChanges } from './gerrit.ts';

const room = testRoom();
afterAll(room.remove);

const first = (commit: string) =>
  [
    [1, created(commit)],
    [2, voted('Label: Code-Review=-1')],
  ] as const;

/** Three changes, the first with a vote, as they were read; and what reading them again now asks git for. */
async function read() {
  const repository = room.repository();
  const { dir, git: run, commit } = repository;
  const [one, two, three] = [commit('one', { a: '1\n' }), commit('two', { a: '2\n' }), commit('three', { a: '3\n' })];
  const inputs: string[] = [];
  const ports = historyPorts(openGit({ dir, trusted: false }));
  const gitStream: typeof ports.gitStream = (args, input = '') => {
    inputs.push(input.replaceAll(/[0-9a-f]{40}/g, 'tip'));
    return ports.gitStream(args, input);
  };
  const readNow = async (before?: Parameters<typeof gerritChanges>[2]) => {
    const tips = run('for-each-ref', '--format=%(objectname)', 'refs/changes').trim().split('\n');
    const found = await gerritChanges({ ...ports, gitStream }, tips, before);
    if (!found.ok) throw new Error(found.message);
    return found.value;
  };
  meta(repository, 1, first(one));
  meta(repository, 2, [[5, created(two)]]);
  meta(repository, 3, [[6, created(three)]]);
  const before = await readNow();
  const [tip = ''] = before.changes.keys();

  /** As if all were read at once, in the same order, and leaves what is known as it was. */
  async function readAgain(): Promise<readonly string[]> {
    const asItWas = structuredClone(before);
    const fresh = await readNow();
    inputs.length = 0;
    const found = await readNow(before);
    expect([...found.changes]).toEqual([...fresh.changes]);
    expect(found).toEqual(fresh);
    expect(before).toEqual(asItWas);
    return inputs;
  }
  const update = (parent: string, message: string): string =>
    run('commit-tree', `${tip}^{tree}`, '-p', parent, '-m', message).trim();
  return { repository, run, one, two, three, tip, readNow, readAgain, update };
}

const ref = (number: number): string => `refs/changes/0${number}/${number}/meta`;

test('what came since is read on top of what is known', async () => {
  const { repository, run, one, two, three, readAgain } = await read();
  expect(await readAgain()).toEqual([]);
  run('update-ref', ref(4), ref(2));
  run('update-ref', ref(2), ref(3));
  run('update-ref', ref(3), ref(4));
  run('update-ref', '-d', ref(4));
  expect(await readAgain(), 'the same under other names').toEqual([]);
  meta(repository, 1, [...first(one), [3, again(two)], [4, voted('Label: Code-Review=+2')]]);
  meta(repository, 4, [
    [7, created(three)],
    [8, voted('Label: Code-Review=+1')],
  ]);
  expect(await readAgain()).toEqual(['tip\ntip\n^tip']);
});

test('what was taken back, written anew or deleted has all of them read anew', async () => {
  const { repository, run, two, tip, readAgain, update } = await read();
  const twice = expect.objectContaining({ length: 2 });
  run('update-ref', ref(1), `${tip}~1`);
  expect(await readAgain()).toEqual(twice);
  run('update-ref', ref(1), update(`${tip}~1`, voted('Label: Code-Review=+1')));
  expect(await readAgain()).toEqual(twice);
  meta(repository, 1, [[9, created(two)]]);
  expect(await readAgain()).toEqual(twice);
  run('update-ref', ref(1), tip);
  expect(await readAgain()).toEqual([]);
  run('update-ref', '-d', ref(3));
  expect(await readAgain()).toEqual(twice);
});

test('records that share updates, which Gerrit does not write, are read alike', async () => {
  const { run, tip, readNow, readAgain, update } = await read();
  run('update-ref', ref(4), `${tip}~1`);
  expect(await readAgain()).toHaveLength(1);
  run('update-ref', ref(5), update(tip, voted('Label: Code-Review=+1')));
  expect(await readAgain()).toHaveLength(1);
  const nested = [...(await readNow()).changes.values()].map(({ votes }) =>
    [...votes.values()].map(({ value }) => value),
  );
  expect(nested).toEqual([[-1], [], [], [], [-1, 1]]);

  run('update-ref', ref(6), update(`${tip}~1`, voted('Label: Code-Review=+2')));
  run('update-ref', ref(1), update(tip, voted('Label: Code-Review=0')));
  run('update-ref', '-d', ref(4));
  run('update-ref', '-d', ref(5));
  expect(await readAgain()).toHaveLength(2);
});

test.each([true, false])('an update that is too large is skipped, and its change is not (last: %s)', async (isLast) => {
  const { repository, one, readNow, readAgain } = await read();
  const large = voted(`Label: Code-Review=+2\n${'x'.repeat(300_000)}`);
  meta(repository, 1, [...first(one), [3, large], ...(isLast ? [] : [[4, voted('Label: Code-Review=+1')] as const])]);
  expect(await readAgain()).toHaveLength(1);
  const { changes, skipped } = await readNow();
  const [change] = changes.values();
  expect([...(change?.votes.values() ?? [])].map(({ value }) => value)).toEqual(isLast ? [-1] : [-1, 1]);
  expect(skipped).toBe(1);
});

test('a record that is no update is skipped', async () => {
  const { run, tip, readNow } = await read();
  run('tag', '--annotate', '--message', 'no update', 'one', tip);
  run('update-ref', ref(4), run('rev-parse', 'one').trim());
  expect((await readNow()).skipped).toBe(1);
});
