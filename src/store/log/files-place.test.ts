import { hash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, vi } from 'vitest';
import { logKeys } from '../../host/log-keys.ts';
import { nodeSignatures } from '../../host/signatures.ts';
import { publishingContract } from '../../testing/publishing-contract.ts';
import { filesJournal } from '../journal/files/files-journal.ts';
import { filesPlace } from './files-place.ts';

// Durable writes take what the disk takes; no time decides these tests.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const keysFolder = await mkdtemp(join(tmpdir(), 'factum-keys-'));
afterAll(() => rm(keysFolder, { recursive: true }));

publishingContract(
  'files',
  async () => {
    const parent = await mkdtemp(join(tmpdir(), 'factum-log-'));
    const dir = join(parent, 'factum');
    return {
      open() {
        const journal = filesJournal({ dir, sha256: (bytes) => hash('sha256', bytes) });
        return { journal, place: filesPlace({ dir, exclusively: journal.exclusively }), close: journal.close };
      },
      remove: () => rm(parent, { recursive: true }),
    };
  },
  { keys: logKeys(keysFolder), signatures: nodeSignatures },
);
