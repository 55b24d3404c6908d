import { execFileSync } from 'node:child_process';
import { afterAll, expect, test } from 'vitest';
import { testRoom } from '../../../../test/repository.ts';
import { openGit } from '../../../host/git/git.ts';
import { historyPorts } from '../../../host/git/history-ports.ts';
import type { ParsedCommit } from './commit.ts';
import { type CommitStream, readListed } from './history.ts';
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

async function commitsOf(stream: CommitStream): Promise<readonly ParsedCommit[]> {
  const commits: ParsedCommit[] = [];
  for (let one = await stream.next(); one !== undefined; one = await stream.next()) commits.push(one);
  return commits;
}

async function idsOf(stream: CommitStream): Promise<readonly string[]> {
  return (await commitsOf(stream)).map(({ id }) => id);
}

const dir = backwards();
const ports = historyPorts(openGit({ dir, trusted: false }));
const asked = { depth: 'nothing', merges: true } as const;

function listed(...args: readonly string[]): readonly string[] {
  return execFileSync('git', ['rev-list', '--topo-order', '--reverse', ...args], { cwd: dir, encoding: 'utf8' })
    .trim()
    .split('\n');
}

test('each commit is told once, parents first, though a clock went back', async () => {
  const all = listed('main');
  const called = await callRoll(ports, all.at(-1) ?? '');
  if (!called.ok) throw new Error(called.message);
  const { roll, names } = called.value;
  // Ranges would do it wrong.
  expect(listed(`${changeAt(roll, 1023)}..main`)).toContain(changeAt(roll, 1));

  const stream = readStretches(ports, names, asked);
  expect(await idsOf(stream)).toEqual(all);
  expect(await stream.ended).toMatchObject({ ok: true, value: { exit: 0 } });
});

test('a commit that git does not tell is missed', async () => {
  const [first = '', second = ''] = listed('main');
  const stream = readStretches(ports, `${first}\n${second}\n${first}\n`, asked);
  expect(await idsOf(stream)).toEqual([first, second]);
  expect(await stream.ended).toMatchObject({
    why: 'broken',
    message: 'git log told of fewer commits than it was asked for',
  });
});

test.each([1, 700, length, length + 1])('of the first %i commits files alone are told', async (brief) => {
  const all = listed('main');
  const list = all.map((id) => `${id}\n`);
  const stream = readStretches(ports, list.join(''), {
    depth: 'counts',
    merges: true,
    brief: list.slice(0, brief).join('').length,
  });
  const told = await commitsOf(stream);
  expect(told.map(({ id }) => id)).toEqual(all);
  expect(told.map(({ depth }) => depth)).toEqual(all.map((_, place) => (place < brief ? 'renames' : 'counts')));
  expect(await stream.ended).toMatchObject({ ok: true, value: { exit: 0 } });
});

test('an empty list tells of nothing, not of what is checked out', async () => {
  const stream = readListed(ports, '', asked);
  expect(await idsOf(stream)).toEqual([]);
  expect(await stream.ended).toMatchObject({ ok: true, value: { exit: 0 } });
});
