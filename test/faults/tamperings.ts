import type { FindingCode } from '../../src/core/ledger/check/finding.ts';
import type { EnvelopeKey } from '../../src/core/ledger/dsse.ts';
import { leafHashOf } from '../../src/core/ledger/merkle.ts';
import { formatVkey, type VerifierKey } from '../../src/core/ledger/vkey.ts';
import { aLook, claimId } from '../make/claim-values.ts';
import { entryMaker, humanKey, machineKey } from '../make/ledger-entries.ts';
import { type LedgerFiles, logFiles, signedCheckpoint, storeFiles } from '../make/ledger-files.ts';
import { blobFiles, keptArtifact } from '../make/kept-blob.ts';
import { type NoteKey, noteKey } from '../make/note-keys.ts';
import { passkeyScope, passkeySigner } from '../make/ssh-signer.ts';
import { naiveRoot, sha256 } from '../make/trees.ts';

// Every tampering with a ledger, and the check that must find it.

const [machine, stranger] = [machineKey(), machineKey()];
export const [ada, bob] = [humanKey(), humanKey()];
const [adaToo, agentKey] = [humanKey(), humanKey()];
const [passkey, elsewhere] = [humanKey(passkeySigner()), humanKey(passkeySigner())];

type Maker = ReturnType<typeof entryMaker>;

