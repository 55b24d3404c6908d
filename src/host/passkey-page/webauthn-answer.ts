import { FactumError } from '../../core/errors.ts';
import { attestNamespace } from '../../core/ledger/key-record.ts';
import { parsePublicKeyLine, sshKeyRefusals, type SshPublicKey } from '../../core/ledger/ssh-key.ts';
import { formatSshsig, signedData, sshsigRefusals, verifySshsig } from '../../core/ledger/sshsig.ts';
import { webauthnRefusals, webauthnSignatureOf } from '../../core/ledger/webauthn.ts';
import { nodeCrypto } from '../node-crypto.ts';
import { nodeSshsigPorts } from '../signatures.ts';
import type { KnownPasskey } from './known-passkeys.ts';
import type { AnswerOf } from './steps.ts';

const hash = 'sha512';
const meanings: Readonly<Record<string, string>> = { ...sshKeyRefusals, ...sshsigRefusals, ...webauthnRefusals };

/** What the authenticator is asked to sign for this message. */
export function challengeOf(message: Uint8Array): Uint8Array {
  return signedData(attestNamespace, hash, nodeSshsigPorts[hash](message));
}

/** Throws PASSKEY_REFUSED unless it is a point of P-256. */
export function passkeyOf(publicKey: Uint8Array, rpId: string): SshPublicKey {
  const point = pointOf(publicKey);
  if (point === undefined) throw refused('expected the public key of an ES256 passkey, got another');
  return { type: 'sk-ecdsa-sha2-nistp256@openssh.com', point, application: rpId };
}

/** OpenSSL refuses what is not on its curve. Written anew, so that no other spelling of the point comes through. */
function pointOf(spki: Uint8Array): Uint8Array | undefined {
  try {
    const key = nodeCrypto().createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return undefined;
    const { x = '', y = '' } = key.export({ format: 'jwk' });
    return Buffer.concat([Uint8Array.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  } catch {
    return undefined;
  }
}

/** The armored SSH signature, checked as every reader of the ledger does. Throws PASSKEY_REFUSED. */
export async function sshSignatureOf(
  answer: AnswerOf<'signed'>,
  { key: line, passkey }: KnownPasskey,
  message: Uint8Array,
): Promise<string> {
  const key = parsePublicKeyLine(line);
  const signature = webauthnSignatureOf(answer, passkey.origin);
  if (typeof key === 'string' || signature === undefined) throw refused('what the browser answered is no signature');
  const rpIdHash = nodeSshsigPorts.sha256(new TextEncoder().encode(passkey.rpId));
  const isOfRp = rpIdHash.every((byte, at) => answer.authenticatorData[at] === byte);
  if (!isOfRp) throw refused(webauthnRefusals['rp-id-mismatch']);
  const armored = formatSshsig({ key, namespace: attestNamespace, hash, signature });
  const verdict = await verifySshsig({ armored, message, namespace: attestNamespace, key, passkey }, nodeSshsigPorts);
  if (verdict.ok) return armored;
  throw refused(meanings[verdict.code] ?? verdict.code);
}

function refused(why: string): FactumError {
  return new FactumError('PASSKEY_REFUSED', `the passkey's answer is not used: ${why}`);
}
