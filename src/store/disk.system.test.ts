import { spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { aPolicy } from '../../test/make/claim-values.ts';
import type { LedgerRecord } from '../core/ledger/record.ts';
import { envelopeSigner } from '../host/envelope-signer.ts';
import { machineKeys } from '../host/keys.ts';
import { openStore, type Store } from './store.ts';

const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'factum-disk-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function storeIn(dir: string, keys: string): Store {
  const store = openStore({
    dir,
    keys: machineKeys(keys),
    signerOf: envelopeSigner,
    sha256: (bytes) => hash('sha256', bytes),
    redact: (text) => text,
  });
  onTestFinished(() => store.close());
  return store;
}

function policyOf(pod: string): LedgerRecord {
  const { policy, recordedAt } = aPolicy();
  return { type: 'policy/v0.1', body: { pod, policy, humans: [], recordedAt } };
}

/** Runs `work` as another user, who owns nothing here. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  process.seteuid?.(nobody);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

test('a full disk: JOURNAL_WRITE, what was acknowledged stays, and it goes on when there is room', async (context) => {
  const folder = await temporaryFolder();
  const disk = join(folder, 'disk');
  await mkdir(disk);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
  if (mounted.status !== 0) return context.skip('this machine does not let the test mount a small disk');
  onTestFinished(() => void spawnSync('umount', ['-l', disk]));

  const store = storeIn(join(disk, 'factum'), join(folder, 'keys'));
  let acknowledged = 0;
  const filling = (async () => {
    for (; acknowledged < 5000; acknowledged++) await store.write([policyOf(`pod ${acknowledged}`)]);
  })();
  await expect(filling).rejects.toMatchObject({ code: 'JOURNAL_WRITE' });
  expect(acknowledged).toBeGreaterThan(10);
  for (const pod of [0, acknowledged - 1]) {
    expect(await store.read.policyInForce(`pod ${pod}`), `pod ${pod}`).toBeDefined();
  }

  expect(spawnSync('mount', ['-o', 'remount,size=4m', disk]).status).toBe(0);
  const [receipt] = await store.write([policyOf('after')]);
  expect(receipt?.index).toBeGreaterThanOrEqual(acknowledged);
  const other = storeIn(join(disk, 'factum'), join(folder, 'keys'));
  for (const pod of ['pod 0', `pod ${acknowledged - 1}`, 'after']) {
    expect(await other.read.policyInForce(pod), pod).toBeDefined();
  }
});

test.skipIf(!isRoot)('a folder that this user may only read: reading answers, writing says why not', async () => {
  const folder = await temporaryFolder();
  const dir = join(folder, 'factum');
  await storeIn(dir, join(folder, 'keys')).write([policyOf('core')]);
  const closing = storeIn(dir, join(folder, 'keys'));
  expect(await closing.read.policyInForce('core')).toBeDefined();
  await chmod(folder, 0o755);
  const keys = join(folder, 'keys of nobody');
  await mkdir(keys, { mode: 0o777 });
  await chmod(keys, 0o777);

  await asNobody(async () => {
    const store = storeIn(dir, keys);
    expect(await store.read.policyInForce('core')).toBeDefined();
    await expect(store.write([policyOf('other')])).rejects.toMatchObject({ code: 'JOURNAL_WRITE' });
  });
});

test.skipIf(!isRoot)('a folder of another owner that this user may not read is not an empty ledger', async () => {
  const folder = await temporaryFolder();
  const dir = join(folder, 'factum');
  await storeIn(dir, join(folder, 'keys')).write([policyOf('core')]);
  await chmod(folder, 0o755);
  await chmod(dir, 0o700);
  await asNobody(async () => {
    await expect(storeIn(dir, join(folder, 'no keys')).read.policyInForce('core')).rejects.toMatchObject({
      code: 'JOURNAL_UNREADABLE',
    });
  });
});
