import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  armoredBy,
  ecdsaSigner,
  ed25519Signer,
  type PasskeyFaults,
  passkeyScope,
  passkeySigner,
  rsaSigner,
  securityKeySigner,
  type SshSigner,
} from '../../../test/make/ssh-signer.ts';
import { vectorFolder } from '../../../test/vectors.ts';
import { nodeSshsigPorts } from '../../host/signatures.ts';
import { fromBase64, toBase64 } from './octets.ts';
import { parsePublicKeyLine, type SshPublicKey, sshKeyRefusals } from './ssh-key.ts';
import { formatSshsig, parseSshsig, type Sshsig, type SshsigCheck, sshsigRefusals, verifySshsig } from './sshsig.ts';
import { webauthnRefusals, webauthnSignatureOf } from './webauthn.ts';

const namespace = 'attest@factum.internal';
const message = new TextEncoder().encode('what is attested');
const refusals = { ...sshsigRefusals, ...sshKeyRefusals, ...webauthnRefusals };
const met = new Set<string>();

async function answerTo(check: SshsigCheck): Promise<string> {
  const verdict = await verifySshsig(check, nodeSshsigPorts);
  if (!verdict.ok) met.add(verdict.code);
  return verdict.ok ? verdict.assurance : verdict.code;
}

function answerOf(signer: SshSigner, change: Partial<SshsigCheck> = {}): Promise<string> {
  const armored = change.armored ?? armoredBy(signer, message, namespace);
  return answerTo({ message, namespace, key: signer.key, ...change, armored });
}

function passkeyAnswer(faults: PasskeyFaults, change: Partial<SshsigCheck> = {}): Promise<string> {
  return answerOf(passkeySigner(faults), { passkey: passkeyScope, ...change });
}

/** The same armor around other bytes. */
function reArmored(armored: string, change: (blob: Uint8Array) => Uint8Array): string {
  const blob = fromBase64(armored.split('\n').slice(1, -2).join('')) ?? new Uint8Array();
  const lines = toBase64(change(blob)).match(/.{1,70}/g) ?? [];
  return ['-----BEGIN SSH SIGNATURE-----', ...lines, '-----END SSH SIGNATURE-----', ''].join('\n');
}

function withText(from: string, to: string): (blob: Uint8Array) => Uint8Array {
  return (blob) => Buffer.from(Buffer.from(blob).toString('latin1').replace(from, to), 'latin1');
}

const software: readonly (readonly [string, SshSigner])[] = [
  ['ed25519', ed25519Signer()],
  ['P-256', ecdsaSigner('ecdsa-sha2-nistp256')],
  ['P-384', ecdsaSigner('ecdsa-sha2-nistp384')],
  ['P-521', ecdsaSigner('ecdsa-sha2-nistp521')],
  ['rsa-sha2-256', rsaSigner('rsa-sha2-256')],
  ['rsa-sha2-512', rsaSigner('rsa-sha2-512')],
  ['ed25519-sk without touch', securityKeySigner('sk-ssh-ed25519@openssh.com', 0)],
  ['ecdsa-sk without touch', securityKeySigner('sk-ecdsa-sha2-nistp256@openssh.com', 0)],
];
const touched: readonly (readonly [string, SshSigner])[] = [
  ['ed25519-sk', securityKeySigner('sk-ssh-ed25519@openssh.com')],
  ['ecdsa-sk', securityKeySigner('sk-ecdsa-sha2-nistp256@openssh.com')],
];

describe.each([...software, ...touched])('%s', (name, signer) => {
  test('verifies, and says how strong it is', async () => {
    const expected = touched.some(([each]) => each === name) ? 'presence' : 'software';
    // r and s are now and then shorter than their field.
    for (let round = 0; round < 20; round++) expect(await answerOf(signer)).toBe(expected);
  });

  test('what is signed for another purpose, message or key is refused', async () => {
    expect(await answerOf(signer, { namespace: 'git' })).toBe('namespace-mismatch');
    expect(await answerOf(signer, { message: new Uint8Array() })).toBe('signature-mismatch');
    expect(await answerOf(signer, { key: ed25519Signer().key })).toBe('key-mismatch');
    expect(await answerOf(signer, { passkey: passkeyScope })).toBe('not-webauthn');
  });

  test('is written again byte for byte', () => {
    const armored = armoredBy(signer, message, namespace);
    const parsed = parseSshsig(armored);
    expect(typeof parsed === 'string' ? parsed : formatSshsig(parsed)).toBe(armored);
  });
});

