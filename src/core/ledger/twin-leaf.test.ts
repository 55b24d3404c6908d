import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha256 } from '../../../test/make/trees.ts';
import { armoredBy, ed25519Signer } from '../../../test/make/ssh-signer.ts';
import { parseEnvelope, preAuthEncoding, signEnvelope } from './dsse.ts';
import { attestNamespace } from './key-record.ts';
import { formatPublicKeyLine } from './ssh-key.ts';
import { looksLikeTwinLeaf, twinLeafOf } from './twin-leaf.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const der = publicKey.export({ type: 'spki', format: 'der' });
const machine = {
  keyid: 'SHA256:any',
  publicKey: formatPublicKeyLine({ type: 'ecdsa-sha2-nistp256', point: der.subarray(-65) }),
  sign: (message: Uint8Array) => Promise.resolve(sign('sha256', message, privateKey)),
};
const payload = new TextEncoder().encode('{}');

test('the leaf says digest, signature and key as Rekor v2 does, in the order of JCS', async () => {
  const envelope = parseEnvelope(await signEnvelope('text/plain', payload, machine));
  if (envelope === undefined) throw new Error('no envelope');
  const leaf = new TextDecoder().decode(twinLeafOf(envelope, sha256));
  const digest = Buffer.from(sha256(preAuthEncoding('text/plain', payload))).toString('base64');
  const content = Buffer.from(envelope.signatures[0]?.sig ?? []).toString('base64');
  expect(leaf).toBe(
    `{"apiVersion":"0.0.2","kind":"hashedrekord","spec":{"hashedRekordV002":{"data":{"algorithm":"SHA2_256","digest":"${digest}"},` +
      `"signature":{"content":"${content}","verifier":{"keyDetails":"PKIX_ECDSA_P256_SHA_256","publicKey":{"rawBytes":"${der.toString('base64')}"}}}}}}`,
  );
  expect(looksLikeTwinLeaf(JSON.parse(leaf))).toBe(true);
  const rawBytes = /"rawBytes":"([^"]+)"/.exec(leaf)?.[1] ?? '';
  const key = createPublicKey({ key: Buffer.from(rawBytes, 'base64'), format: 'der', type: 'spki' });
  expect(key.equals(publicKey)).toBe(true);
});

test('what no machine signed has none', async () => {
  const human = ed25519Signer();
  const message = (bytes: Uint8Array) => new TextEncoder().encode(armoredBy(human, bytes, attestNamespace));
  const key = { keyid: '', sign: (bytes: Uint8Array) => Promise.resolve(message(bytes)) };
  const attested = parseEnvelope(await signEnvelope('text/plain', payload, key));
  const other = parseEnvelope(
    await signEnvelope('text/plain', payload, { ...machine, publicKey: formatPublicKeyLine(human.key) }),
  );
  for (const envelope of [attested, other]) expect(envelope && twinLeafOf(envelope, sha256)).toBeUndefined();
});
