import { globSync, readFileSync } from 'node:fs';
import { hash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { decodeEntries, encodeEntries } from '../../src/core/ledger/bundle.ts';
import { entriesOf } from '../../src/core/ledger/check/tree.ts';
import { logKeyOf, readCheckpoint } from '../../src/core/ledger/check/signed-checkpoint.ts';
import { parseCheckpoint, parseSize } from '../../src/core/ledger/checkpoint.ts';
import { examine } from '../../src/core/ledger/admission.ts';
import { jsonOf, parseEnvelope } from '../../src/core/ledger/dsse.ts';
import { formatNote, parseNote, parseSignatureLines } from '../../src/core/ledger/note.ts';
import { fromBase64, fromStandardBase64, toBase64 } from '../../src/core/ledger/octets.ts';
import { formatRequest, parseRequest } from '../../src/core/ledger/request-file.ts';
import { decodePublicKey, formatPublicKeyLine, parsePublicKeyLine } from '../../src/core/ledger/ssh-key.ts';
import { decodeSignature, pairOfDer } from '../../src/core/ledger/ssh-signature.ts';
import { parseSshsig } from '../../src/core/ledger/sshsig.ts';
import { decodeStatement, recordOf } from '../../src/core/ledger/statement.ts';
import { parseTilePath } from '../../src/core/ledger/tile.ts';
import { parseTlogPolicy } from '../../src/core/ledger/tlog-policy.ts';
import { formatTlogProof, parseHashes, parseTlogProof } from '../../src/core/ledger/tlog-proof.ts';
import { formatVkey, parseVkey } from '../../src/core/ledger/vkey.ts';
import { parseAddCheckpoint, parseWitnessAnswer } from '../../src/core/ledger/witness-protocol.ts';
import { envelopeSigner } from '../../src/host/envelope-signer.ts';
import { claimId } from '../make/claim-values.ts';
import { sha256Hex } from '../make/envelope-ref.ts';
import { entryMaker, humanKey, machineKey } from '../make/ledger-entries.ts';
import { signedCheckpoint } from '../make/ledger-files.ts';
import { noteKey } from '../make/note-keys.ts';
import { armoredBy, ed25519Signer, passkeySigner, securityKeySigner } from '../make/ssh-signer.ts';
import { sha256 } from '../make/trees.ts';

// Everything that reads what strangers wrote: it accepts or refuses, it never throws and it never hangs.

type Parser = (bytes: Uint8Array, text: string) => unknown;

const parsers: Readonly<Record<string, Parser>> = {
  decodeEntries: (bytes) => decodeEntries(bytes),
  entriesOf: (bytes) => entriesOf(bytes, 256),
  parseTlogProof: (bytes) => parseTlogProof(bytes),
  parseHashes: (_, text) => parseHashes(text.split('\n')),
  decodeSignature: (bytes) => decodeSignature(bytes),
  pairOfDer: (bytes) => pairOfDer(bytes, 32),
  parseSshsig: (_, text) => parseSshsig(text),
  parsePublicKeyLine: (_, text) => parsePublicKeyLine(text),
  decodePublicKey: (bytes) => decodePublicKey(bytes),
  parseTilePath: (_, text) => parseTilePath(text),
  fromBase64: (_, text) => fromBase64(text),
  fromStandardBase64: (_, text) => fromStandardBase64(text),
  parseCheckpoint: (_, text) => parseCheckpoint(text),
  parseSize: (_, text) => parseSize(text),
  parseVkey: (_, text) => parseVkey(text, sha256),
  parseTlogPolicy: (bytes) => parseTlogPolicy(bytes, sha256),
  parseAddCheckpoint: (bytes) => parseAddCheckpoint(bytes),
  parseRequest: (bytes) => parseRequest(bytes, sha256),
  parseWitnessAnswer: (_, body) => [200, 409].map((status) => parseWitnessAnswer({ status, body })),
  parseNote: (bytes) => parseNote(bytes),
  parseSignatureLines: (_, text) => parseSignatureLines(text),
  readCheckpoint: (_, text) => readCheckpoint(text),
  logKeyOf: (_, text) => logKeyOf(text, sha256),
  jsonOf: (bytes) => jsonOf(bytes),
  parseEnvelope: (bytes) => parseEnvelope(bytes),
  decodeStatement: (bytes) => {
    const statement = decodeStatement(bytes);
    return statement === undefined ? undefined : recordOf(statement);
  },
  // The whole way of an envelope: form, signature, statement.
  examine: (bytes) => examine(hash('sha256', bytes), bytes, { signerOf: envelopeSigner }),
};

/** What is not for strangers' bytes, or is only a step of one above. */
const others = ['fromHex', 'readWhole', 'readPartial', 'readmeOf'];

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** One good text or blob of each format. */
async function samples(): Promise<readonly Uint8Array[]> {
  const made = entryMaker();
  const [machine, ada, passkey] = [machineKey(), humanKey(), humanKey(passkeySigner())];
  await made.claim(machine);
  made.twin();
  await made.attest(ada, 'ada');
  await made.attest(passkey, 'cyd');
  const [log, witness] = [noteKey('log.example'), noteKey('witness.example', 0x04)];
  const checkpoint = await signedCheckpoint(log, 3, new Uint8Array(32), [witness]);
  const note = parseNote(checkpoint);
  if (typeof note === 'string') throw new Error(note);
  const [signer, touched] = [ed25519Signer(), securityKeySigner('sk-ecdsa-sha2-nistp256@openssh.com')];
  const line = formatPublicKeyLine(signer.key);
  const envelopes = new Map(made.entries.map((entry) => [sha256Hex(entry), entry]));
  const vkeys = [log, witness].map(({ key }) => formatVkey(key));
  return [
    ...made.entries,
    ...made.entries.map((entry) => parseEnvelope(entry)?.payload ?? new Uint8Array()),
    encodeEntries(made.entries),
    encode(checkpoint),
    encode(formatRequest({ claim: claimId(1), envelope: sha256Hex(made.entries[0] ?? new Uint8Array()), envelopes })),
    encode(note.text),
    encode(formatNote(note).split('\n\n')[1] ?? ''),
    encode(formatTlogProof({ index: 1, hashes: [new Uint8Array(32)], checkpoint })),
    encode(`log ${vkeys[0]}\nwitness w ${vkeys[1]}\ngroup g any w\nquorum g\n`),
    encode(`old 2\n${toBase64(new Uint8Array(32))}\n\n${checkpoint}`),
    ...vkeys.map(encode),
    encode(line),
    fromBase64(line.split(' ')[1] ?? '') ?? new Uint8Array(),
    encode(armoredBy(signer, new Uint8Array(9), 'n')),
    encode(armoredBy(touched, new Uint8Array(9), 'n')),
    encode('tile/1/x001/234.p/7'),
    new Uint8Array([0x30, 6, 2, 1, 1, 2, 1, 1]),
  ];
}

let good: readonly Uint8Array[] = [];
beforeAll(async () => {
  good = await samples();
});

/** A good one with pieces cut out, doubled, turned or put in from another. */
const spoiled = fc
  .tuple(fc.nat(), fc.nat(), fc.array(fc.tuple(fc.nat(), fc.nat(40), fc.nat(4), fc.nat(255)), { maxLength: 4 }))
  .map(([which, from, changes]) => {
    let bytes = [...(good[which % good.length] ?? [])];
    const donor = [...(good[from % good.length] ?? [])];
    for (const [where, length, how, byte] of changes) {
      const at = where % (bytes.length + 1);
      const piece = bytes.slice(at, at + length);
      const put = [
        [],
        [byte],
        [...piece, ...piece],
        donor.slice(at, at + length),
        [(piece[0] ?? 0) ^ (1 << (byte % 8))],
      ];
      bytes = [...bytes.slice(0, at), ...(put[how] ?? []), ...bytes.slice(at + (how === 0 ? length : 1))];
    }
    return Uint8Array.from(bytes);
  });

const anything = fc.oneof(
  { weight: 4, arbitrary: spoiled },
  fc.uint8Array({ maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 100 }).map(encode),
);

/** What makes a pattern that goes back, or a reader that calls itself, take for ever. */
const long = [
  'A',
  '=',
  '\n',
  '\n\n',
  '[',
  '{"a":',
  '"\\',
  '\\',
  ' ',
  '+',
  '0',
  '\u2014 a ',
  '— a AAAAAAA=\n',
  'x000/',
  '\0',
];
const longest = 200_000;

describe('what strangers wrote is read or refused:', () => {
  test.each(Object.keys(parsers))('%s', async (name) => {
    const parse = parsers[name];
    if (parse === undefined) throw new Error(name);
    const read = async (bytes: Uint8Array): Promise<void> => void (await parse(bytes, new TextDecoder().decode(bytes)));
    expect(good.length).toBeGreaterThan(20);
    for (const bytes of good) await read(bytes);
    for (const piece of long) await read(encode(piece.repeat(longest / piece.length)));
    await fc.assert(fc.asyncProperty(anything, read), { numRuns: 500 });
  });

  test('every parser of core/ledger is among them', () => {
    const files = globSync('src/core/ledger/**/*.ts').filter((path) => !path.endsWith('.test.ts'));
    const declared =
      /^export (?:async )?function ((?:parse|decode|read|from|pairOf|json|entriesOf|logKeyOf|examine)\w*)/gm;
    const found = files.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(declared)].map(([, name]) => name));
    expect(new Set(found)).toEqual(new Set([...Object.keys(parsers), ...others]));
  });
});