describe('a passkey', () => {
  test('that verified its user is present', async () => {
    expect(await passkeyAnswer({})).toBe('presence');
    expect(await passkeyAnswer({ flags: 0x85, extensions: Uint8Array.of(0xa0) })).toBe('presence');
    expect(await passkeyAnswer({ clientData: { crossOrigin: undefined, other_keys: 'may be added' } })).toBe(
      'presence',
    );
  });

  test.each([
    ['no user verification', { flags: 0x01 }, 'user-not-verified'],
    ['no touch', { flags: 0x04 }, 'user-not-present'],
    ['an enrolment in place of a signature', { flags: 0x45 }, 'malformed-authenticator-data'],
    ['extensions it does not announce', { extensions: Uint8Array.of(0xa0) }, 'malformed-authenticator-data'],
    ['extensions announced and missing', { flags: 0x85 }, 'malformed-authenticator-data'],
    ['a registration', { clientData: { type: 'webauthn.create' } }, 'malformed-client-data'],
    ['another challenge', { clientData: { challenge: 'AAAA' } }, 'challenge-mismatch'],
    ['another origin in what was signed', { clientData: { origin: 'http://localhost:1' } }, 'origin-mismatch'],
    ['an embedded page', { clientData: { crossOrigin: true } }, 'cross-origin'],
    ['client data that are no JSON', { clientDataText: '{' }, 'malformed-client-data'],
    ['client data that are null', { clientDataText: 'null' }, 'malformed-client-data'],
    ['fields in another order', { clientData: { a: 1, type: undefined } }, 'malformed-client-data'],
  ])('with %s is refused', async (_, faults, code) => expect(await passkeyAnswer(faults)).toBe(code));

  test('is refused outside the page it was enrolled for', async () => {
    const { rpId, origin } = passkeyScope;
    expect(await passkeyAnswer({}, { passkey: { rpId, origin: 'http://127.0.0.1:4711' } })).toBe('origin-mismatch');
    expect(await passkeyAnswer({}, { passkey: { rpId: 'example.org', origin } })).toBe('rp-id-mismatch');
    expect(await passkeyAnswer({}, { namespace: 'git' })).toBe('namespace-mismatch');
    expect(await answerOf(passkeySigner())).toBe('passkey-not-enrolled');
  });

  test('of which a field is there twice, or in another order, is refused', async () => {
    const signer = passkeySigner();
    for (const change of [
      (fields: object) => JSON.stringify(fields).replace('{', '{"origin":"http://evil.example",'),
      (fields: object) => JSON.stringify(Object.fromEntries(Object.entries(fields).toReversed())),
    ]) {
      const faulty: SshSigner = {
        key: signer.key,
        sign(data) {
          const challenge = Buffer.from(data).toString('base64url');
          const fields = { type: 'webauthn.get', challenge, origin: passkeyScope.origin };
          return { ...signer.sign(data), clientData: new TextEncoder().encode(change(fields)) } as never;
        },
      };
      expect(await answerOf(faulty, { passkey: passkeyScope })).toBe('malformed-client-data');
    }
  });

  test('an answer that is not one of ES256 gives no signature', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 60 }),
        fc.uint8Array({ maxLength: 80 }),
        (authenticatorData, signature) => {
          const answer = { authenticatorData, clientDataJSON: new Uint8Array(), signature };
          expect(webauthnSignatureOf(answer, passkeyScope.origin)).toBeUndefined();
        },
      ),
    );
  });
});

describe('a text that is', () => {
  const rsa = software[5]?.[1] ?? ed25519Signer();
  const cases: readonly (readonly [string, SshSigner, (armored: string) => string, string])[] = [
    ['empty', rsa, () => '', 'malformed-armor'],
    ['of other armor', rsa, (armored) => armored.replaceAll('SSH', 'PGP'), 'malformed-armor'],
    ['with a line behind', rsa, (armored) => `${armored}\n`, 'malformed-armor'],
    ['with carriage returns', rsa, (armored) => armored.replaceAll('\n', '\r\n'), 'malformed-armor'],
    ['with padding in the middle', rsa, (armored) => armored.replace('U1NI', 'U1N='), 'malformed-armor'],
    ['with no contents', rsa, (armored) => reArmored(armored, () => new Uint8Array()), 'malformed-sshsig'],
    ['of another magic', rsa, (armored) => reArmored(armored, withText('SSHSIG', 'SSHSIH')), 'malformed-sshsig'],
    [
      'of version 2',
      rsa,
      (armored) => reArmored(armored, withText('SIG\0\0\0\u0001', 'SIG\0\0\0\u0002')),
      'malformed-sshsig',
    ],
    ['longer inside', rsa, (armored) => reArmored(armored, (blob) => Buffer.concat([blob, blob])), 'malformed-sshsig'],
    ['of a hash of another name', rsa, (armored) => reArmored(armored, withText('sha512', 'sha384')), 'unknown-hash'],
    [
      'of a key of another kind',
      rsa,
      (armored) => reArmored(armored, withText('ssh-rsa', 'ssh-dss')),
      'unknown-key-type',
    ],
    [
      'of a bent key',
      ed25519Signer(),
      (armored) => reArmored(armored, withText('\0\0\0 ', '\0\0\0!')),
      'malformed-key',
    ],
    [
      'RSA over SHA-1',
      rsa,
      (armored) => reArmored(armored, withText('rsa-sha2-512', 'rsa-sha1-512')),
      'unknown-signature-algorithm',
    ],
    [
      'of another RSA hash',
      rsa,
      (armored) => reArmored(armored, withText('rsa-sha2-512', 'rsa-sha2-256')),
      'signature-mismatch',
    ],
  ];

  test.each(cases)('%s is refused', async (_, signer, change, code) => {
    const armored = change(armoredBy(signer, message, namespace));
    expect(await answerOf(signer, { armored })).toBe(code);
  });

  test('signed by an algorithm of other keys, or in another form, is refused', async () => {
    const { key } = ed25519Signer();
    const ecdsa = ecdsaSigner('ecdsa-sha2-nistp256');
    expect(await answerOf({ key, sign: ecdsa.sign })).toBe('algorithm-mismatch');
    const short: SshSigner = { key, sign: () => ({ algorithm: 'ssh-ed25519', signature: new Uint8Array(3) }) };
    expect(await answerOf(short)).toBe('signature-mismatch');
    const pair: SshSigner = {
      key: ecdsa.key,
      sign: () => ({ algorithm: 'ecdsa-sha2-nistp256', signature: new Uint8Array(200).fill(1) }),
    };
    expect(await answerOf(pair)).toBe('malformed-signature');
    const off: SshSigner = { ...ecdsa, key: { type: 'ecdsa-sha2-nistp256', point: Buffer.alloc(65, 4) } };
    expect(await answerOf(off)).toBe('signature-mismatch');
  });

  test('signed by a short RSA key is refused', async () => {
    expect(await answerOf(rsaSigner('rsa-sha2-512', 1024), { key: rsa.key })).toBe('rsa-key-size');
  });
});

