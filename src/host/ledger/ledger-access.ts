import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { LedgerAccess } from '../../core/ledger/access.ts';
import { entryReader, type ReadEntries } from '../../core/ledger/check/read-entry.ts';
import type { LedgerReader } from '../../core/ledger/check/reader.ts';
import { envelopeSigner } from '../envelope-signer.ts';
import { nodeSignatures, nodeSshsigPorts } from '../signatures.ts';
import { folderReader, unreadable } from './folder-reader.ts';
import { seenCheckpoints } from './seen-checkpoints.ts';

const mostTextBytes = 2_000_000;

export interface LedgerAccessOptions {
  /** Where relative paths start. */
  readonly cwd: string;
  /** The repository's own ledger: its folder, or how it is read. */
  readonly own: string | (() => Promise<LedgerReader>);
  /** The user's configuration folder. */
  readonly configuration: string;
  /** Private hosts that may be asked. */
  readonly allow: readonly string[];
}

export function ledgerAccess(options: LedgerAccessOptions): Omit<LedgerAccess, 'reading' | 'head'> {
  const { cwd, own, configuration, allow } = options;
  return {
    reader: async (where) => {
      if (where !== undefined && /^https?:\/\//i.test(where) && URL.canParse(where)) {
        return (await import('./url-reader.ts')).urlReader(where, { allow });
      }
      if (where !== undefined) return folderReader(resolve(cwd, where));
      return typeof own === 'string' ? folderReader(own) : own();
    },
    ...seenCheckpoints(configuration),
    text: (path) => smallText(resolve(cwd, path)),
    ports: { ...entryPorts, signatures: nodeSignatures, readEntries },
  };
}

const entryPorts = { sha256: nodeSshsigPorts.sha256, signerOf: envelopeSigner };
let reading: Promise<ReadEntries> | undefined;

async function readEntries(...asked: Parameters<ReadEntries>): ReturnType<ReadEntries> {
  reading ??= import('./reading-threads.ts').then(({ readingThreads }) => readingThreads(entryReader(entryPorts)));
  return (await reading)(...asked);
}

async function smallText(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > mostTextBytes) throw new Error(`expected at most ${mostTextBytes} bytes, got ${size}`);
    return await readFile(path, 'utf8');
  } catch (thrown) {
    throw unreadable(path, thrown);
  }
}
