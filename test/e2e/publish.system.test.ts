import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { aWorld } from '../make/world.ts';
import { lacks } from '../needs.ts';
import { testRoom } from '../repository.ts';
import { type Ended, factumProcess } from './program.ts';
import { witnessProcess } from './witness-process.ts';

// Real processes: a ledger that is published, and the witness of another team.

vi.setConfig({ testTimeout: 300_000 });

const configuration = 'version: 1\npods:\n  - id: sums\n';

async function aScene() {
  const [room, world] = [testRoom(), await aWorld()];
  onTestFinished(async () => {
    room.remove();
    await world.remove();
  });
  const repository = room.repository();
  repository.git('config', 'user.email', 'ada@example.org');
  repository.commit('feat: sums', { 'factum.yaml': configuration, 'sums.txt': '1 + 1 = 2\n' });
  const own = join(repository.dir, '.git/factum');
  const part = 'file-matches:{"paths":["sums.txt"]}';
  const factum = (...argv: readonly string[]): Promise<Ended> => factumProcess(repository.dir, argv, world.env).ended;
  return {
    repository,
    own,
    factum,
    claim: (statement: string) => factum('claim', statement, '--part', part, '--json'),
    checkpoint: () => readFileSync(join(own, 'public/checkpoint'), 'utf8'),
    async published(...options: readonly string[]) {
      const { exit, out, err } = await factum('ledger', 'publish', '--json', ...options);
      expect(exit, out + err).toBe(0);
      return JSON.parse(out);
    },
    witness: (vkey: string) => witnessProcess(vkey, world.env, onTestFinished),
  };
}

describe.skipIf(lacks('git'))('a ledger', () => {
  test('on a full disk: what was recorded stays, LOG_WRITE, and the next publish completes it', async (context) => {
    const { own, factum, claim, checkpoint, published } = await aScene();
    mkdirSync(join(own, 'public'), { recursive: true });
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', join(own, 'public')]);
    if (mounted.status !== 0) return context.skip('this machine does not let the test mount a small disk');
    onTestFinished(() => void spawnSync('umount', ['-l', join(own, 'public')]));
    expect((await claim('one')).exit).toBe(0);
    await published();
    const [shown, filler] = [checkpoint(), join(own, 'public/filler')];
    expect(() => writeFileSync(filler, Buffer.alloc(2 ** 20))).toThrow('ENOSPC');
    await new Promise((passed) => setTimeout(passed, 1100));
    const two = await claim('two');
    expect(two).toMatchObject({ exit: 3, err: expect.stringMatching(/LOG_WRITE: .*ENOSPC/s) });
    expect(JSON.parse(two.out).claim.statement).toBe('two');
    expect(checkpoint()).toBe(shown);
    expect((await factum('ledger', 'check')).exit).toBe(0);
    rmSync(filler);
    expect(await published()).toMatchObject({ added: 2 });
    expect((await factum('ledger', 'check')).exit).toBe(0);
  });

  test('is published by what records, cosigned by a witness, and said to be unwitnessed when it is gone', async () => {
    const { repository, factum, claim, checkpoint, published, witness } = await aScene();
    expect((await claim('one')).exit).toBe(0);
    const { vkey, origin } = await published();
    expect(checkpoint().split('\n')[0]).toBe(origin);
    expect((await factum('ledger', 'check')).exit).toBe(0);

    const other = await witness(vkey);
    expect(await factum('ledger', 'witness', 'add', other.vkey, other.url)).toMatchObject({ exit: 0 });
    const cosigned = await published();
    expect(cosigned).toMatchObject({ witnesses: [{ name: other.vkey.split('+')[0] }], silent: [] });
    expect(checkpoint()).toContain(`\u2014 ${other.vkey.split('+')[0]} `);
    expect((await factum('ledger', 'witness', 'list')).out).toContain(`cosigned ${cosigned.size} entries at`);

    await other.stop();
    expect((await claim('two')).exit).toBe(0);
    const open = await published();
    expect(open).toMatchObject({ witnesses: [], silent: [{ why: expect.stringContaining('ECONNREFUSED') }] });
    expect(open.size).toBeGreaterThan(cosigned.size);
    expect((await factum('ledger', 'witness', 'list')).out).toContain(`unwitnessed since ${open.unwitnessedSince}`);

    const shown = checkpoint();
    const text = readFileSync(join(repository.dir, 'factum.yaml'), 'utf8');
    repository.write('factum.yaml', text.replace('ledger:\n', 'ledger:\n  require_witness: true\n'));
    expect(await factum('trust', '--trust')).toMatchObject({ exit: 0 });
    await new Promise((passed) => setTimeout(passed, 1100));
    const closed = await claim('three');
    expect(closed).toMatchObject({ exit: 3, err: expect.stringContaining('WITNESS_MISSING') });
    expect(JSON.parse(closed.out).claim.statement).toBe('three');
    expect(checkpoint()).toBe(shown);
  });

  test('that is a restored old copy signs nothing more', async () => {
    const { own, factum, claim, published, witness } = await aScene();
    await claim('one');
    const other = await witness((await published()).vkey);
    await factum('ledger', 'witness', 'add', other.vkey, other.url);
    await published();
    const copy = `${own}-copy`;
    cpSync(own, copy, { recursive: true });
    await claim('two');
    await published();
    rmSync(own, { recursive: true });
    cpSync(copy, own, { recursive: true });
    const head = readFileSync(join(own, 'head'), 'utf8');
    const { exit, err } = await factum('ledger', 'publish');
    expect({ exit, err }).toMatchObject({ exit: 3, err: expect.stringContaining('LEDGER_ROLLED_BACK') });
    expect(readFileSync(join(own, 'head'), 'utf8')).toBe(head);
  });

  test('sends nothing to a witness of a factum.yaml that nobody trusted, and of another user publishes nothing', async () => {
    const { repository, own, claim, published, witness } = await aScene();
    await claim('one');
    const other = await witness((await published()).vkey);
    const named = `ledger:\n  witnesses:\n    - vkey: ${other.vkey}\n      url: ${other.url}\n`;
    repository.write('factum.yaml', configuration + named);
    expect(await published()).toMatchObject({ silent: [{ why: expect.stringContaining('not trusted') }] });
    expect(await published('--trust')).toMatchObject({ silent: [] });

    const stranger = await aWorld();
    onTestFinished(stranger.remove);
    const head = readFileSync(join(own, 'head'), 'utf8');
    const line = ['claim', 'two', '--part', 'file-matches:{"paths":["sums.txt"]}'];
    const { exit, err } = await factumProcess(repository.dir, line, stranger.env).ended;
    expect({ exit, err }).toMatchObject({ exit: 0, err: expect.stringContaining('not published') });
    expect(readFileSync(join(own, 'head'), 'utf8')).toBe(head);
    expect(existsSync(join(stranger.home, '.config/factum/log.seed'))).toBe(false);
  });
});