/** Two claims of ada and of an agent, seen by an enrolled machine and confirmed by two enrolled persons; a passkey, too. */
export async function honest(): Promise<Maker> {
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

/** One honest history, and what its log shows. */
export interface Scene {
  /** Whoever tampers has the log's key, too. */
  readonly log: NoteKey;
  readonly entries: readonly Uint8Array[];
  /** Of all entries, cosigned by the witness; `older`: of the first 200. */
  readonly files: LedgerFiles;
  readonly older: LedgerFiles;
  /** The same in Factum's own folder. */
  readonly store: LedgerFiles;
  readonly checkpoint: string;
  /** A tlog-policy that wants the witness. */
  readonly policy: string;
  /** What the log shows of another history. */
  published(entries: readonly Uint8Array[]): Promise<Tampered>;
}

export interface Tampered {
  readonly files: LedgerFiles;
  readonly layout?: 'store' | 'log';
  /** What was seen of the log before. */
  readonly seen?: string;
  /** A tlog-policy. */
  readonly policy?: string;
  readonly vkey?: string;
}

export function policyOf(log: VerifierKey, witness: VerifierKey): string {
  return `log ${formatVkey(log)}\nwitness w ${formatVkey(witness)}\nquorum w\n`;
}

/** A fault that nobody finds fails its suite. */
export interface Tampering {
  readonly name: string;
  readonly found: FindingCode;
  /** What the finding says it got. */
  readonly got: string;
  tamper(scene: Scene): Tampered | Promise<Tampered>;
}

function fault(
  name: string,
  found: FindingCode | readonly [FindingCode, got: string],
  tamper: Tampering['tamper'],
): Tampering {
  const [code, got] = typeof found === 'string' ? [found, ''] : found;
  return { name, found: code, got, tamper };
}

/** What stands below a record of another claim, or of another key. */
function bound(made: Maker, claim: string, to: string, key: EnvelopeKey): Promise<unknown> {
  const statement = made.statement({ type: 'human-attestation/v0.1', body: made.attestation('bob', { claim }) });
  const other = made.statement({ type: 'human-attestation/v0.1', body: made.attestation('bob', { claim: to }) });
  return made.addStatement({ ...statement, subject: other.subject }, key);
}

function flipped({ files }: Scene, path: string, at: number): LedgerFiles {
  const bytes = files.get(path)?.slice();
  if (bytes === undefined) throw new Error(`no ${path}`);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return new Map(files).set(path, bytes);
}

function without({ files }: Scene, path: string): LedgerFiles {
  const left = new Map(files);
  if (!left.delete(path)) throw new Error(`no ${path}`);
  return left;
}

/** Another history that the log's own key signs: nothing but what it says gives it away. */
export function signedAnew(change: (made: Maker) => Promise<unknown>): Tampering['tamper'] {
  return async (scene) => {
    const made = await honest();
    await change(made);
    return scene.published(made.entries);
  };
}

/** Root of the first entries. */
export function rootOfSome({ entries }: Pick<Scene, 'entries'>, count: number): Uint8Array {
  return naiveRoot(entries.slice(0, count).map((entry) => leafHashOf(entry, sha256)));
}

function withCheckpoint({ files }: Scene, note: string): LedgerFiles {
  return new Map(files).set('checkpoint', encode(note));
}

export const tamperings: readonly Tampering[] = [
  fault('the tail is cut', 'bundle-missing', async (scene) => ({
    files: new Map([...scene.older, ['checkpoint', scene.files.get('checkpoint') ?? new Uint8Array()]]),
  })),
  fault('the tail of the journal is cut', 'bundle-missing', async (scene) => {
    const store = scene.store;
    return { files: new Map(store).set('journal/001', new Uint8Array()), layout: 'store' };
  }),
  fault('the log is cut to an older checkpoint', 'log-shrank', async (scene) => ({
    files: scene.older,
    seen: scene.checkpoint,
  })),
  fault('two entries are swapped', 'root-mismatch', async (scene) => {
    const swapped = scene.entries.map((entry, at) => scene.entries[at === 9 ? 11 : at === 11 ? 9 : at] ?? entry);
    const tampered = await logFiles(swapped, scene.log);
    return { files: tampered.set('checkpoint', encode(scene.checkpoint)) };
  }),
  fault('a bit is flipped in an entry', 'signature-refused', (scene) => ({
    files: flipped(scene, 'tile/entries/000', 400),
  })),
  fault('a bit is flipped in an entry, and every hash made again', 'root-mismatch', async (scene) => {
    const changed = scene.entries.map((entry, at) =>
      at === 20 ? entry.map((byte, n) => (n === 99 ? byte ^ 1 : byte)) : entry,
    );
    return { files: (await logFiles(changed, scene.log)).set('checkpoint', encode(scene.checkpoint)) };
  }),
  fault('a bit is flipped in a bundle', 'bundle-form', (scene) => ({ files: flipped(scene, 'tile/entries/000', 0) })),
  fault('bytes are put behind a bundle', 'bundle-form', (scene) => {
    const bundle = scene.files.get('tile/entries/000') ?? new Uint8Array();
    return { files: new Map(scene.files).set('tile/entries/000', new Uint8Array([...bundle, 0, 0])) };
  }),
  fault('a bit is flipped in a full tile', 'tile-mismatch', (scene) => ({ files: flipped(scene, 'tile/0/000', 77) })),
  fault('a bit is flipped in a partial tile', 'tile-mismatch', (scene) => ({
    files: flipped(scene, 'tile/0/001.p/44', 9),
  })),
  fault('a bit is flipped in a tile above', 'tile-mismatch', (scene) => ({
    files: flipped(scene, 'tile/1/000.p/1', 0),
  })),
  fault('a bit is flipped in what a store serves', 'tile-mismatch', async (scene) => {
    const store = scene.store;
    const bundle = store.get('public/tile/entries/000')?.map((byte, at) => (at === 500 ? byte ^ 1 : byte));
    return { files: new Map(store).set('public/tile/entries/000', bundle ?? new Uint8Array()), layout: 'store' };
  }),
  fault('a tile is gone', 'tile-missing', (scene) => ({ files: without(scene, 'tile/0/000') })),
  fault('a bit is flipped in the checkpoint', 'checkpoint-signature', (scene) => ({
    files: withCheckpoint(scene, scene.checkpoint.replace('\n300\n', '\n301\n')),
  })),
  fault('the checkpoint is something else', 'checkpoint-form', (scene) => ({ files: withCheckpoint(scene, 'gone\n') })),
  fault('the checkpoint is gone', 'no-checkpoint', (scene) => ({ files: without(scene, 'checkpoint') })),
  fault('the key of the log is gone', 'no-key', (scene) => ({ files: without(scene, 'vkey') })),
  fault('the log shows another key', 'key-mismatch', (scene) => ({
    files: new Map(scene.files).set('vkey', encode(formatVkey(noteKey(scene.log.key.name).key))),
    vkey: formatVkey(scene.log.key),
  })),
  fault('another key signs under the same name', 'checkpoint-signature', async (scene) => ({
    files: withCheckpoint(scene, await signedCheckpoint(noteKey(scene.log.key.name), 300, rootOfSome(scene, 300))),
  })),
  fault('a wrong root is signed', 'root-mismatch', async (scene) => ({
    files: withCheckpoint(scene, await signedCheckpoint(scene.log, 300, rootOfSome(scene, 299))),
  })),
  fault('the head of the store is another than the published one', 'root-mismatch', async (scene) => {
    const store = scene.store;
    const other = await signedCheckpoint(scene.log, 300, rootOfSome(scene, 250));
    return { files: new Map(store).set('head', encode(JSON.stringify({ checkpoint: other }))), layout: 'store' };
  }),
  fault('there are two heads of one size', 'fork', async (scene) => ({
    files: scene.files,
    seen: await signedCheckpoint(scene.log, 300, rootOfSome(scene, 299)),
  })),
  fault('the history before a checkpoint is another', 'fork', async (scene) => ({
    files: scene.files,
    seen: await signedCheckpoint(scene.log, 100, rootOfSome(scene, 99)),
  })),
  fault('an old copy is restored, and a witness knows more', 'log-shrank', async (scene) => ({
    files: scene.older,
    seen: scene.checkpoint,
    policy: scene.policy,
  })),
  fault('no witness has seen the checkpoint', ['policy-refused', 'quorum-missed'], async (scene) => ({
    files: await logFiles(scene.entries, scene.log),
    policy: scene.policy,
  })),
  fault(
    'an entry is no envelope',
    'entry-form',
    signedAnew(async ({ entries: own }) => own.push(encode('{}'))),
  ),
  fault(
    'an entry is empty',
    'entry-form',
    signedAnew(async ({ entries: own }) => own.push(new Uint8Array())),
  ),
  fault(
    'an envelope holds no statement',
    'statement-form',
    signedAnew((made) => made.addStatement({ ...made.statement(claimOf(made)), subject: [] }, machine)),
  ),
  fault(
    'an attestation is moved to another claim',
    'wrong-subject',
    signedAnew((made) => bound(made, claimId(1), claimId(2), bob)),
  ),
  fault(
    'an attestation is moved to another claim, its subject too',
    'wrong-claim-leaf',
    signedAnew((made) =>
      made.attest(bob, 'bob', {
        claim: claimId(2),
        claimLeaf: made.attestation('bob', { claim: claimId(1) }).claimLeaf,
      }),
    ),
  ),
  fault(
    "an attestation's envelope is rewritten for another claim",
    'signature-refused',
    signedAnew(async ({ entries: own }) => {
      const envelope = JSON.parse(new TextDecoder().decode(own.at(16))) as { payload: string };
      const body = Buffer.from(envelope.payload, 'base64').toString().replaceAll(claimId(1), claimId(2));
      own.push(encode(JSON.stringify({ ...envelope, payload: Buffer.from(body).toString('base64') })));
    }),
  ),
  fault(
    'evidence is pushed by a machine that nobody vouches for',
    ['unvouched-machine', 'vouches'],
    signedAnew((made) => made.look(stranger)),
  ),
  fault(
    'evidence is pushed by force for a claim that was rewritten',
    'wrong-subject',
    signedAnew(async (made) => {
      const other = entryMaker();
      await other.claim(machine, { statement: 'The build is green.' });
      await made.addStatement(other.statement({ type: 'verification/v0.1', body: lookAt(claimId(1)) }), machine);
    }),
  ),
  fault(
    'evidence is pushed for a claim that is not there',
    'claim-missing',
    signedAnew(async (made) => {
      const other = entryMaker();
      await other.claim(machine, { id: claimId(9_999) });
      await made.addStatement(other.statement({ type: 'verification/v0.1', body: lookAt(claimId(9_999)) }), machine);
    }),
  ),
  fault(
    'a claim is replaced by one with the same id',
    'claim-twice',
    signedAnew((made) => made.claim(machine, { statement: 'The build is green.' })),
  ),
  fault(
    'one person attests with two keys',
    'same-person',
    signedAnew((made) => made.attest(adaToo, 'ada')),
  ),
  fault(
    'the claimant attests',
    'own-attestation',
    signedAnew((made) => made.attest(ada, 'ada', { claim: claimId(2) })),
  ),
  fault(
    'an agent attests with the key of its machine',
    'attestation-by-machine',
    signedAnew((made) => made.attest(machine, 'bob')),
  ),
  fault(
    'an agent attests with a key of its own',
    'attestation-by-agent',
    signedAnew((made) => made.attest(agentKey, 'claude', { person: { kind: 'agent', id: 'claude' } })),
  ),
  fault(
    'somebody who is not enrolled attests',
    ['attestation-uncounted', 'not enrolled'],
    signedAnew((made) => made.attest(humanKey(), 'dan')),
  ),
  fault(
    'somebody attests to another look sheet',
    ['attestation-uncounted', 'look sheet'],
    signedAnew((made) => made.attest(bob, 'bob', { shownDigest: 'ab'.repeat(32) })),
  ),
  fault(
    "somebody attests in another's name",
    ['attestation-uncounted', 'that of bob'],
    signedAnew((made) => made.attest(bob, 'ada')),
  ),
  fault(
    'a key attests after it was removed',
    ['attestation-uncounted', 'removed'],
    signedAnew(async (made) => {
      await made.keyEntry('remove', bob, ada, { holder: 'bob' });
      await made.attest(bob, 'bob');
    }),
  ),
  fault(
    'the signature was made for another namespace',
    ['signature-refused', 'namespace-mismatch'],
    signedAnew((made) => made.attest(humanKey(undefined, 'git'), 'bob')),
  ),
  fault(
    'a passkey signs on a page of another origin',
    ['signature-refused', 'origin-mismatch'],
    signedAnew((made) =>
      made.attest(humanKey(passkeySigner({ clientData: { origin: 'https://evil.example' } })), 'cyd'),
    ),
  ),
  fault(
    'a passkey signs without verifying its user',
    ['signature-refused', 'user-not-verified'],
    signedAnew((made) => made.attest(humanKey(passkeySigner({ flags: 1 })), 'cyd')),
  ),
  fault(
    'a passkey signs that is enrolled for another page',
    ['attestation-uncounted', 'another page'],
    signedAnew(async (made) => {
      const scope = { origin: 'https://pod.example', rpId: 'pod.example' };
      await made.keyEntry('request', elsewhere, elsewhere, { holder: 'dan', passkey: scope });
      await made.keyEntry('enroll', elsewhere, ada, { holder: 'dan', passkey: scope });
      await made.attest(elsewhere, 'dan');
    }),
  ),
  fault('a byte of what a look kept is another', 'artifact-damaged', async (scene) => {
    const store = await storeWithBlob(scene.log, ['bytes', 'salt']);
    return { files: store.set(blobFiles.bytes[0], encode('green!')), layout: 'store' };
  }),
  fault(
    'a byte of a twin leaf is another',
    'twin-mismatch',
    signedAnew(async ({ entries: own }) => {
      const twin = own.at(-1) ?? new Uint8Array();
      own[own.length - 1] = encode(`${new TextDecoder().decode(twin)} `);
    }),
  ),
  fault(
    'a twin leaf stands behind no envelope of its own',
    'twin-mismatch',
    signedAnew(async ({ entries: own }) => own.push(own.at(-1) ?? new Uint8Array())),
  ),
];

/** A store whose last look names an artifact, with these of its files. */
export async function storeWithBlob(log: NoteKey, parts: readonly (keyof typeof blobFiles)[]): Promise<LedgerFiles> {
  const made = await honest();
  await made.add({ type: 'verification/v0.1', body: { ...lookAt(claimId(1)), artifacts: [keptArtifact] } }, machine);
  const store = await storeFiles(made.entries, log, made.entries.length);
  return new Map([...store, ...parts.map((part) => blobFiles[part])]);
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function claimOf({ statement }: Maker): Parameters<typeof statement>[0] {
  return { type: 'withdrawal/v0.1', body: { claim: claimId(1), by: { kind: 'bot', id: 'x' }, withdrawnAt: at } };
}
const at = '2026-01-01T00:00:00.000Z';

function lookAt(claim: string) {
  return { ...aLook(), claim };
}
