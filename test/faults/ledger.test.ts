import { beforeAll, describe, expect, test } from 'vitest';
import type { AnchorRequest } from '../../src/core/ledger/check/anchors.ts';
import { checkLedger } from '../../src/core/ledger/check/check.ts';
import { type FindingCode, findingCodes } from '../../src/core/ledger/check/finding.ts';
import type { EnvelopeKey } from '../../src/core/ledger/dsse.ts';
import { parseTlogPolicy, type TlogPolicy } from '../../src/core/ledger/tlog-policy.ts';
import { formatVkey } from '../../src/core/ledger/vkey.ts';
import { envelopeSigner } from '../../src/host/envelope-signer.ts';
import { nodeSignatures } from '../../src/host/signatures.ts';
import { aLook, claimId } from '../make/claim-values.ts';
import { entryMaker, humanKey, machineKey } from '../make/ledger-entries.ts';
import { type LedgerFiles, logFiles, readerOf, signedCheckpoint, storeFiles } from '../make/ledger-files.ts';
import { blobFiles, keptArtifact } from '../make/kept-blob.ts';
import { noteKey } from '../make/note-keys.ts';
import { passkeyScope, passkeySigner } from '../make/ssh-signer.ts';
import { naiveRoot, sha256 } from '../make/trees.ts';

// Every tampering with a ledger, and the check that must find it. A fault that nobody finds fails here.

const log = noteKey('pod-0badf00d.factum.internal');
const witness = noteKey('witness.example', 0x04);
const [machine, stranger] = [machineKey(), machineKey()];
const [ada, adaToo, bob, agentKey] = [humanKey(), humanKey(), humanKey(), humanKey()];
const [passkey, elsewhere] = [humanKey(passkeySigner()), humanKey(passkeySigner())];

type Maker = ReturnType<typeof entryMaker>;

/** Two claims of ada and of an agent, seen by an enrolled machine and confirmed by two enrolled persons; a passkey, too. */
async function honest(): Promise<Maker> {
  const made = entryMaker();
  await made.keyEntry('request', ada, ada, { holder: 'ada' });
  await made.keyEntry('request', bob, bob, { holder: 'bob' });
  await made.keyEntry('enroll', bob, ada, { holder: 'bob' });
  await made.keyEntry('request', machine, machine, { holder: 'laptop' });
  await made.keyEntry('enroll', machine, ada, { holder: 'laptop' });
  await made.keyEntry('request', adaToo, adaToo, { holder: 'ada' });
  await made.keyEntry('enroll', adaToo, bob, { holder: 'ada' });
  await made.keyEntry('request', passkey, passkey, { holder: 'cyd', passkey: passkeyScope });
  await made.keyEntry('enroll', passkey, ada, { holder: 'cyd', passkey: passkeyScope });
  await made.claim(machine);
  made.twin();
  await made.claim(machine, { id: claimId(2), claimant: { kind: 'human', id: 'ada' } });
  made.twin();
  await made.look(machine);
  made.twin();
  await made.attest(ada, 'ada');
  await made.attest(bob, 'bob');
  await made.attest(passkey, 'cyd');
  // More than one bundle, so that there are full tiles and partial ones.
  for (let n = 3; made.entries.length < 300; n++) {
    await made.claim(machine, { id: claimId(n) });
    made.twin();
  }
  return made;
}

let entries: readonly Uint8Array[] = [];
let files: LedgerFiles = new Map();
let checkpoint = '';
beforeAll(async () => {
  entries = (await honest()).entries;
  files = await logFiles(entries, log, [witness]);
  checkpoint = new TextDecoder().decode(files.get('checkpoint'));
});

interface Tampered {
  readonly files: LedgerFiles;
  readonly layout?: 'store' | 'log';
  /** What was seen of the log before. */
  readonly seen?: string;
  readonly policy?: TlogPolicy;
  readonly vkey?: string;
}

function check({ files: tampered, layout, seen, ...rest }: Tampered) {
  const known = seen === undefined ? [] : [{ place: 'what was seen before', note: seen }];
  const request: AnchorRequest = { reader: readerOf(tampered, layout), seen: () => Promise.resolve(known), ...rest };
  return checkLedger(request, { sha256, signatures: nodeSignatures, signerOf: envelopeSigner });
}