test('whatever is changed in a signature, it is refused with a code', async () => {
  const signers = [...software, ...touched].map(([, signer]) => ({ signer, passkey: undefined }));
  const passkey = { signer: passkeySigner(), passkey: passkeyScope };
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(passkey, ...signers),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      async (by, at, bits) => {
        const armored = reArmored(armoredBy(by.signer, message, namespace), (blob) => {
          const bytes = Uint8Array.from(blob);
          bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ bits;
          return bytes;
        });
        const answer = await answerOf(by.signer, { armored, ...(by.passkey ? { passkey: by.passkey } : {}) });
        expect(refusals).toHaveProperty([answer]);
      },
    ),
    { numRuns: 500 },
  );
});

test('any text at all is refused with a code', async () => {
  const armor = fc
    .uint8Array({ maxLength: 300 })
    .map((bytes) => reArmored('', () => Buffer.concat([Buffer.from('SSHSIG\0\0\0\u0001'), bytes])));
  await fc.assert(
    fc.asyncProperty(fc.oneof(armor, fc.string()), async (armored) => {
      expect(refusals).toHaveProperty([await answerOf(ed25519Signer(), { armored })]);
    }),
  );
  const large = reArmored('', () => Buffer.alloc(5_000_000, 'SSHSIG'));
  expect(await answerOf(ed25519Signer(), { armored: large })).toBe('malformed-sshsig');
});

test('every code was met', () => {
  expect(Object.keys(refusals).filter((code) => !met.has(code))).toEqual([]);
});

const vectors = vectorFolder('openssh-sshsig');

function read(name: string): Buffer {
  return readFileSync(join(vectors, name));
}

describe('the vectors of OpenSSH', () => {
  const mindrot = { origin: 'https://www.mindrot.org', rpId: 'mindrot.org' };

  test.each([
    ['ed25519', 'software'],
    ['ecdsa', 'software'],
    ['rsa', 'software'],
    ['ed25519_sk', 'presence'],
    ['ecdsa_sk', 'presence'],
    // It verifies: flags are judged after the signature. Its authenticator did not verify the user.
    ['ecdsa_sk_webauthn', 'user-not-verified'],
  ])('%s: %s', async (name, answer) => {
    const key = parsePublicKeyLine(read(`${name}.pub`).toString()) as SshPublicKey;
    const passkey = name.endsWith('webauthn') ? { passkey: mindrot } : {};
    const check = { key, message: read('signed-data'), namespace: read('namespace').toString(), ...passkey };
    const armored = read(`${name}.sig`).toString();
    expect(await answerTo({ ...check, armored })).toBe(answer);
    expect(await answerTo({ ...check, armored, namespace })).toBe('namespace-mismatch');
    const parsed = parseSshsig(armored) as Sshsig;
    expect(formatSshsig(parsed)).toBe(armored);
    const signature = parsed.signature.signature.map((byte, at) => (at === 20 ? byte ^ 1 : byte));
    const bent = formatSshsig({ ...parsed, signature: { ...parsed.signature, signature } });
    expect(await answerTo({ ...check, armored: bent })).toBe('signature-mismatch');
  });

  test('post-quantum keys are refused by name', async () => {
    expect(parsePublicKeyLine(read('mldsa44-ed25519.pub').toString())).toBe('unknown-key-type');
    expect(await answerOf(ed25519Signer(), { armored: read('mldsa44-ed25519.sig').toString() })).toBe(
      'unknown-key-type',
    );
  });
});
