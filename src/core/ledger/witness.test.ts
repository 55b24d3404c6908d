import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noteKey, testLog } from '../../../test/make/note-keys.ts';
import { sha256 } from '../../../test/make/trees.ts';
import { nodeSignatures } from '../../host/signatures.ts';
import { formatSignatureLines, parseNote } from './note.ts';
import { judgeGrowth, openRequest, type WitnessedTree } from './witness.ts';
import {
  type AddCheckpoint,
  cosignatureBy,
  formatAddCheckpoint,
  parseAddCheckpoint,
  parseWitnessAnswer,
  requestRefusals,
} from './witness-protocol.ts';

const ports = { sha256, signatures: nodeSignatures };
const log = await testLog('log.example');
/** Another history, signed with the same key. */
const fork = await testLog('log.example', { key: log.key, signer: log.signer }, 1000);

async function decide(request: AddCheckpoint, last?: WitnessedTree) {
  const opened = await openRequest(request, [log.key], ports);
  return opened.status === 200 ? judgeGrowth(request, opened.opened, last, sha256) : opened;
}

async function growth(oldSize: number, size: number, of = log): Promise<AddCheckpoint> {
  return { oldSize, proof: await of.consistency(oldSize, size), checkpoint: await of.checkpoint(size) };
}

function treeOf(size: number): WitnessedTree {
  return { size, root: log.root(size) };
}

const size = fc.integer({ min: 0, max: 600 });

test('law: growth of what was cosigned is cosigned, from any other size it is a conflict, and a fork is refused', async () => {
  await fc.assert(
    fc.asyncProperty(size, size, size, async (a, b, other) => {
      const [old, now] = [Math.min(a, b), Math.max(a, b)];
      const last = old === 0 ? undefined : treeOf(old);
      expect(await decide(await growth(old, now), last)).toMatchObject({ status: 200 });
      if (other <= now && other !== old)
        expect(await decide(await growth(other, now), last)).toEqual({ status: 409, size: old });
      if (old > 0) expect(await decide(await growth(old, now, fork), last)).toMatchObject({ status: 422 });
    }),
    {
      numRuns: 60,
      examples: [
        [0, 0, 0],
        [0, 1, 1],
        [7, 7, 0],
      ],
    },
  );
});

test('each refusal has its status', async () => {
  const good = await growth(3, 9);
  const empty = await growth(0, 0);
  const statuses = [
    decide(good, treeOf(3)),
    decide({ ...good, oldSize: 10 }, treeOf(3)),
    decide({ ...good, proof: good.proof.slice(1) }, treeOf(3)),
    decide({ ...good, proof: [...good.proof, log.leaf(1)] }, treeOf(3)),
    decide({ ...(await growth(0, 9)), proof: [log.leaf(1)] }),
    decide({ ...(await growth(9, 9)), proof: [log.leaf(1)] }, treeOf(9)),
    decide({ ...good, checkpoint: good.checkpoint.replace('\n9\n', '\n8\n') }, treeOf(3)),
    decide({ ...good, checkpoint: good.checkpoint.replaceAll('log.example', 'other.example') }, treeOf(3)),
    decide({ ...good, checkpoint: good.checkpoint.replace('\u2014 log.example', '\u2014 else.example') }, treeOf(3)),
    decide({ ...good, checkpoint: '' }, treeOf(3)),
    decide({ ...good, checkpoint: good.checkpoint.slice(0, -4) }, treeOf(3)),
    decide({ ...good, checkpoint: `else${good.checkpoint.slice(0, -4)}` }, treeOf(3)),
    decide(empty),
    decide(empty, treeOf(0)),
  ];
  const found = (await Promise.all(statuses)).map(({ status }) => status);
  expect(found).toEqual([200, 400, 422, 422, 422, 422, 403, 404, 403, 400, 403, 404, 200, 200]);
  const wrongEmpty = { ...empty, checkpoint: await log.signed(0, log.root(1)) };
  expect(await decide(wrongEmpty)).toMatchObject({ status: 422 });
});

function noteOf(source: string) {
  const note = parseNote(source);
  if (typeof note === 'string') throw new Error(note);
  return note;
}

