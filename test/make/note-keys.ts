import { generateKeyPairSync, sign } from 'node:crypto';
import { cosigner } from '../../src/core/ledger/cosignature.ts';
import { formatCheckpoint } from '../../src/core/ledger/checkpoint.ts';
import { formatNote, signNote } from '../../src/core/ledger/note.ts';
import { type NoteSigner, type VerifierKey, verifierKey } from '../../src/core/ledger/vkey.ts';
import { tileIn } from '../../src/core/ledger/tile.ts';
import { treeProofs } from '../../src/core/ledger/tree-proof.ts';
import { leaves, naiveRoot, sha256, tileStore } from './trees.ts';

export interface NoteKey {
  readonly key: VerifierKey;
  readonly signer: NoteSigner;
}

/** A fresh key that signs notes under `name`: of a log (0x01), or of a witness that saw everything at one time (0x04). */
export function noteKey(name: string, type: 0x01 | 0x04 = 0x01, cosignedAt = 1_700_000_000): NoteKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32));
  const key = verifierKey({ name, type, publicKey: raw }, sha256);
  const own = (message: Uint8Array): Promise<Uint8Array> => Promise.resolve(sign(null, message, privateKey));
  const signer = type === 0x04 ? cosigner({ key, cosignedAt, sign: own }) : { name, keyId: key.keyId, sign: own };
  return { key, signer };
}

const largest = 600;

/** A log of entries named by their number, of any size up to 600. `from` another number it is a fork from its first entry on. */
export async function testLog(name: string, { key, signer }: NoteKey = noteKey(name), from = 0) {
  const all = leaves(largest, from);
  const store = tileStore();
  await store.grow(0, all);

  function proofs(size: number) {
    return treeProofs(
      size,
      async (tile) => {
        const widest = tileIn(largest, tile.level, tile.index);
        return (await store.read(widest)).subarray(0, tile.width * 32);
      },
      sha256,
    );
  }

  function root(size: number): Uint8Array {
    return naiveRoot(all.slice(0, size));
  }

  async function signed(size: number, hash: Uint8Array, cosigners: readonly NoteKey[] = []): Promise<string> {
    const text = formatCheckpoint({ origin: name, size, root: hash });
    const note = await signNote(text, signer, ...cosigners.map((each) => each.signer));
    if (typeof note === 'string') throw new Error(note);
    return formatNote(note);
  }

  return {
    key,
    signer,
    leaf: (index: number) => all[index] ?? new Uint8Array(),
    root,
    inclusion: (index: number, size: number) => proofs(size).inclusion(index),
    consistency: (old: number, size: number) => (old === 0 ? Promise.resolve([]) : proofs(size).consistency(old)),
    /** Signed by the log, then by `cosigners`. */
    checkpoint: (size: number, ...cosigners: readonly NoteKey[]) => signed(size, root(size), cosigners),
    signed,
  };
}
