import { FactumError } from '../errors.ts';
import { decodeEntries, entriesPerBundle } from './bundle.ts';
import { type LedgerReader, pathsOf, readPartial } from './check/reader.ts';
import type { Hash, Sha256 } from './hash.ts';
import { leafHashOf, verifyInclusion } from './merkle.ts';
import { openCheckpoint, openingRefusals } from './open-checkpoint.ts';
import type { SignaturePort } from './signature-port.ts';
import { hashesPerTile, type Tile } from './tile.ts';
import { formatTlogProof } from './tlog-proof.ts';
import { treeProofs } from './tree-proof.ts';
import { parseVkey, type VerifierKey } from './vkey.ts';

/** An entry under a signed checkpoint, with all that shows that it is there. */
export interface LoggedEntry {
  readonly index: number;
  readonly bytes: Uint8Array;
  readonly leafHash: Hash;
  /** From the leaf's sibling up. */
  readonly hashes: readonly Hash[];
  /** The content of a `.tlog-proof` file. */
  readonly receipt: string;
}

/** What a log has published, for whoever wants proofs of it. */
export interface PublishedLog {
  readonly key: VerifierKey;
  readonly size: number;
  readonly root: Hash;
  /** The signed note, as it is served. */
  readonly checkpoint: string;
  /** Throws NOT_PUBLISHED, LOG_DAMAGED. */
  entry(index: number): Promise<LoggedEntry>;
}

export interface PublishedPorts {
  readonly sha256: Sha256;
  readonly signatures: SignaturePort;
}

/** Throws NOT_PUBLISHED when there is no checkpoint, LOG_DAMAGED for one that the key beside it did not sign. */
export async function publishedLog(
  reader: LedgerReader,
  { sha256, signatures }: PublishedPorts,
): Promise<PublishedLog> {
  const paths = pathsOf(reader);
  const [note, shown] = [await reader.read(paths.checkpoint), await reader.read(paths.vkey)];
  if (note === undefined || shown === undefined)
    throw new FactumError('NOT_PUBLISHED', `${reader.place}: expected a signed checkpoint and its key, got none`);
  const key = parseVkey(new TextDecoder().decode(shown).trim(), sha256);
  const opened = key === undefined ? 'unknown-origin' : await openCheckpoint(note, { logs: [key] }, signatures);
  if (key === undefined || typeof opened === 'string')
    throw damaged(paths.checkpoint, openingRefusals[opened as keyof typeof openingRefusals]);
  const { size, root } = opened.checkpoint;
  const checkpoint = new TextDecoder().decode(note);
  const proofs = treeProofs(size, readTile, sha256);

  function damaged(path: string, why: string): FactumError {
    return new FactumError('LOG_DAMAGED', `${reader.place}, ${path}: ${why}`);
  }

  async function readTile({ level, index, width }: Tile): Promise<Uint8Array> {
    const path = paths.tile(level, index, width);
    const bytes = (await readPartial(reader, path))?.bytes.subarray(0, 32 * width);
    if (bytes?.length === 32 * width) return bytes;
    throw damaged(path, `expected ${width} hashes, got ${bytes === undefined ? 'no file' : `${bytes.length} bytes`}`);
  }

  async function bytesOf(index: number): Promise<Uint8Array> {
    const bundle = Math.floor(index / entriesPerBundle);
    const path = paths.tile('entries', bundle, Math.min(hashesPerTile, size - bundle * entriesPerBundle));
    const read = await readPartial(reader, path);
    const entry = decodeEntries(read?.bytes ?? new Uint8Array()).entries[index % entriesPerBundle];
    if (entry !== undefined) return entry;
    throw damaged(path, `expected entry ${index} in it, got ${read === undefined ? 'no file' : 'fewer entries'}`);
  }

  return {
    key,
    size,
    root,
    checkpoint,
    async entry(index) {
      if (index >= size)
        throw new FactumError('NOT_PUBLISHED', `entry ${index} is behind the checkpoint, which covers ${size} entries`);
      const bytes = await bytesOf(index);
      const leafHash = leafHashOf(bytes, sha256);
      const hashes = await proofs.inclusion(index);
      // What is handed out holds: a stranger would find it out too late.
      const refusal = verifyInclusion({ index, size, leafHash, proof: hashes, root }, sha256);
      if (refusal !== undefined) throw damaged(paths.checkpoint, `entry ${index} is not in the tree: ${refusal}`);
      return { index, bytes, leafHash, hashes, receipt: formatTlogProof({ index, hashes, checkpoint }) };
    },
  };
}
