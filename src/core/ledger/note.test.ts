import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { vectorFolder } from '../../../test/vectors.ts';
import { checkpointRefusals, formatCheckpoint, parseCheckpoint } from './checkpoint.ts';
import { cosigner } from './cosignature.ts';
import { formatNote, type Note, noteRefusals, openNote, parseNote, signNote } from './note.ts';
import { formatVkey, keyIdOf, type NoteSigner, parseVkey, type VerifierKey, verifierKey } from './vkey.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const spki = Buffer.from('302a300506032b6570032100', 'hex');

const ed25519 = {
  verify: (_: string, key: unknown, message: Uint8Array, signature: Uint8Array): Promise<boolean> => {
    const der = Buffer.concat([spki, key as Uint8Array]);
    return Promise.resolve(
      verify(null, message, createPublicKey({ key: der, format: 'der', type: 'spki' }), signature),
    );
  },
};

function made(name: string, type: 0x01 | 0x04 = 0x01): { key: VerifierKey; signer: NoteSigner } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(spki.length);
  const key = verifierKey({ name, type, publicKey: new Uint8Array(raw) }, sha256);
  const own = (message: Uint8Array): Promise<Uint8Array> => Promise.resolve(sign(null, message, privateKey));
  if (type === 0x04) return { key, signer: cosigner({ key, cosignedAt: 1_700_000_000, sign: own }) };
  return { key, signer: { name, keyId: key.keyId, sign: own } };
}

function noteOf(note: Note | string): Note {
  if (typeof note === 'string') throw new Error(note);
  return note;
}

const log = made('log.example');
const witness = made('witness.example', 0x04);
const text = formatCheckpoint({ origin: 'log.example', size: 3, root: sha256(utf8('root')) });
const signed = formatNote(noteOf(await signNote(text, log.signer, witness.signer)));
const both = [log.key, witness.key];

const example = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const exampleNote = `This is an example message.

\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`;

function keyOf(vkey: string): VerifierKey {
  const key = parseVkey(vkey, sha256);
  if (key === undefined) throw new Error(`no key: ${vkey}`);
  return key;
}

test('the example of C2SP signed-note', async () => {
  expect(formatVkey(keyOf(example))).toBe(example);
  expect(keyIdOf(keyOf(example), sha256)).toBe('530d903a');
  expect(await openNote(exampleNote, [keyOf(example)], ed25519)).toMatchObject({
    text: 'This is an example message.\n',
  });
});

test.each([
  ['another id', example.replace('530d', '530e')],
  ['another name', example.replace('foo', 'fop')],
  ['upper case', example.replace('530d903a', '530D903A')],
  ['a space in the name', example.replace('foo', 'f o')],
  ['a shorter key', example.slice(0, -4)],
  ['nothing', ''],
])('no key: %s', (_, vkey) => {
  expect(parseVkey(vkey, sha256)).toBeUndefined();
});

test('a log and a witness are both seen, with the time; others say nothing', async () => {
  expect(await openNote(signed, both, ed25519)).toMatchObject({
    verifiedBy: [{ key: log.key }, { key: witness.key, cosignedAt: 1_700_000_000 }],
    unknown: [],
  });
  expect(await openNote(signed, [log.key], ed25519)).toMatchObject({ unknown: [{ name: 'witness.example' }] });
  expect(await openNote(signed, [made('log.example').key], ed25519)).toBe('no-known-signature');
  const mlDsa = verifierKey({ name: 'log.example', type: 0x06, publicKey: new Uint8Array(1312) }, sha256);
  expect(await openNote(signed, [mlDsa], ed25519)).toBe('no-known-signature');
  expect(formatVkey(keyOf(formatVkey(mlDsa)))).toBe(formatVkey(mlDsa));
});

test('two known keys of one name and id are not guessed between', async () => {
  const other = { ...made('log.example').key, keyId: log.key.keyId };
  expect(await openNote(signed, [log.key, other], ed25519)).toBe('ambiguous-key');
  expect(await openNote(signed, [other, witness.key], ed25519)).toBe('bad-signature');
});

test('whichever byte is changed, the note is refused or by fewer keys', async () => {
  const bytes = utf8(signed);
  for (let at = 0; at < bytes.length; at++) {
    const changed = bytes.slice();
    changed[at] = (changed[at] ?? 0) ^ (1 << (at % 7));
    const opened = await openNote(changed, both, ed25519);
    if (typeof opened !== 'string') expect(opened).toMatchObject({ text, verifiedBy: [{}], unknown: [{}] });
  }
});

test('100 signatures are read, 101 are not; the last blank line parts text and signatures', async () => {
  const line = signed.split('\n').at(-2) ?? '';
  expect(noteOf(parseNote(`a\n\nb\n\n${`${line}\n`.repeat(100)}`))).toMatchObject({ text: 'a\n\nb\n' });
  expect(parseNote(`a\n\n${`${line}\n`.repeat(101)}`)).toBe('too-many-signatures');
  expect(await signNote('a', log.signer)).toBe('note-form');
  expect(await signNote('a\t\n', log.signer)).toBe('note-encoding');
});

test('anything is a note or a refusal', () => {
  const piece = fc.oneof(fc.constantFrom('\n', '\n\n', '\u2014 ', 'a ', 'AAAAAAA=', signed), fc.string());
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const note = parseNote(pieces.join(''));
      if (typeof note === 'string') expect(Object.keys(noteRefusals)).toContain(note);
      else expect(formatNote(note)).toBe(pieces.join(''));
    }),
  );
});

test('checkpoints are read as they are written, and nothing else is one', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.uint8Array({ minLength: 32, maxLength: 32 }), (size, root) => {
      const checkpoint = { origin: 'log.example', size, root };
      expect(parseCheckpoint(formatCheckpoint(checkpoint))).toEqual(checkpoint);
    }),
  );
  const codes = [`${text}more\n`, text.slice(0, -1), text.replace('\n3\n', '\n03\n'), text.replace('=\n', '\n')];
  const found = codes.map((changed) => parseCheckpoint(changed));
  expect(found).toEqual(['checkpoint-lines', 'checkpoint-lines', 'checkpoint-size', 'checkpoint-root']);
  expect(Object.keys(checkpointRefusals)).toEqual(expect.arrayContaining(found));
});

test('checkpoints that Tessera signed', async () => {
  const key = keyOf(readFileSync(vectorFolder('tessera-log700/vkey'), 'utf8').trim());
  const files = ['tessera-log15', 'tessera-log700'].flatMap((folder) =>
    readdirSync(vectorFolder(folder))
      .filter((name) => name.startsWith('checkpoint'))
      .map((name) => join(vectorFolder(folder), name)),
  );
  expect(files.length).toBeGreaterThan(15);
  for (const file of files) {
    const opened = await openNote(readFileSync(file), [key], ed25519);
    if (typeof opened === 'string') throw new Error(`${file}: ${opened}`);
    expect(parseCheckpoint(opened.text)).toMatchObject({ origin: key.name });
  }
});