test('a request is read as it is written', async () => {
  for (const [old, now] of [
    [0, 0],
    [0, 600],
    [1, 2],
    [255, 513],
  ] as const) {
    const request = await growth(old, now);
    expect(parseAddCheckpoint(formatAddCheckpoint(request))).toEqual(request);
  }
});

const hash = `${'A'.repeat(43)}=\n`;
test.each([
  ['request-form', ''],
  ['request-form', 'old 0\n'],
  ['request-form', '\n\nold 0'],
  ['request-form', 'Old 0\n\n'],
  ['request-size', 'old \n\n'],
  ['request-size', 'old 00\n\n'],
  ['request-size', 'old -1\n\n'],
  ['request-size', 'old 9007199254740992\n\n'],
  ['request-hash', 'old 1\nAAAA\n\n'],
  ['request-hash', `old 1\n${hash.repeat(64)}\n`],
  ['request-encoding', 'old 0\r\n\r\n'],
  ['request-encoding', 'old 0\n\n'.padEnd(70_000)],
])('%s: %j', (code, source) => {
  expect(parseAddCheckpoint(source)).toBe(code);
});

test('63 hashes are read', () => {
  expect(parseAddCheckpoint(`old 1\n${hash.repeat(63)}\nx`)).toMatchObject({ oldSize: 1, checkpoint: 'x' });
});

const size409 = { status: 409, contentType: 'text/x.tlog.size', body: '12\n' };
test.each([
  ['conflict', size409],
  ['conflict', { ...size409, contentType: 'Text/X.tlog.size; charset=utf-8' }],
  ['malformed', { ...size409, contentType: 'text/plain' }],
  ['malformed', { ...size409, contentType: undefined }],
  ['malformed', { ...size409, body: '12' }],
  ['malformed', { ...size409, body: '012\n' }],
  ['malformed', { status: 200, body: '' }],
  ['malformed', { status: 200, body: '\u2014 a AAAA' }],
  ['malformed', { status: 200, body: `${'\u2014 a AAAAAAA=\n'.repeat(101)}` }],
  ['cosigned', { status: 200, body: '\u2014 a AAAAAAA=\n' }],
  ['refused', { status: 422, body: 'no' }],
  ['refused', { status: 301, body: '' }],
])('an answer is %s: %j', (kind, response) => {
  expect(parseWitnessAnswer(response)).toMatchObject({ kind });
});

test("only the witness's own cosignature with a time counts", async () => {
  const [own, zero, other] = [noteKey('w.example', 0x04), noteKey('w.example', 0x04, 0), noteKey('o.example', 0x04)];
  const { text, signatures } = noteOf(await log.checkpoint(9, other, own, zero));
  const by = (key: typeof own, wrong = text) => cosignatureBy(key.key, { text: wrong, signatures }, nodeSignatures);
  expect(await by(own)).toMatchObject({ signature: { name: 'w.example' }, cosignedAt: 1_700_000_000 });
  expect(await by(zero)).toBe('cosigned-at-zero');
  expect(await by(own, text.replace('\n9\n', '\n8\n'))).toBe('bad-cosignature');
  expect(await by(noteKey('w.example', 0x04))).toBe('no-cosignature');
  const answer = { status: 200, body: formatSignatureLines(signatures) };
  expect(parseWitnessAnswer(answer)).toEqual({ kind: 'cosigned', signatures });
});

test('anything is a request or a refusal, and any answer is one', () => {
  const piece = fc.oneof(fc.constantFrom('old 1\n', hash, '\n', '\n\n', 'old '), fc.string());
  fc.assert(
    fc.property(fc.array(piece), fc.uint8Array(), fc.nat({ max: 600 }), (pieces, bytes, status) => {
      const request = parseAddCheckpoint(pieces.join(''));
      if (typeof request === 'string') expect(Object.keys(requestRefusals)).toContain(request);
      else expect(formatAddCheckpoint(request)).toBe(pieces.join(''));
      parseAddCheckpoint(bytes);
      parseWitnessAnswer({ status, contentType: pieces[0], body: pieces.join('') });
    }),
    { numRuns: 500, examples: [[['old 1\n', hash, '\n', 'x'], new Uint8Array(), 200]] },
  );
});
