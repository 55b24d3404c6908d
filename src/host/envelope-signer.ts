import type { Envelope } from '../core/ledger/dsse.ts';
import { type Signer, signerOf, type SignerRefusal } from '../core/ledger/signer.ts';
import { nodeSshsigPorts } from './signatures.ts';

/** Who signed an envelope, checked by OpenSSL. */
export function envelopeSigner(envelope: Envelope): Promise<Signer | SignerRefusal> {
  return signerOf(envelope, nodeSshsigPorts);
}
