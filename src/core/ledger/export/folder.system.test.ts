import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { goReadsReceipts } from '../../../../test/go-tlog.ts';
import { aPolicy, claimId, minute } from '../../../../test/make/claim-values.ts';
import { entryMaker, humanKey, machineKey } from '../../../../test/make/ledger-entries.ts';
import { logFiles, readerOf } from '../../../../test/make/ledger-files.ts';
import { noteKey } from '../../../../test/make/note-keys.ts';
import { passkeyScope, passkeySigner } from '../../../../test/make/ssh-signer.ts';
import { sha256 } from '../../../../test/make/trees.ts';
import { lacks } from '../../../../test/needs.ts';
import { sigstoreVerifies } from '../../../../test/sigstore.ts';
import { envelopeSigner } from '../../../host/envelope-signer.ts';
import { nodeSignatures } from '../../../host/signatures.ts';
import { writeNewFolder } from '../../../host/new-folder.ts';
import { keyRingOf, type KeyEvent } from '../key-ring.ts';
import { parseEnvelope, preAuthEncoding } from '../dsse.ts';
import { publishedLog } from '../published-log.ts';
import { decodeStatement, recordOf } from '../statement.ts';
import { parseTlogPolicy } from '../tlog-policy.ts';
import { parseTlogProof, verifyTlogProof } from '../tlog-proof.ts';
import { leafHashOf } from '../merkle.ts';
import { type ExportedFile, exportedFiles } from './folder.ts';
import { trustedRoot } from './sigstore.ts';

const log = noteKey('pod-0badf00d.factum.internal');
const witness = noteKey('witness.example/w', 0x04);
const ports = { sha256, signatures: nodeSignatures };
const machine = machineKey();
const [ada, adaToo, bob, stranger] = [humanKey(), humanKey(), humanKey(), humanKey()];
const passkey = humanKey(passkeySigner());

type Maker = ReturnType<typeof entryMaker>;

/** A claim of an agent, seen by a machine; ada (two keys), bob and cyd (a passkey) are enrolled. */
async function aLog(say: (made: Maker) => Promise<unknown>): Promise<{ files: readonly ExportedFile[]; made: Maker }> {
  const made = entryMaker();
  await made.keyEntry('request', ada, ada, { holder: 'ada' });
  await made.keyEntry('request', bob, bob, { holder: 'bob' });
  await made.keyEntry('enroll', bob, ada, { holder: 'bob' });
  await made.keyEntry('request', adaToo, adaToo, { holder: 'ada' });
  await made.keyEntry('enroll', adaToo, bob, { holder: 'ada' });
  await made.keyEntry('request', passkey, passkey, { holder: 'cyd', passkey: passkeyScope });
  await made.keyEntry('enroll', passkey, ada, { holder: 'cyd', passkey: passkeyScope });
  await made.add({ type: 'policy/v0.1', body: aPolicy() }, machine);
  const claim = made.entries.length;
  await made.claim(machine);
  made.twin();
  await made.look(machine);
  made.twin();
  await made.claim(machine, { id: claimId(2), statement: 'The build is green.' });
  await say(made);
  const reader = readerOf(await logFiles(made.entries, log, [witness]));
  const events = await Promise.all(made.entries.map(keyEventOf));
  const ring = keyRingOf(
    'core',
    events.filter((event) => event !== undefined),
  );
  const twins = new Set([claim + 1, claim + 3]);
  const entries = made.entries.map((_, index) => index).filter((index) => !twins.has(index));
  const published = await publishedLog(reader, ports);
  const witnesses = [{ name: 'w', key: witness.key }];
  return {
    files: await exportedFiles({ log: published, claim, entries, ring, witnesses, artifacts: [] }, ports),
    made,
  };
}

async function keyEventOf(entry: Uint8Array, index: number): Promise<KeyEvent | undefined> {
  const envelope = parseEnvelope(entry);
  const statement = envelope === undefined ? undefined : decodeStatement(envelope.payload);
  const record = statement === undefined ? undefined : recordOf(statement);
  if (envelope === undefined || record?.type !== 'key/v0.1') return undefined;
  const signer = await envelopeSigner(envelope);
  return typeof signer === 'string' ? undefined : { index, record: record.body, signer: signer.fingerprint };
}

