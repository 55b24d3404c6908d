import { open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isErrno } from '../../core/errno.ts';
import { FactumError, messageOf } from '../../core/errors.ts';
import { parseCheckpoint } from '../../core/ledger/checkpoint.ts';
import { openNote } from '../../core/ledger/note.ts';
import type { VerifierKey } from '../../core/ledger/vkey.ts';
import type { WitnessedTree } from '../../core/ledger/witness.ts';
import { makeConfigurationFolder, syncFolder } from '../configuration-folder.ts';
import { nodeCrypto } from '../node-crypto.ts';
import { nodeSignatures } from '../signatures.ts';

/** What a witness must never forget: for each origin the checkpoint that it cosigned last. */
export interface WitnessFolder {
  /** Throws WITNESS_STATE when it is there and not a checkpoint of that origin that `witness` cosigned. */
  last(origin: string, witness: VerifierKey): Promise<WitnessedTree | undefined>;
  /** The signed note as it was stored, by the lower-case hexadecimal SHA-256 of its origin. */
  note(originHash: string): Promise<string | undefined>;
  /** Durable when it returns. */
  store(origin: string, note: string): Promise<void>;
  close(): void;
}

/** Held until `close` or the end of the process. Throws WITNESS_FOLDER, or LOCK_TIMEOUT where another witness runs. */
export async function openWitnessFolder(dir: string): Promise<WitnessFolder> {
  const trees = join(dir, 'trees');
  try {
    await makeConfigurationFolder(trees);
  } catch (cause) {
    throw new FactumError('WITNESS_FOLDER', messageOf(cause), { cause });
  }
  const lock = takeLock(dir);

  function pathOf(originHash: string): string {
    return join(trees, originHash);
  }

  async function note(originHash: string): Promise<string | undefined> {
    try {
      return await readFile(pathOf(originHash), 'utf8');
    } catch (thrown) {
      if (isErrno(thrown, 'ENOENT')) return undefined;
      throw badState(pathOf(originHash), messageOf(thrown));
    }
  }

  return {
    note,
    async last(origin, witness) {
      const source = await note(hashOf(origin));
      if (source === undefined) return undefined;
      const opened = await openNote(source, [witness], nodeSignatures);
      if (typeof opened === 'string') throw badState(pathOf(hashOf(origin)), opened);
      const checkpoint = parseCheckpoint(opened.text);
      if (typeof checkpoint === 'string' || checkpoint.origin !== origin)
        throw badState(pathOf(hashOf(origin)), `expected a checkpoint of ${origin}`);
      return checkpoint;
    },
    store: (origin, source) => replaceFile(pathOf(hashOf(origin)), source),
    close() {
      if (lock.isOpen) lock.close();
    },
  };
}

function hashOf(origin: string): string {
  return nodeCrypto().hash('sha256', origin);
}

/** The system releases the lock of a process that was killed. */
function takeLock(dir: string): DatabaseSync {
  const path = join(dir, 'lock.sqlite');
  try {
    const lock = new DatabaseSync(path, { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (cause) {
    const isBusy = /locked|busy/i.test(messageOf(cause));
    if (isBusy) throw new FactumError('LOCK_TIMEOUT', `another witness runs in ${dir}`, { cause });
    throw new FactumError('WITNESS_FOLDER', `${path} cannot be opened: ${messageOf(cause)}`, { cause });
  }
}

/** One witness at a time writes here, one checkpoint of an origin after the other. */
async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.tmp`;
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

function badState(path: string, why: string): FactumError {
  return new FactumError('WITNESS_STATE', `${path} is not what this witness cosigned last: ${why}`);
}
