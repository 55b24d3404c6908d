import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ClaimView } from '../../src/core/claim/view.ts';
import type { Published } from '../../src/core/ledger/head.ts';
import { folderReader } from '../../src/host/ledger/folder-reader.ts';
import { serveTiles } from '../../src/host/ledger/tile-server.ts';
import { goReadsLog, goReadsReceipts } from '../go-tlog.ts';
import { claimId } from '../make/claim-values.ts';
import { entryMaker, machineKey } from '../make/ledger-entries.ts';
import { storeFiles } from '../make/ledger-files.ts';
import { noteKey } from '../make/note-keys.ts';
import { aPod, enrolled, type TestPod } from '../make/pod.ts';
import { aWorld } from '../make/world.ts';
import { lacks } from '../needs.ts';

// What a stranger makes of a ledger that real commands wrote, with nothing but a copy of it.

/** Claims with different verdicts: two humans, one, a dispute, a withdrawal, nobody. Answers the first, which is verified. */
async function busy(pod: TestPod): Promise<string> {
  await enrolled(pod, [pod.bob, pod.cyd]);
  const [verified, one, disputed, withdrawn] = [
    await pod.claimed(),
    await pod.claimed(),
    await pod.claimed(),
    await pod.claimed(),
  ];
  await pod.claimed();
  for (const person of [pod.ada, pod.bob]) await pod.attested(person, verified, '--confirm');
  await pod.attested(pod.cyd, one, '--confirm');
  await pod.attested(pod.bob, disputed, '--dispute');
  await pod.run(pod.agent, ['withdraw', withdrawn]);
  return verified;
}

async function published(pod: TestPod): Promise<Published> {
  return JSON.parse((await pod.run(pod.ada, ['ledger', 'publish', '--json'])).out);
}

/** A copy of the journal and of what is published: no index, no blobs. */
function copied(pod: TestPod): string {
  const folder = mkdtempSync(join(tmpdir(), 'factum-copy-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const part of ['journal', 'public', 'head']) {
    cpSync(join(pod.repository.dir, '.git/factum', part), join(folder, part), { recursive: true });
  }
  return folder;
}

async function stranger() {
  const world = await aWorld();
  onTestFinished(world.remove);
  const cwd = mkdtempSync(join(tmpdir(), 'factum-stranger-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  return { cwd, factum: (...argv: readonly string[]) => world.factum(cwd, argv) };
}

function verdictsIn(json: string): ReadonlyMap<string, unknown> {
  const { claims } = JSON.parse(json) as { claims: readonly ClaimView[] };
  return new Map(claims.map((claim) => [claim.id, claim]));
}

describe.skipIf(lacks('git', 'sshKeygen'))('a stranger', () => {
  test('gets the verdicts of the index from the entries alone', async () => {
    const pod = await aPod();
    await busy(pod);
    await published(pod);
    const index = verdictsIn((await pod.run(pod.ada, ['list', '--all', '--json'])).out);
    const other = await stranger();
    const { exit, out } = await other.factum('verify', '--from-ledger', copied(pod), '--json');
    expect(exit).toBe(0);
    expect(index.size).toBe(5);
    expect(verdictsIn(out)).toEqual(index);
    const verdicts = [...index.values()].map((claim) => (claim as ClaimView).verdict);
    expect(new Set(verdicts)).toEqual(new Set(['verified', 'supported', 'disputed', 'withdrawn']));
  });

  test('judges a claim that passes on a missing one by what is there, and names the missing one', async () => {
    const made = entryMaker();
    const machine = machineKey();
    for (const n of [1, 2, 3]) await made.claim(machine, { id: claimId(n), relays: claimId(n === 2 ? 1 : 99) });
    await made.look(machine, claimId(3));
    const folder = mkdtempSync(join(tmpdir(), 'factum-partial-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    for (const [path, bytes] of await storeFiles(made.entries, noteKey('partial.example'), made.entries.length)) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    const other = await stranger();
    const { exit, out } = await other.factum('verify', '--from-ledger', folder, '--json');
    expect(exit).toBe(0);
    const { claims } = JSON.parse(out) as { claims: readonly ClaimView[] };
    expect(claims.map(({ verdict, parts }) => [verdict, parts[0]?.because])).toEqual([
      ['hearsay', `it only passes on claim ${claimId(99)}, which this ledger does not have`],
      ['hearsay', `it only passes on claim ${claimId(1)}, which is hearsay`],
      ['supported', '12 tests passed'],
    ]);
    const required = await other.factum('verify', '--from-ledger', folder, '--require', 'supported', '--json');
    expect(required.exit).toBe(1);
    expect(JSON.parse(required.out).below).toEqual([claimId(1), claimId(2)]);
    const asked = await other.factum('verify', '--from-ledger', folder, claimId(99));
    expect(asked).toMatchObject({ exit: 2, err: expect.stringContaining('CLAIM_NOT_FOUND') });
  });

  test('gets none from a ledger with a fault', async () => {
    const pod = await aPod();
    await pod.claimed();
    await published(pod);
    const folder = copied(pod);
    const journal = readFileSync(join(folder, 'journal/000'));
    writeFileSync(join(folder, 'journal/000'), journal.subarray(0, journal.length - 1));
    const { exit, err } = await (await stranger()).factum('verify', '--from-ledger', folder);
    expect(err).toContain('LEDGER_BROKEN');
    expect(exit).toBe(2);
  });

  test.skipIf(lacks('go', 'goNote', 'jq'))('verifies log, receipts and humans with tools of others', async () => {
    const pod = await aPod();
    const claim = await busy(pod);
    const own = join(pod.repository.dir, '.git/factum');
    const { size, origin, vkey } = await published(pod);
    const server = await serveTiles(await folderReader(own), { host: '127.0.0.1', port: 0 });
    onTestFinished(server.close);
    expect(await goReadsLog(server.url, vkey)).toBe(`${origin} ${size} ${size}\n`);

    const folder = join(copied(pod), 'export');
    const { out } = await pod.run(pod.ada, ['ledger', 'export', claim, '--out', folder, '--json']);
    const receipts = (JSON.parse(out).files as string[]).filter((path) => path.endsWith('.tlog-proof'));
    expect(await goReadsReceipts(folder)).toBe(`${receipts.length}\n`);
    const counted = spawnSync('sh', [join(folder, 'verify-humans.sh')], { encoding: 'utf8' });
    expect(counted).toMatchObject({ status: 0, stdout: expect.stringContaining('2 distinct humans') });
    const { out: receipt } = await pod.run(pod.ada, ['ledger', 'prove', claim]);
    expect(receipt).toBe(readFileSync(join(folder, 'claim.json.tlog-proof'), 'utf8'));
    await pod.run(pod.ada, ['ledger', 'export', claim, '--out', folder], { exit: 2 });
  });
});