async function onDisk(files: readonly ExportedFile[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'factum-export-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeNewFolder(folder, files);
  return folder;
}

async function twoHumans(made: Maker): Promise<void> {
  await made.attest(ada, 'ada');
  await made.attest(bob, 'bob');
}

function textOf(files: readonly ExportedFile[], path: string): string {
  const content = files.find((file) => file.path === path)?.content ?? '';
  return typeof content === 'string' ? content : new TextDecoder().decode(content);
}

let honest: readonly ExportedFile[] = [];
beforeAll(async () => {
  honest = (await aLog(twoHumans)).files;
});

async function verdicts(files: readonly ExportedFile[]): Promise<readonly unknown[]> {
  const policy = parseTlogPolicy(textOf(files, 'policy'), sha256);
  if ('refused' in policy) throw new Error(policy.refused);
  expect(policy.quorum.kind).toBe('group');
  const receipts = files.filter(({ path }) => path.endsWith('.tlog-proof'));
  expect(receipts.length).toBeGreaterThan(10);
  return Promise.all(
    receipts.map(async ({ path, content }) => {
      const proof = parseTlogProof(content);
      if (typeof proof === 'string') return proof;
      const entry = new TextEncoder().encode(textOf(files, path.replace('.tlog-proof', '')));
      const verdict = await verifyTlogProof({ proof, leafHash: leafHashOf(entry, sha256), policy }, ports);
      return typeof verdict === 'string' ? verdict : 'holds';
    }),
  );
}

describe('receipts', () => {
  test('hold by our own checker, under the policy with the witness that cosigned', async () => {
    expect(new Set(await verdicts(honest))).toEqual(new Set(['holds']));
  });

  test('of an entry with one byte changed does not', async () => {
    const changed = honest.map((file) =>
      file.path === 'claim.json'
        ? { ...file, content: textOf(honest, 'claim.json').replace('"keyid"', '"keyie"') }
        : file,
    );
    expect((await verdicts(changed)).filter((verdict) => verdict !== 'holds')).toEqual(['root-mismatch']);
  });

  test.skipIf(lacks('go', 'goNote'))("hold by Go's tlog and note, and of a changed entry not", async () => {
    const folder = await onDisk(honest);
    const count = honest.filter(({ path }) => path.endsWith('.tlog-proof')).length;
    expect(await goReadsReceipts(folder)).toBe(`${count}\n`);
    writeFileSync(join(folder, 'claim.json'), `${readFileSync(join(folder, 'claim.json'), 'utf8')} `);
    expect(await goReadsReceipts(folder)).toContain('invalid transparency proof');
  });
});

interface BundleJson {
  verificationMaterial: { tlogEntries: { canonicalizedBody: string; inclusionProof: Record<string, unknown> }[] };
  dsseEnvelope: { payload: string; signatures: { sig: string }[] };
}

function bundles(): readonly string[] {
  return honest.filter(({ path }) => path.endsWith('.sigstore.json')).map(({ path }) => textOf(honest, path));
}

function verify(
  json: unknown,
  root = textOf(honest, 'sigstore/trusted_root.json'),
  pem = honest.find(({ path }) => path.endsWith('.pem'))?.content.toString() ?? '',
): void {
  sigstoreVerifies(json, { root, pem, keyid: machine.keyid });
}

test('the README tells cosign files that are there, and the type of the claim, without which cosign refuses', () => {
  const readme = textOf(honest, 'README.md');
  const [, bundle = '', key = '', root = '', type = ''] =
    /--bundle (\S+) --key (\S+) \\\n  --trusted-root (\S+) --type (\S+) /.exec(readme) ?? [];
  verify(JSON.parse(textOf(honest, bundle)), textOf(honest, root), textOf(honest, key));
  const envelope = parseEnvelope(new TextEncoder().encode(textOf(honest, 'claim.json')));
  expect(decodeStatement(envelope?.payload ?? new Uint8Array())?.predicateType).toBe(type);
});

describe('@sigstore/verify', () => {
  test('verifies each bundle, inclusion in this log with it', () => {
    expect(bundles()).toHaveLength(2);
    for (const bundle of bundles()) expect(() => verify(JSON.parse(bundle))).not.toThrow();
  });

  const flips: readonly [string, (bundle: BundleJson) => void][] = [
    ['the payload', ({ dsseEnvelope }) => void (dsseEnvelope.payload = flipped(dsseEnvelope.payload))],
    [
      'the signature',
      ({ dsseEnvelope: { signatures } }) => void (first(signatures).sig = flipped(first(signatures).sig)),
    ],
    [
      'the leaf',
      ({ verificationMaterial: { tlogEntries } }) => {
        first(tlogEntries).canonicalizedBody = flipped(first(tlogEntries).canonicalizedBody);
      },
    ],
    [
      'the proof',
      ({ verificationMaterial: { tlogEntries } }) => {
        const { inclusionProof } = first(tlogEntries);
        inclusionProof['hashes'] = (inclusionProof['hashes'] as string[]).map(flipped);
      },
    ],
    [
      'the checkpoint',
      ({ verificationMaterial: { tlogEntries } }) => {
        const { inclusionProof } = first(tlogEntries);
        const { envelope } = inclusionProof['checkpoint'] as { envelope: string };
        inclusionProof['checkpoint'] = { envelope: envelope.replace(/\n[0-9]+\n/, '\n999\n') };
      },
    ],
  ];

  test.each(flips)('refuses one with a bit flipped in %s', (_name, flip) => {
    const bundle = JSON.parse(bundles()[0] ?? '') as BundleJson;
    flip(bundle);
    expect(() => verify(bundle)).toThrow();
  });

  test('refuses inclusion in a log that is not trusted', () => {
    const other = trustedRoot(noteKey(log.key.name).key, sha256);
    expect(() => verify(JSON.parse(bundles()[0] ?? ''), other)).toThrow('checkpoint');
  });
});

function first<T>(values: readonly T[]): T {
  const [value] = values;
  if (value === undefined) throw new Error('there is none');
  return value;
}

/** Base64 of the same bytes with one bit changed. */
function flipped(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  return bytes.toString('base64');
}

async function counted(files: readonly ExportedFile[], wanted = '2') {
  const folder = await onDisk(files);
  const { status, stdout, stderr } = spawnSync('sh', [join(folder, 'verify-humans.sh'), wanted], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return { status, out: stdout };
}

type Say = (made: Maker) => Promise<unknown>;
const bobs: Say = (made) => made.attest(bob, 'bob');

describe.skipIf(lacks('sshKeygen', 'jq'))('verify-humans.sh, with jq, base64 and ssh-keygen alone', () => {
  test('counts two distinct humans, and with a passkey three', async () => {
    expect(await counted(honest)).toMatchObject({
      status: 0,
      out: expect.stringContaining('2 distinct humans confirm independently, 2 wanted'),
    });
    const { files } = await aLog(async (made) => {
      await twoHumans(made);
      await made.attest(passkey, 'cyd');
    });
    expect(await counted(files, '3')).toMatchObject({ status: 0 });
    expect(await counted(files, '4')).toMatchObject({ status: 1 });
  });

  const faults: readonly [name: string, says: string, second: Say][] = [
    ['one human with two keys', 'entries/14.json: ada', (made) => made.attest(adaToo, 'ada')],
    [
      'a wrong namespace',
      'ssh-keygen does not accept',
      (made) => made.attest({ ...bob, sign: humanKey(undefined, 'git').sign }, 'bob'),
    ],
    ['a key that is not enrolled', 'ssh-keygen does not accept', (made) => made.attest(stranger, 'bob')],
    ["another's key", 'ssh-keygen does not accept', (made) => made.attest(ada, 'bob')],
    [
      'an answer to another claim',
      'it is about another claim',
      (made) => made.attest(bob, 'bob', { claim: claimId(2) }),
    ],
    [
      'an answer moved to this claim',
      'it is about another claim',
      (made) => {
        const own = made.statement({ type: 'human-attestation/v0.1', body: made.attestation('bob') });
        const other = made.attestation('bob', { claim: claimId(2) });
        return made.addStatement({ ...own, predicate: other }, bob);
      },
    ],
    ['an agent', 'only humans attest', (made) => made.attest(bob, 'bob', { person: { kind: 'agent', id: 'bob' } })],
    ['the claimant', 'a claimant never counts', (made) => made.attest(bob, 'claude-code')],
    [
      'an answer that saw the other',
      'confirm, not independently',
      (made) => made.attest(bob, 'bob', { saw: { machineVerdict: true, otherAttestations: true, aiReview: false } }),
    ],
    ['a dispute', 'dispute', (made) => made.attest(bob, 'bob', { decision: 'dispute' })],
    [
      'a confirmation that was taken back',
      'bob',
      async (made) => {
        await bobs(made);
        await made.attest(bob, 'bob', { decision: 'dispute', attestedAt: minute(4) });
      },
    ],
    [
      'a name that means several',
      'a name that cannot be checked',
      (made) => made.attest(bob, 'b*', { person: { kind: 'human', id: 'b*' } }),
    ],
  ];

  test.each(faults)('counts one where the second is %s', async (_name, says, second) => {
    const { files } = await aLog(async (made) => {
      await made.attest(ada, 'ada');
      await second(made);
    });
    const { status, out } = await counted(files);
    expect(out).toContain('1 distinct humans confirm independently, 2 wanted');
    expect(out).toContain(says);
    expect(status).toBe(1);
  });

  test.each([
    ['payload', /("payload":"[^"]{200})./],
    ['signature', /("sig":"[^"]{200})./],
  ])('refuses an envelope whose %s was changed', async (_name, part) => {
    const at = honest.findLast(({ path }) => /^entries.*json$/.test(path))?.path ?? '';
    const changed = honest.map((file) =>
      file.path === at
        ? { ...file, content: textOf(honest, at).replace(part, (_all, before: string) => `${before}\u0041`) }
        : file,
    );
    const { status, out } = await counted(changed);
    expect(out).toContain(`${at}: refused`);
    expect(status).toBe(1);
  });

  test('what a removed key signed before counts, what it signed later does not', async () => {
    for (const [later, count] of [
      [minute(0), 2],
      [minute(9), 1],
    ] as const) {
      const { files } = await aLog(async (made) => {
        await made.attest(ada, 'ada', { attestedAt: minute(0) });
        await made.attest(bob, 'bob', { attestedAt: later });
        await made.keyEntry('remove', bob, ada, { holder: 'bob' });
      });
      expect((await counted(files)).out).toContain(`${count} distinct humans`);
    }
  });

  test('ssh-keygen accepts every human answer that is exported, each by itself', async () => {
    const { files } = await aLog(async (made) => {
      await twoHumans(made);
      await made.attest(passkey, 'cyd');
    });
    const folder = await onDisk(files);
    let accepted = 0;
    for (const { path } of files) {
      const envelope = parseEnvelope(new TextEncoder().encode(textOf(files, path)));
      const statement = envelope === undefined ? undefined : decodeStatement(envelope.payload);
      const record = statement === undefined ? undefined : recordOf(statement);
      if (envelope === undefined || record?.type !== 'human-attestation/v0.1') continue;
      const sig = join(folder, 'sig');
      writeFileSync(sig, first(envelope.signatures).sig);
      const who = ['-I', record.body.person.id, '-n', 'attest@factum.internal'];
      const args = ['-Y', 'verify', '-f', join(folder, 'allowed_signers'), ...who, '-s', sig];
      const message = preAuthEncoding(envelope.payloadType, envelope.payload);
      expect(spawnSync('ssh-keygen', args, { input: message }).status, record.body.person.id).toBe(0);
      accepted += 1;
    }
    expect(accepted).toBe(3);
  });
});
