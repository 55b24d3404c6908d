import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Published } from '../../src/core/ledger/head.ts';
import { aWorld } from '../make/world.ts';
import { lacks } from '../needs.ts';
import { testRoom } from '../repository.ts';
import { factumProcess, heard } from './program.ts';

// `factum ledger serve` as a process of its own, and another clone that checks what it serves by its address.

async function aScene() {
  const [room, world, stranger] = [testRoom(), await aWorld(), await aWorld()];
  onTestFinished(async () => {
    room.remove();
    await world.remove();
    await stranger.remove();
  });
  const repository = room.repository();
  repository.git('config', 'user.email', 'ada@example.org');
  repository.commit('feat: sums', { 'factum.yaml': 'version: 1\npods:\n  - id: sums\n', 'sums.txt': '1 + 1 = 2\n' });
  async function published(statement: string): Promise<Published> {
    const part = 'file-matches:{"paths":["sums.txt"]}';
    const claimed = await factumProcess(repository.dir, ['claim', statement, '--part', part], world.env).ended;
    expect(claimed.exit, claimed.err).toBe(0);
    return JSON.parse((await factumProcess(repository.dir, ['ledger', 'publish', '--json'], world.env).ended).out);
  }
  const first = await published('one');
  const serving = factumProcess(repository.dir, ['ledger', 'serve', '--port', '0'], world.env);
  onTestFinished(() => void serving.child.kill());
  const url = /at\s+(http\S+)/.exec(await heard(serving, /at\s+http\S+/))?.[1] ?? '';
  const clone = room.repository('clone');
  clone.write('factum.yaml', `version: 1\npods:\n  - id: sums\nnetwork: { allow: ['${new URL(url).host}'] }\n`);
  return {
    shown: join(repository.dir, '.git/factum/public'),
    first,
    url,
    published,
    serving,
    check: () => factumProcess(clone.dir, ['ledger', 'check', url, '--json'], stranger.env).ended,
  };
}

describe.skipIf(lacks('git'))('factum ledger serve', () => {
  test('shows what is published, to caches too; another clone checks it by its address, and again after it grew', async () => {
    const { shown, first, url, published, serving, check } = await aScene();
    const checkpoint = await fetch(`${url}checkpoint`);
    expect(await checkpoint.text()).toBe(readFileSync(join(shown, 'checkpoint'), 'utf8'));
    expect(Object.fromEntries(checkpoint.headers)).toMatchObject({
      'cache-control': 'no-cache',
      etag: expect.stringMatching(/^"[0-9a-f]{64}"$/),
    });
    const etag = checkpoint.headers.get('etag') ?? '';
    const asked = { headers: { 'if-none-match': etag } };
    expect(await fetch(`${url}checkpoint`, asked)).toMatchObject({ status: 304 });
    const tile = await fetch(`${url}tile/0/000.p/${first.size}`);
    expect(tile.headers.get('cache-control')).toContain('immutable');

    for (const method of ['POST', 'PUT', 'DELETE']) {
      expect(await fetch(`${url}checkpoint`, { method }), method).toMatchObject({ status: 405 });
    }
    for (const path of ['head', 'journal/000', 'log.json', 'public/checkpoint', '..%2fhead']) {
      expect(await fetch(url + path), path).toMatchObject({ status: 404 });
    }

    const before = await check();
    expect(JSON.parse(before.out)).toMatchObject({ faults: 0, checkpoint: { size: first.size }, continues: 0 });
    const second = await published('two');
    expect(second.size).toBeGreaterThan(first.size);
    expect(await fetch(`${url}checkpoint`, asked)).toMatchObject({ status: 200 });
    const after = await check();
    expect(JSON.parse(after.out)).toMatchObject({ faults: 0, checkpoint: { size: second.size }, continues: 1 });
    serving.child.kill('SIGINT');
    expect(await serving.ended).toMatchObject({ exit: 130 });
  });
});
