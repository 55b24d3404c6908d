import { describe, expect, test } from 'vitest';
import { claimedIn, enrolledAcross, type TestClone, threeClones } from '../make/clones.ts';
import {
  blobOf,
  envelopesAt,
  envelopesRef,
  plant,
  plumb,
  pointRef,
  rawTree,
  sha256Hex,
  treeWith,
} from '../make/envelope-ref.ts';
import { lacks } from '../needs.ts';
import { factumProcess } from './program.ts';

// Three clones and a bare remote: what one person attests on one machine counts on all others, and a peer can do no harm.

describe.skipIf(lacks('git', 'sshKeygen'))('sync', () => {
  test('two persons on two machines attest, and everybody sees verified', async () => {
    const clones = await threeClones();
    const { ada, bob, cyd } = clones;
    await enrolledAcross(clones);
    const claim = await claimedIn(ada);
    await ada.run(['attest', claim, '--confirm']);
    await ada.sync();
    await bob.sync();
    expect(await bob.shown(claim)).toMatchObject({ verdict: 'supported', confirmations: 1, uncounted: [] });
    await bob.run(['attest', claim, '--confirm']);
    const sent = await bob.sync();
    expect(sent).toMatchObject({ remote: 'origin', received: 0, refused: [] });
    const views = [];
    for (const clone of [cyd, ada, bob]) {
      await clone.sync();
      views.push(await clone.shown(claim));
    }
    expect(views[0]).toMatchObject({ verdict: 'verified', confirmations: 2, uncounted: [] });
    expect(views[1]).toEqual(views[0]);
    expect(views[2]).toEqual(views[0]);
    expect(await ada.sync()).toMatchObject({ received: 0, sent: 0, refused: [] });
  });

  test('clones that claim and sync at once, in processes of their own, lose nothing', async () => {
    const clones = await threeClones();
    const all = [clones.ada, clones.bob, clones.cyd];
    const filed: string[] = [];
    const part = ['--part', 'file-matches:{"paths":["sums.txt"]}'];
    async function worker({ repository, env }: TestClone, n: number): Promise<void> {
      for (let round = 0; round < 3; round++) {
        const claim = await factumProcess(repository.dir, ['claim', `Sums by ${n}.`, ...part, '--json'], env).ended;
        expect(claim.exit, claim.out).toBe(0);
        filed.push(JSON.parse(claim.out).claim.id);
        const synced = await factumProcess(repository.dir, ['sync', '--json'], env).ended;
        expect(synced.exit, synced.err + synced.out).toBe(0);
        expect(JSON.parse(synced.out).refused).toEqual([]);
      }
    }
    await Promise.all([...all, ...all].map(worker));
    expect(new Set(filed).size).toBe(18);
    for (const clone of [...all, ...all]) await clone.sync();
    for (const clone of all) expect(await claimsOf(clone)).toEqual(filed.toSorted());
    const names = [...envelopesAt(clones.remote.dir)].map(([name, content]) => [name, sha256Hex(content)]);
    expect(names.filter(([name, is]) => name !== is)).toEqual([]);
  });

  test('a forged envelope is refused and named, and holds nothing else up', async () => {
    const clones = await threeClones();
    const { ada, bob, cyd, remote } = clones;
    const claim = await claimedIn(ada);
    await ada.sync();
    const [name = '', real = ''] = [...envelopesAt(remote.dir)].find(([, text]) => textOf(text).includes(claim)) ?? [];
    const { payload } = JSON.parse(real);
    const forged = real.replace(payload, Buffer.from(textOf(real).replace('sums', 'suns')).toString('base64'));
    const misnamed = sha256Hex('another');
    plant(
      remote.dir,
      new Map([
        [sha256Hex(forged), forged],
        [misnamed, real],
        [sha256Hex('{}'), '{}'],
      ]),
    );
    const synced = await bob.sync();
    expect(synced.received).toBe(envelopesAt(remote.dir).size);
    expect(codesOf(synced.refused)).toEqual({
      [sha256Hex(forged)]: 'signature-mismatch',
      [misnamed]: 'wrong-name',
      [sha256Hex('{}')]: 'not-an-envelope',
    });
    expect(await bob.shown(claim)).toEqual(await ada.shown(claim));
    // It is not passed on, and the one in whose likeness it was made is still there.
    expect(envelopesAt(remote.dir).has(name)).toBe(true);
    expect(await cyd.sync()).toMatchObject({ received: synced.received, refused: [] });
    const { out } = await bob.run(['sync']);
    expect(out).toContain('0 new here, 0 new at origin.');
  });

  test('what was left in a clone that somebody works in is taken, checked, and passed on by its owner', async () => {
    const { ada, bob, cyd, remote } = await threeClones();
    const claim = await claimedIn(ada);
    const head = plumb(bob.repository.dir, ['rev-parse', 'HEAD']);
    const { sent } = JSON.parse((await ada.run(['sync', bob.repository.dir, '--json'])).out);
    expect(sent).toBeGreaterThan(0);
    plant(bob.repository.dir, new Map([[sha256Hex('{}'), '{}']]));
    expect(await claimsOf(bob)).toEqual([]);
    const taken = await bob.sync();
    expect(taken).toMatchObject({ received: sent, sent });
    expect(codesOf(taken.refused)).toEqual({ [sha256Hex('{}')]: 'not-an-envelope' });
    expect(await bob.shown(claim)).toEqual(await ada.shown(claim));
    expect(envelopesAt(remote.dir)).toEqual(envelopesAt(bob.repository.dir));
    expect(await cyd.sync()).toMatchObject({ received: sent, refused: [] });
    expect(await bob.sync()).toMatchObject({ received: 0, sent: 0, refused: [] });
    // The branch and the files that somebody works on are not touched.
    expect([
      plumb(bob.repository.dir, ['rev-parse', 'HEAD']),
      plumb(bob.repository.dir, ['status', '--short']),
    ]).toEqual([head, '']);
  });

  test('a clone without a remote takes what was left in it from itself', async () => {
    const { ada, bob } = await threeClones();
    const claim = await claimedIn(ada);
    await ada.run(['sync', bob.repository.dir]);
    const { received, refused } = JSON.parse((await bob.run(['sync', '.', '--json'])).out);
    expect({ isAny: received > 0, refused }).toEqual({ isAny: true, refused: [] });
    expect(await bob.shown(claim)).toEqual(await ada.shown(claim));
  });

  test('a ref that was rewritten or deleted loses nothing that a clone has', async () => {
    const { ada, bob, remote } = await threeClones();
    const claim = await claimedIn(ada);
    const { sent } = await ada.sync();
    const before = envelopesAt(remote.dir);
    pointRef(remote.dir, rawTree(remote.dir, []));
    expect(await ada.sync()).toMatchObject({ received: 0, sent });
    expect(envelopesAt(remote.dir)).toEqual(before);
    plumb(remote.dir, ['update-ref', '-d', envelopesRef]);
    expect(await bob.sync()).toMatchObject({ received: 0, sent: 0 });
    expect(await ada.sync()).toMatchObject({ received: 0, sent });
    expect(await bob.sync()).toMatchObject({ received: sent });
    expect(await bob.shown(claim)).toEqual(await ada.shown(claim));
  });

  test('bytes of ours that were replaced under their name are put back', async () => {
    const { ada, bob, remote } = await threeClones();
    await claimedIn(ada);
    await ada.sync();
    const before = envelopesAt(remote.dir);
    const [name = ''] = before.keys();
    const lines = plumb(remote.dir, ['ls-tree', envelopesRef]).split('\n');
    const bad = rawTree(remote.dir, [['100644', name, blobOf(remote.dir, 'replaced')]]);
    const top = lines.map((line) => line.replace(/[0-9a-f]{40}(?=\t)/, line.endsWith(name.slice(0, 2)) ? bad : '$&'));
    pointRef(remote.dir, plumb(remote.dir, ['mktree'], `${top.join('\n')}\n`));
    expect(codesOf((await bob.sync()).refused)).toMatchObject({ [name]: 'wrong-name' });
    await ada.sync();
    expect(envelopesAt(remote.dir)).toEqual(before);
    await bob.sync();
    expect(await claimsOf(bob)).toEqual(await claimsOf(ada));
  });

  test('what can be no envelope is named, whatever its name, mode, size or number', async () => {
    const { ada, bob, remote } = await threeClones();
    const claim = await claimedIn(ada);
    const { sent } = await ada.sync();
    const blob = blobOf(remote.dir, 'x');
    const inside = rawTree(remote.dir, [
      ['100644', '..', blob],
      ['100644', '\u001b[31mred', blob],
      ['120000', nameOf(1), blob],
      ['160000', nameOf(2), 'a'.repeat(40)],
      ['100755', nameOf(3), blob],
      ['40000', nameOf(4), plumb(remote.dir, ['mktree'])],
      ['100644', nameOf(5), blobOf(remote.dir, Buffer.alloc(20_000_000, 65))],
      ['100644', nameOf(7), blob],
      ['100644', nameOf(7), blobOf(remote.dir, 'y')],
    ]);
    const lines = plumb(remote.dir, ['ls-tree', envelopesRef])
      .split('\n')
      .filter((line) => !/\t0[01]$/.test(line));
    const kept = lines.map((line): [string, string, string] => {
      const [, id = '', folder = ''] = /([0-9a-f]{40})\t(..)$/.exec(line) ?? [];
      return ['40000', folder, id];
    });
    const loop = rawTree(remote.dir, [['40000', '00', inside]]);
    const tree = [
      ['100644', '.git', blob],
      ['40000', '00', inside],
      ['40000', '..', loop],
      ['40000', 'GG', inside],
      ['120000', '01', blob],
      ...kept,
    ] as const;
    pointRef(remote.dir, rawTree(remote.dir, tree));
    const synced = await bob.sync();
    expect(codesOf(synced.refused)).toEqual({
      '.git': 'not-a-name',
      '..': 'not-a-name',
      GG: 'not-a-name',
      '01': 'not-a-file',
      '00/..': 'not-a-name',
      '00/\u001b[31mred': 'not-a-name',
      [`00/${nameOf(1)}`]: 'not-a-file',
      [`00/${nameOf(2)}`]: 'not-a-file',
      [`00/${nameOf(3)}`]: 'not-a-file',
      [`00/${nameOf(4)}`]: 'not-a-name',
      [nameOf(5)]: 'too-large',
      [`00/${nameOf(7)}`]: 'name-twice',
    });
    expect((await ada.sync()).refused).toEqual([]);
    expect(synced.received + (await bob.sync()).received).toBe(sent);
    expect(await bob.shown(claim)).toEqual(await ada.shown(claim));
  });

  test('fifty thousand files that are none are named in one answer that a person can read', async () => {
    const { ada, bob, remote } = await threeClones();
    const claim = await claimedIn(ada);
    const { sent } = await ada.sync();
    const blob = blobOf(remote.dir, '\u001b[31m');
    const ours = plumb(remote.dir, ['ls-tree', '-r', envelopesRef]).split('\n');
    const strange = Array.from({ length: 50_000 }, (_, n) => sha256Hex(String(n)));
    const lines = [...strange.map((name) => `100644 blob ${blob}\t${name.slice(0, 2)}/${name}`), ...ours];
    pointRef(remote.dir, treeWith(remote.dir, lines));
    const { out } = await bob.run(['sync']);
    expect(out).toContain(`${sent} new here, 0 new at origin.`);
    expect(out).toContain('49980 more were refused');
    expect(out).not.toContain('\u001b');
    expect(out.split('\n').length).toBeLessThan(80);
    expect(await bob.shown(claim)).toEqual(await ada.shown(claim));
    expect(envelopesAt(remote.dir).size).toBe(sent);
  });
});

function nameOf(n: number): string {
  return `00${n.toString(16).padStart(62, '0')}`;
}

function textOf(envelope: string): string {
  return Buffer.from(JSON.parse(envelope).payload, 'base64').toString();
}

function codesOf(refused: Awaited<ReturnType<TestClone['sync']>>['refused']): Readonly<Record<string, string>> {
  return Object.fromEntries(refused.map(({ name, code }) => [name, code]));
}

async function claimsOf(clone: TestClone): Promise<readonly string[]> {
  const { claims } = JSON.parse((await clone.run(['list', '--all', '--json', '--limit', '1000'])).out);
  return claims.map(({ id }: { id: string }) => id).toSorted();
}
