import { execFileSync } from 'node:child_process';
import { afterAll, expect, test } from 'vitest';
import { testRoom } from '../../../../test/repository.ts';
import { openGit } from '../../../host/git/git.ts';
import { historyPorts } from '../../../host/git/history-ports.ts';
import type { CommitStream } from './history.ts';
import { callRoll, changeAt } from './roll.ts';
import { readStretches } from './stretches.ts';

const room = testRoom();
afterAll(room.remove);

const length = 2200;
const merge = 1900;

const commit = (mark: number, at: number, from: string): string =>
  `commit refs/heads/main\nmark :${mark}\ncommitter Ada <ada@example.org> ${at} +0000\ndata 1\nc${from}\n`;

/** Its clock goes back after the fourth change; a branch from the second one is merged late. */
function backwards(): string {
  const { dir } = room.repository();
  const line = Array.from({ length }, (_, n) => {
    const at = n < 4 || n >= merge ? 1_600_000_000 + n : 100_000_000 + n;
    const from = n === 0 ? '' : `\nfrom :${n}`;
    return commit(n + 1, at, n === merge ? `${from}\nmerge :${length + 1}` : from);
  });
  const side = commit(length + 1, 1_600_000_100, '\nfrom :2').replace('main', 'side');
  const input = [...line.slice(0, merge), side, ...line.slice(merge)].join('');
  execFileSync('git', ['fast-import', '--quiet'], { cwd: dir, input });
  return dir;
}

async function idsOf(stream: CommitStream): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let one = await stream.next(); one !== undefined; one = await stream.next()) ids.push(one.id);
  return ids;
}

test('each commit is told once, parents first, though a clock went back and git tells some of them again', async () => {
  const dir = backwards();
  const listed = (...args: readonly string[]): readonly string[] =>
    execFileSync('git', ['rev-list', '--topo-order', '--reverse', ...args], { cwd: dir, encoding: 'utf8' })
      .trim()
      .split('\n');
  const all = listed('main');
  const ports = historyPorts(openGit({ dir, trusted: false }));
  const called = await callRoll(ports, all.at(-1) ?? '');
  if (!called.ok) throw new Error(called.message);
  const roll = called.value;
  const again = listed(`${changeAt(roll, 1023)}..main`);
  expect(again).toContain(changeAt(roll, 1));

  const stream = readStretches(ports, roll, 0, { depth: 'nothing', merges: true });
  const ids = await idsOf(stream);
  expect(ids.toSorted()).toEqual(all.toSorted());
  const onLine = new Set(listed('--first-parent', 'main'));
  expect(ids.filter((id) => onLine.has(id))).toEqual(all.filter((id) => onLine.has(id)));
  expect(await stream.ended).toMatchObject({ ok: true, value: { exit: 0 } });

  const later = await idsOf(readStretches(ports, roll, length - 10, { depth: 'nothing', merges: true }));
  expect(later).toEqual(all.slice(-10));
});
