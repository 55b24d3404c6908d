import { afterAll, expect, test } from 'vitest';
import { again, created, meta, voted } from '../../../../../test/gerrit.ts';
import { testRoom } from '../../../../../test/repository.ts';
import { openGit } from '../../../../host/git/git.ts';
import { historyPorts } from '../../../../host/git/history-ports.ts';
import { gerritChanges } from './gerrit.ts';

const room = testRoom();
afterAll(room.remove);

test('what came since is read on top of what is known, as if all were read at once', async () => {
  const repository = room.repository();
  const { dir, git: run, commit } = repository;
  const [one, two, three] = [commit('one', { a: '1\n' }), commit('two', { a: '2\n' }), commit('three', { a: '3\n' })];
  const ports = historyPorts(openGit({ dir, trusted: false }));
  const inputs: string[] = [];
  const watched: typeof ports = {
    ...ports,
    gitStream(args, input = '') {
      inputs.push(input);
      return ports.gitStream(args, input);
    },
  };
  const tips = (): string[] => run('for-each-ref', '--format=%(objectname)', 'refs/changes').trim().split('\n');
  const first = [
    [1, created(one)],
    [2, voted('Label: Code-Review=-1')],
  ] as const;
  const later = [...first, [3, again(two)], [4, voted('Label: Code-Review=+2')]] as const;
  meta(repository, 1, first);
  meta(repository, 2, [[5, created(two)]]);
  meta(repository, 3, [[6, created(three)]]);
  const before = await gerritChanges(ports, tips());
  const asItWas = structuredClone(before);
  const known = tips()[0] ?? '';
  if (!before.ok) throw new Error(before.message);

  async function goesOn(): Promise<readonly string[]> {
    inputs.length = 0;
    if (!before.ok) throw new Error(before.message);
    expect(await gerritChanges(watched, tips(), before.value)).toEqual(await gerritChanges(ports, tips()));
    expect(before).toEqual(asItWas);
    return inputs.map((input) => input.replaceAll(/[0-9a-f]{40}/g, 'tip'));
  }
  expect(await goesOn()).toEqual([]);
  meta(repository, 1, later);
  meta(repository, 4, [
    [7, created(three)],
    [8, voted('Label: Code-Review=+1')],
  ]);
  expect(await goesOn()).toEqual(['tip\ntip\n^tip']);

  // Somebody took an update back, wrote it anew, wrote the whole record anew, and deleted one.
  const ref = 'refs/changes/01/1/meta';
  run('update-ref', ref, `${known}~1`);
  expect(await goesOn()).toHaveLength(2);
  const said = ['-p', `${known}~1`, '-m', voted('Label: Code-Review=+1')];
  run('update-ref', ref, run('commit-tree', `${known}^{tree}`, ...said).trim());
  expect(await goesOn()).toHaveLength(2);
  meta(repository, 1, [[9, created(two)]]);
  expect(await goesOn()).toHaveLength(2);
  run('update-ref', ref, known);
  expect(await goesOn()).toHaveLength(1);
  run('update-ref', '-d', 'refs/changes/03/3/meta');
  expect(await goesOn()).toHaveLength(2);
});
