import { beforeAll, describe, expect, test } from 'vitest';
import { checkLedger } from '../../src/core/ledger/check/check.ts';
import { type FindingCode, findingCodes } from '../../src/core/ledger/check/finding.ts';
import { parseTlogPolicy } from '../../src/core/ledger/tlog-policy.ts';
import { envelopeSigner } from '../../src/host/envelope-signer.ts';
import { nodeSignatures } from '../../src/host/signatures.ts';
import { logFiles, readerOf, signedCheckpoint, storeFiles } from '../make/ledger-files.ts';
import { noteKey } from '../make/note-keys.ts';
import { sha256 } from '../make/trees.ts';
import {
  ada,
  bob,
  honest,
  policyOf,
  rootOfSome,
  type Scene,
  signedAnew,
  storeWithBlob,
  type Tampered,
  tamperings,
} from './tamperings.ts';

// Every tampering with a ledger, in memory, and the check that must find it. A fault that nobody finds fails here.

let scene: Scene;
beforeAll(async () => {
  const log = noteKey('pod-0badf00d.factum.internal');
  const witness = noteKey('witness.example', 0x04);
  const { entries } = await honest();
  const files = await logFiles(entries, log, [witness]);
  scene = {
    log,
    entries,
    files,
    older: await logFiles(entries.slice(0, 200), log, [witness]),
    store: await storeFiles(entries, log, entries.length),
    checkpoint: new TextDecoder().decode(files.get('checkpoint')),
    policy: policyOf(log.key, witness.key),
    published: async (others) => ({ files: await logFiles(others, log) }),
  };
});

function check({ files, layout, seen, policy, ...rest }: Tampered) {
  const known = seen === undefined ? [] : [{ place: 'what was seen before', note: seen }];
  const parsed = policy === undefined ? undefined : parseTlogPolicy(policy, sha256);
  if (parsed !== undefined && 'refused' in parsed) throw new Error(parsed.refused);
  const reader = readerOf(files, layout);
  const asked = { ...rest, ...(parsed === undefined ? {} : { policy: parsed }) };
  const ports = { sha256, signatures: nodeSignatures, signerOf: envelopeSigner };
  return checkLedger({ reader, seen: () => Promise.resolve(known), ...asked }, ports);
}

describe('a ledger that nobody touched', () => {
  test('has nothing to find', async () => {
    const found = await check({
      files: scene.files,
      seen: await signedCheckpoint(scene.log, 200, rootOfSome(scene, 200)),
      policy: scene.policy,
    });
    expect(found).toMatchObject({ findings: [], faults: 0, notices: 0, continues: 1, unpublished: 0 });
    expect(found.checkpoint).toMatchObject({ origin: scene.log.key.name, size: 300 });
    expect(found.envelopes + found.twins).toBe(300);
  });

  test('neither has a store with entries that are not published yet, the last of them half written', async () => {
    const store = await storeFiles(scene.entries, scene.log, 260);
    const torn = new Map(store).set('journal/001', new Uint8Array([...(store.get('journal/001') ?? []), 9, 9, 9]));
    expect(await check({ files: torn, layout: 'store' })).toMatchObject({ findings: [], unpublished: 40 });
  });

  test.each([
    ['kept', ['bytes', 'salt']],
    ['missing', []],
    ['missing', ['bytes']],
    // A mark that anybody can make: only an entry tells of an erasure.
    ['missing', ['mark']],
  ] as const)('neither has a store in which what a look kept is %s (there: %j)', async (state, parts) => {
    const counts = { kept: 0, erased: 0, missing: 0, damaged: 0, [state]: 1 };
    const found = await check({ files: await storeWithBlob(scene.log, parts), layout: 'store' });
    expect(found).toMatchObject({ findings: [], artifacts: counts });
  });

  test('neither has one without entries', async () => {
    expect(await check({ files: await logFiles([], scene.log) })).toMatchObject({ findings: [], envelopes: 0 });
  });

  test('neither has a log that serves full tiles in place of parts of them', async () => {
    const wider = new Map(await logFiles(scene.entries.slice(0, 256), scene.log));
    const narrow = await signedCheckpoint(scene.log, 200, rootOfSome(scene, 200));
    expect(await check({ files: wider.set('checkpoint', new TextEncoder().encode(narrow)) })).toMatchObject({
      findings: [],
    });
  });
});

describe('is found:', () => {
  test.each(tamperings)('$name ($found)', async ({ found, got, tamper }) => {
    const { findings, faults: broken, notices } = await check(await tamper(scene));
    const all = findings.map(({ code, got: what = '' }) => `${code}: ${what}`);
    expect(all).toContainEqual(expect.stringMatching(new RegExp(`^${found}: .*${got}`)));
    expect(broken + notices).toBe(findings.length);
    for (const each of findings) expect(each.what).toBe(findingCodes[each.code as FindingCode]);
  });

  test('every finding there is has a fault that it finds', () => {
    expect(new Set(tamperings.map(({ found }) => found))).toEqual(new Set(Object.keys(findingCodes)));
  });

  test('a key that was removed later takes nothing back', async () => {
    const after = await signedAnew((made) => made.keyEntry('remove', bob, ada, { holder: 'bob' }))(scene);
    expect(await check(after)).toMatchObject({ findings: [] });
  });
});

test('sizes of interest lead to the root of the naive tree', async () => {
  for (const size of [1, 2, 255, 256, 257, 299, 300]) {
    const found = await check({ files: await logFiles(scene.entries.slice(0, size), scene.log) });
    expect(found.findings.filter(({ level }) => level === 'fault')).toEqual([]);
    expect(found.checkpoint?.root).toBe(Buffer.from(rootOfSome(scene, size)).toString('hex'));
  }
});