function policyOf(quorum: string): TlogPolicy {
  const lines = [`log ${formatVkey(log.key)}`, `witness w ${formatVkey(witness.key)}`, `quorum ${quorum}`, ''];
  const policy = parseTlogPolicy(lines.join('\n'), sha256);
  if ('refused' in policy) throw new Error(policy.refused);
  return policy;
}

function flipped(path: string, at: number): LedgerFiles {
  const bytes = files.get(path)?.slice();
  if (bytes === undefined) throw new Error(`no ${path}`);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return new Map(files).set(path, bytes);
}

function without(path: string): LedgerFiles {
  const left = new Map(files);
  if (!left.delete(path)) throw new Error(`no ${path}`);
  return left;
}

/** Another history that the log's own key signs: nothing but what it says gives it away. */
async function signedAnew(change: (made: Maker) => Promise<unknown>): Promise<Tampered> {
  const made = await honest();
  await change(made);
  return { files: await logFiles(made.entries, log) };
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const rootOfSome = (count: number): Uint8Array => naiveRoot(entries.slice(0, count).map(leaf));
const leaf = (entry: Uint8Array): Uint8Array => sha256(Buffer.concat([Uint8Array.of(0), entry]));
const older = (): Promise<LedgerFiles> => logFiles(entries.slice(0, 200), log, [witness]);
const withCheckpoint = (note: string): LedgerFiles => new Map(files).set('checkpoint', encode(note));

interface Fault {
  readonly name: string;
  readonly found: FindingCode;
  /** What the finding says it got. */
  readonly got: string;
  tamper(): Promise<Tampered>;
}

function fault(
  name: string,
  found: FindingCode | readonly [FindingCode, got: string],
  tamper: () => Tampered | Promise<Tampered>,
): Fault {
  const [code, got] = typeof found === 'string' ? [found, ''] : found;
  return { name, found: code, got, tamper: async () => tamper() };
}

/** What stands below a record of another claim, or of another key. */
function bound(made: Maker, claim: string, to: string, key: EnvelopeKey): Promise<unknown> {
  const statement = made.statement({ type: 'human-attestation/v0.1', body: made.attestation('bob', { claim }) });
  const other = made.statement({ type: 'human-attestation/v0.1', body: made.attestation('bob', { claim: to }) });
  return made.addStatement({ ...statement, subject: other.subject }, key);
}

const faults: readonly Fault[] = [
  fault('the tail is cut', 'bundle-missing', async () => ({
    files: new Map([...(await older()), ['checkpoint', files.get('checkpoint') ?? new Uint8Array()]]),
  })),
  fault('the tail of the journal is cut', 'bundle-missing', async () => {
    const store = await storeFiles(entries, log, entries.length);
    return { files: new Map(store).set('journal/001', new Uint8Array()), layout: 'store' };
  }),
  fault('the log is cut to an older checkpoint', 'log-shrank', async () => ({
    files: await older(),
    seen: checkpoint,
  })),
  fault('two entries are swapped', 'root-mismatch', async () => {
    const swapped = entries.map((entry, at) => entries[at === 9 ? 11 : at === 11 ? 9 : at] ?? entry);
    const tampered = await logFiles(swapped, log);
    return { files: tampered.set('checkpoint', encode(checkpoint)) };
  }),
  fault('a bit is flipped in an entry', 'signature-refused', () => ({ files: flipped('tile/entries/000', 400) })),
  fault('a bit is flipped in an entry, and every hash made again', 'root-mismatch', async () => {
    const changed = entries.map((entry, at) =>
      at === 20 ? entry.map((byte, n) => (n === 99 ? byte ^ 1 : byte)) : entry,
    );
    return { files: (await logFiles(changed, log)).set('checkpoint', encode(checkpoint)) };
  }),
  fault('a bit is flipped in a bundle', 'bundle-form', () => ({ files: flipped('tile/entries/000', 0) })),
  fault('bytes are put behind a bundle', 'bundle-form', () => {
    const bundle = files.get('tile/entries/000') ?? new Uint8Array();
    return { files: new Map(files).set('tile/entries/000', new Uint8Array([...bundle, 0, 0])) };
  }),
  fault('a bit is flipped in a full tile', 'tile-mismatch', () => ({ files: flipped('tile/0/000', 77) })),
  fault('a bit is flipped in a partial tile', 'tile-mismatch', () => ({ files: flipped('tile/0/001.p/44', 9) })),
  fault('a bit is flipped in a tile above', 'tile-mismatch', () => ({ files: flipped('tile/1/000.p/1', 0) })),
  fault('a bit is flipped in what a store serves', 'tile-mismatch', async () => {
    const store = await storeFiles(entries, log, entries.length);
    const bundle = store.get('public/tile/entries/000')?.map((byte, at) => (at === 500 ? byte ^ 1 : byte));
    return { files: new Map(store).set('public/tile/entries/000', bundle ?? new Uint8Array()), layout: 'store' };
  }),
  fault('a tile is gone', 'tile-missing', () => ({ files: without('tile/0/000') })),
  fault('a bit is flipped in the checkpoint', 'checkpoint-signature', () => ({
    files: withCheckpoint(checkpoint.replace('\n300\n', '\n301\n')),
  })),
  fault('the checkpoint is something else', 'checkpoint-form', () => ({ files: withCheckpoint('gone\n') })),
  fault('the checkpoint is gone', 'no-checkpoint', () => ({ files: without('checkpoint') })),
  fault('the key of the log is gone', 'no-key', () => ({ files: without('vkey') })),
  fault('the log shows another key', 'key-mismatch', () => ({
    files: new Map(files).set('vkey', encode(formatVkey(noteKey(log.key.name).key))),
    vkey: formatVkey(log.key),
  })),
  fault('another key signs under the same name', 'checkpoint-signature', async () => ({
    files: withCheckpoint(await signedCheckpoint(noteKey(log.key.name), 300, rootOfSome(300))),
  })),
  fault('a wrong root is signed', 'root-mismatch', async () => ({
    files: withCheckpoint(await signedCheckpoint(log, 300, rootOfSome(299))),
  })),
  fault('the head of the store is another than the published one', 'root-mismatch', async () => {
    const store = await storeFiles(entries, log, entries.length);
    const other = await signedCheckpoint(log, 300, rootOfSome(250));
    return { files: new Map(store).set('head', encode(JSON.stringify({ checkpoint: other }))), layout: 'store' };
  }),
  fault('there are two heads of one size', 'fork', async () => ({
    files,
    seen: await signedCheckpoint(log, 300, rootOfSome(299)),
  })),
  fault('the history before a checkpoint is another', 'fork', async () => ({
    files,
    seen: await signedCheckpoint(log, 100, rootOfSome(99)),
  })),
  fault('an old copy is restored, and a witness knows more', 'log-shrank', async () => ({
    files: await older(),
    seen: checkpoint,
    policy: policyOf('w'),
  })),
  fault('no witness has seen the checkpoint', ['policy-refused', 'quorum-missed'], async () => ({
    files: await logFiles(entries, log),
    policy: policyOf('w'),
  })),
  fault('an entry is no envelope', 'entry-form', () => signedAnew(async ({ entries: own }) => own.push(encode('{}')))),
  fault('an entry is empty', 'entry-form', () => signedAnew(async ({ entries: own }) => own.push(new Uint8Array()))),
  fault('an envelope holds no statement', 'statement-form', () =>
    signedAnew((made) => made.addStatement({ ...made.statement(claimOf(made)), subject: [] }, machine)),
  ),
  fault('an attestation is moved to another claim', 'wrong-subject', () =>
    signedAnew((made) => bound(made, claimId(1), claimId(2), bob)),
  ),
  fault('an attestation is moved to another claim, its subject too', 'wrong-claim-leaf', () =>
    signedAnew((made) =>
      made.attest(bob, 'bob', {
        claim: claimId(2),
        claimLeaf: made.attestation('bob', { claim: claimId(1) }).claimLeaf,
      }),
    ),
  ),
  fault("an attestation's envelope is rewritten for another claim", 'signature-refused', () =>
    signedAnew(async ({ entries: own }) => {
      const envelope = JSON.parse(new TextDecoder().decode(own.at(16))) as { payload: string };
      const body = Buffer.from(envelope.payload, 'base64').toString().replaceAll(claimId(1), claimId(2));
      own.push(encode(JSON.stringify({ ...envelope, payload: Buffer.from(body).toString('base64') })));
    }),
  ),
  fault('evidence is pushed by a machine that nobody vouches for', ['unvouched-machine', 'vouches'], () =>
    signedAnew((made) => made.look(stranger)),
  ),
  fault('evidence is pushed by force for a claim that was rewritten', 'wrong-subject', () =>
    signedAnew(async (made) => {
      const other = entryMaker();
      await other.claim(machine, { statement: 'The build is green.' });
      await made.addStatement(other.statement({ type: 'verification/v0.1', body: lookAt(claimId(1)) }), machine);
    }),
  ),
  fault('evidence is pushed for a claim that is not there', 'claim-missing', () =>
    signedAnew(async (made) => {
      const other = entryMaker();
      await other.claim(machine, { id: claimId(9_999) });
      await made.addStatement(other.statement({ type: 'verification/v0.1', body: lookAt(claimId(9_999)) }), machine);
    }),
  ),
  fault('a claim is replaced by one with the same id', 'claim-twice', () =>
    signedAnew((made) => made.claim(machine, { statement: 'The build is green.' })),
  ),
  fault('one person attests with two keys', 'same-person', () => signedAnew((made) => made.attest(adaToo, 'ada'))),
  fault('the claimant attests', 'own-attestation', () =>
    signedAnew((made) => made.attest(ada, 'ada', { claim: claimId(2) })),
  ),
  fault('an agent attests with the key of its machine', 'attestation-by-machine', () =>
    signedAnew((made) => made.attest(machine, 'bob')),
  ),
  fault('an agent attests with a key of its own', 'attestation-by-agent', () =>
    signedAnew((made) => made.attest(agentKey, 'claude', { person: { kind: 'agent', id: 'claude' } })),
  ),
  fault('somebody who is not enrolled attests', ['attestation-uncounted', 'not enrolled'], () =>
    signedAnew((made) => made.attest(humanKey(), 'dan')),
  ),
  fault('somebody attests to another look sheet', ['attestation-uncounted', 'look sheet'], () =>
    signedAnew((made) => made.attest(bob, 'bob', { shownDigest: 'ab'.repeat(32) })),
  ),
  fault("somebody attests in another's name", ['attestation-uncounted', 'that of bob'], () =>
    signedAnew((made) => made.attest(bob, 'ada')),
  ),
  fault('a key attests after it was removed', ['attestation-uncounted', 'removed'], () =>
    signedAnew(async (made) => {
      await made.keyEntry('remove', bob, ada, { holder: 'bob' });
      await made.attest(bob, 'bob');
    }),
  ),
  fault('the signature was made for another namespace', ['signature-refused', 'namespace-mismatch'], () =>
    signedAnew((made) => made.attest(humanKey(undefined, 'git'), 'bob')),
  ),
  fault('a passkey signs on a page of another origin', ['signature-refused', 'origin-mismatch'], () =>
    signedAnew((made) =>
      made.attest(humanKey(passkeySigner({ clientData: { origin: 'https://evil.example' } })), 'cyd'),
    ),
  ),
  fault('a passkey signs without verifying its user', ['signature-refused', 'user-not-verified'], () =>
    signedAnew((made) => made.attest(humanKey(passkeySigner({ flags: 1 })), 'cyd')),
  ),
  fault('a passkey signs that is enrolled for another page', ['attestation-uncounted', 'another page'], () =>
    signedAnew(async (made) => {
      const scope = { origin: 'https://pod.example', rpId: 'pod.example' };
      await made.keyEntry('request', elsewhere, elsewhere, { holder: 'dan', passkey: scope });
      await made.keyEntry('enroll', elsewhere, ada, { holder: 'dan', passkey: scope });
      await made.attest(elsewhere, 'dan');
    }),
  ),
  fault('a byte of what a look kept is another', 'artifact-damaged', async () => {
    const store = await storeWithBlob(['bytes', 'salt']);
    return { files: store.set(blobFiles.bytes[0], encode('green!')), layout: 'store' };
  }),
  fault('a byte of a twin leaf is another', 'twin-mismatch', () =>
    signedAnew(async ({ entries: own }) => {
      const twin = own.at(-1) ?? new Uint8Array();
      own[own.length - 1] = encode(`${new TextDecoder().decode(twin)} `);
    }),
  ),
  fault('a twin leaf stands behind no envelope of its own', 'twin-mismatch', () =>
    signedAnew(async ({ entries: own }) => own.push(own.at(-1) ?? new Uint8Array())),
  ),
];

/** A store whose last look names an artifact, with these of its files. */
async function storeWithBlob(parts: readonly (keyof typeof blobFiles)[]): Promise<LedgerFiles> {
  const made = await honest();
  await made.add({ type: 'verification/v0.1', body: { ...lookAt(claimId(1)), artifacts: [keptArtifact] } }, machine);
  const store = await storeFiles(made.entries, log, made.entries.length);
  return new Map([...store, ...parts.map((part) => blobFiles[part])]);
}

function claimOf({ statement }: Maker): Parameters<typeof statement>[0] {
  return { type: 'withdrawal/v0.1', body: { claim: claimId(1), by: { kind: 'bot', id: 'x' }, withdrawnAt: at } };
}
const at = '2026-01-01T00:00:00.000Z';

function lookAt(claim: string) {
  return { ...aLook(), claim };
}

describe('a ledger that nobody touched', () => {
  test('has nothing to find', async () => {
    const found = await check({
      files,
      seen: await signedCheckpoint(log, 200, rootOfSome(200)),
      policy: policyOf('w'),
    });
    expect(found).toMatchObject({ findings: [], faults: 0, notices: 0, continues: 1, unpublished: 0 });
    expect(found.checkpoint).toMatchObject({ origin: log.key.name, size: 300 });
    expect(found.envelopes + found.twins).toBe(300);
  });

  test('neither has a store with entries that are not published yet, the last of them half written', async () => {
    const store = await storeFiles(entries, log, 260);
    const torn = new Map(store).set('journal/001', new Uint8Array([...(store.get('journal/001') ?? []), 9, 9, 9]));
    expect(await check({ files: torn, layout: 'store' })).toMatchObject({ findings: [], unpublished: 40 });
  });

  test.each([
    ['kept', ['bytes', 'salt']],
    ['missing', []],
    ['missing', ['bytes']],
    ['erased', ['mark']],
  ] as const)('neither has a store in which what a look kept is %s (there: %j)', async (state, parts) => {
    const counts = { kept: 0, erased: 0, missing: 0, damaged: 0, [state]: 1 };
    const found = await check({ files: await storeWithBlob(parts), layout: 'store' });
    expect(found).toMatchObject({ findings: [], artifacts: counts });
  });

  test('neither has one without entries', async () => {
    expect(await check({ files: await logFiles([], log) })).toMatchObject({ findings: [], envelopes: 0 });
  });

  test('neither has a log that serves full tiles in place of parts of them', async () => {
    const wider = new Map(await logFiles(entries.slice(0, 256), log));
    const narrow = await signedCheckpoint(log, 200, rootOfSome(200));
    expect(await check({ files: wider.set('checkpoint', encode(narrow)) })).toMatchObject({ findings: [] });
  });
});

describe('is found:', () => {
  test.each(faults)('$name ($found)', async ({ found, got, tamper }) => {
    const { findings, faults: broken, notices } = await check(await tamper());
    const all = findings.map(({ code, got: what = '' }) => `${code}: ${what}`);
    expect(all).toContainEqual(expect.stringMatching(new RegExp(`^${found}: .*${got}`)));
    expect(broken + notices).toBe(findings.length);
    for (const each of findings) expect(each.what).toBe(findingCodes[each.code as FindingCode]);
  });

  test('every finding there is has a fault that it finds', () => {
    expect(new Set(faults.map(({ found }) => found))).toEqual(new Set(Object.keys(findingCodes)));
  });

  test('a key that was removed later takes nothing back', async () => {
    const after = await signedAnew((made) => made.keyEntry('remove', bob, ada, { holder: 'bob' }));
    expect(await check(after)).toMatchObject({ findings: [] });
  });
});

test('sizes of interest lead to the root of the naive tree', async () => {
  for (const size of [1, 2, 255, 256, 257, 299, 300]) {
    const found = await check({ files: await logFiles(entries.slice(0, size), log) });
    expect(found.findings.filter(({ level }) => level === 'fault')).toEqual([]);
    expect(found.checkpoint?.root).toBe(Buffer.from(rootOfSome(size)).toString('hex'));
  }
});
