import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isErrno } from '../core/errno.ts';
import type { Artifact, BlobState } from '../core/claim/evidence.ts';
import { FactumError, messageOf } from '../core/errors.ts';
import { joinBytes } from '../core/ledger/octets.ts';
import { realFiles } from './journal/files/file-layer.ts';
import { removeLeft } from './left-over.ts';

export interface BlobsOptions {
  readonly dir: string;
  /** Hex. */
  sha256(bytes: Uint8Array): string;
  /** Takes secrets out of a text. */
  redact(text: string): string;
}

type Blob = { readonly state: 'kept'; readonly bytes: Uint8Array } | { readonly state: Exclude<BlobState, 'kept'> };

/**
 * Artifacts by digest = SHA-256(salt || bytes). The salt is kept beside the blob: without it a guess of the
 * content cannot be checked against the ledger, so deleting both erases.
 */
export interface Blobs {
  /** Texts are redacted first. Answers when the blob is durable; throws JOURNAL_WRITE. */
  keep(content: string | Uint8Array, name: string, mediaType: string): Promise<Artifact>;
  get(digest: string): Promise<Blob>;
  /** Leaves the ledger valid; may be repeated. Throws JOURNAL_WRITE. */
  erase(digest: string): Promise<void>;
}

const saltBytes = 32;

export function blobsIn({ dir, sha256, redact }: BlobsOptions): Blobs {
  const unfinished = join(dir, 'unfinished');

  function placeOf(digest: string): { blob: string; salt: string; erased: string } {
    if (!/^[0-9a-f]{64}$/.test(digest)) throw new TypeError(`not a digest: ${digest}`);
    const blob = join(dir, digest.slice(0, 2), digest);
    return { blob, salt: `${blob}.salt`, erased: `${blob}.erased` };
  }

  return {
    async keep(content, name, mediaType) {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(redact(content)) : content;
      const salt = crypto.getRandomValues(new Uint8Array(saltBytes));
      const digest = sha256(joinBytes(salt, bytes));
      const place = placeOf(digest);
      try {
        await realFiles.makeFolder(dirname(place.blob));
        // What a killed process left is in no ledger, so nobody could name it to erase it.
        await removeLeft(realFiles, unfinished);
        const [saltFile, blobFile] = await Promise.all([written(salt, unfinished), written(bytes, unfinished)]);
        // The blob last: where there is a blob there is its salt.
        await rename(saltFile, place.salt);
        await rename(blobFile, place.blob);
        await realFiles.syncFolder(dirname(place.blob));
      } catch (thrown) {
        throw new FactumError('JOURNAL_WRITE', `cannot keep ${name} in ${dir}: ${messageOf(thrown)}`, {
          cause: thrown,
        });
      }
      return { digest, bytes: bytes.length, mediaType, name };
    },
    async get(digest) {
      const place = placeOf(digest);
      const salt = await readIfThere(place.salt);
      const bytes = await readIfThere(place.blob);
      if (salt === undefined || bytes === undefined) {
        return { state: (await readIfThere(place.erased)) === undefined ? 'missing' : 'erased' };
      }
      return sha256(joinBytes(salt, bytes)) === digest ? { state: 'kept', bytes } : { state: 'damaged' };
    },
    async erase(digest) {
      const { blob, salt, erased } = placeOf(digest);
      try {
        await realFiles.makeFolder(dirname(blob));
        // The mark first: a killed command leaves nothing that looks lost.
        await rename(await written(new Uint8Array(), unfinished), erased);
        await rm(salt, { force: true });
        await rm(blob, { force: true });
        await realFiles.syncFolder(dirname(blob));
      } catch (thrown) {
        throw new FactumError('JOURNAL_WRITE', `cannot erase ${blob}: ${messageOf(thrown)}`, { cause: thrown });
      }
    },
  };
}

/** Durable under a name of its own, which is answered; what fails leaves nothing. */
async function written(bytes: Uint8Array, unfinished: string): Promise<string> {
  await realFiles.makeFolder(unfinished);
  const path = join(unfinished, `${crypto.randomUUID()}.tmp`);
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
    return path;
  } catch (thrown) {
    await rm(path, { force: true });
    throw thrown;
  } finally {
    await file.close();
  }
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT')) return undefined;
    throw new FactumError('JOURNAL_UNREADABLE', `cannot read ${path}: ${messageOf(thrown)}`, { cause: thrown });
  }
}
