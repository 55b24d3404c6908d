import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noteKey, testLog } from '../../../test/make/note-keys.ts';
import { sha256 } from '../../../test/make/trees.ts';
import { nodeSignatures } from '../../host/signatures.ts';
import { parseTlogPolicy } from './tlog-policy.ts';
import {
  entryRefusals,
  formatTlogProof,
  parseTlogProof,
  type TlogProof,
  tlogProofRefusals,
  verifyTlogProof,
} from './tlog-proof.ts';
import { formatVkey } from './vkey.ts';

const ports = { sha256, signatures: nodeSignatures };
const log = await testLog('log.example');
const witness = noteKey('witness.example', 0x04);
const policy = parseTlogPolicy(`log ${formatVkey(log.key)}\nwitness w ${formatVkey(witness.key)}\nquorum w\n`, sha256);
if ('refused' in policy) throw new Error(policy.refused);

async function proofOf(index: number, size: number, extra?: Uint8Array): Promise<TlogProof> {
  const hashes = await log.inclusion(index, size);
  return { index, hashes, checkpoint: await log.checkpoint(size, witness), ...(extra === undefined ? {} : { extra }) };
}

test('law: every entry of every tree is proved, and no other entry by the same proof', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 600 }), fc.nat(), fc.nat(), async (size, a, b) => {
      const [index, other] = [a % size, b % size];
      const written = formatTlogProof(await proofOf(index, size, a % 2 === 0 ? Uint8Array.of(b % 256) : undefined));
      const proof = parseTlogProof(written);
      if (typeof proof === 'string') throw new Error(proof);
      expect(formatTlogProof(proof)).toBe(written);
      const checked = await verifyTlogProof({ proof, leafHash: log.leaf(index), policy }, ports);
      expect(checked).toMatchObject({ checkpoint: { size } });
      const wrong = await verifyTlogProof({ proof, leafHash: log.leaf(other), policy }, ports);
      expect(wrong === 'root-mismatch').toBe(other !== index);
    }),
    { numRuns: 60 },
  );
});

test('no entry without a witness, of another tree or at another place', async () => {
  const proof = await proofOf(5, 9);
  const leafHash = log.leaf(5);
  const bare = { ...proof, checkpoint: await log.checkpoint(9) };
  expect(await verifyTlogProof({ proof: bare, leafHash, policy }, ports)).toBe('quorum-missed');
  const later = { ...proof, checkpoint: await log.checkpoint(10, witness) };
  expect(await verifyTlogProof({ proof: later, leafHash, policy }, ports)).toBe('root-mismatch');
  expect(await verifyTlogProof({ proof: { ...proof, index: 9 }, leafHash, policy }, ports)).toBe('index-out-of-range');
  const short = { ...proof, hashes: proof.hashes.slice(1) };
  expect(await verifyTlogProof({ proof: short, leafHash, policy }, ports)).toBe('proof-length');
});

const written = formatTlogProof(await proofOf(5, 9, Uint8Array.of(1)));
const line = `${'A'.repeat(43)}=\n`;
test.each([
  ['proof-header', written.replace('@v1', '@v2')],
  ['proof-header', `\n${written}`],
  ['proof-header', ''],
  ['proof-extra', written.replace('extra AQ==', 'extra ')],
  ['proof-extra', written.replace('extra AQ==', 'extra AQ')],
  ['proof-index', written.replace('extra AQ==', 'Extra AQ==')],
  ['proof-index', written.replace('index 5', 'index 05')],
  ['proof-index', written.replace('index 5\n', '')],
  ['proof-index', written.replace('index 5', 'index 9007199254740992')],
  ['proof-hash', written.replace('index 5\n', 'index 5\nAAAA\n')],
  ['proof-hash', written.replace('index 5\n', `index 5\n${line.repeat(64)}`)],
  ['proof-hash', written.replace('index 5\n', `index 5\n${line.repeat(640)}`)],
  ['proof-form', written.replaceAll('\n\n', '\n')],
  ['proof-form', written.slice(0, -1)],
  ['proof-form', written.replace('log.example\n9\n', 'log.example\n09\n')],
  ['proof-encoding', `${written}\t`],
  ['proof-encoding', written + '\u0000'.repeat(2_000_000)],
])('%s', (code, source) => {
  expect(parseTlogProof(source)).toBe(code);
});

test('whichever byte is changed, the proof is refused or by fewer keys, or only its extra data differ', async () => {
  const bytes = new TextEncoder().encode(written);
  const leafHash = log.leaf(5);
  const original = parseTlogProof(bytes);
  let refused = 0;
  for (let at = 0; at < bytes.length; at++) {
    const changed = bytes.slice();
    changed[at] = (changed[at] ?? 0) ^ (1 << (at % 7));
    const proof = parseTlogProof(changed);
    const verified = typeof proof === 'string' ? proof : await verifyTlogProof({ proof, leafHash, policy }, ports);
    if (typeof verified !== 'string') expect({ ...(proof as TlogProof), extra: Uint8Array.of(1) }).toEqual(original);
    else refused += 1;
    if (typeof verified === 'string' && typeof proof !== 'string')
      expect(Object.keys(entryRefusals)).toContain(verified);
  }
  expect(refused).toBeGreaterThan(bytes.length - 6);
});

test('anything is a proof or a refusal', () => {
  const piece = fc.oneof(
    fc.constantFrom('c2sp.org/tlog-proof@v1\n', 'index 1\n', 'extra AA==\n', line, '\n', written),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const proof = parseTlogProof(pieces.join(''));
      if (typeof proof === 'string') expect(Object.keys(tlogProofRefusals)).toContain(proof);
      else expect(formatTlogProof(proof)).toBe(pieces.join(''));
    }),
    { numRuns: 500, examples: [[[written]]] },
  );
  fc.assert(fc.property(fc.uint8Array(), (bytes) => void parseTlogProof(bytes)));
});
