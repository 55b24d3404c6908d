import { hash } from 'node:crypto';
import type { Witness } from '../src/core/ledger/witnessing.ts';
import { envelopeSigner } from '../src/host/envelope-signer.ts';
import { logKeys } from '../src/host/log-keys.ts';
import { nodeSignatures } from '../src/host/signatures.ts';
import { witnessClient } from '../src/host/witness-client.ts';
import type { FilesJournal } from '../src/store/journal/files/files-journal.ts';
import { filesPlace } from '../src/store/log/files-place.ts';
import { type Publisher, publisher } from '../src/store/log/publisher.ts';
import { vouchBy } from '../src/store/log/vouch.ts';

export interface Keeping {
  readonly dir: string;
  readonly configuration: string;
  readonly journal: FilesJournal;
  readonly witnesses?: readonly Witness[];
}

/** Publishes a journal in files as the program does. */
export function publisherOf({ dir, configuration, journal, witnesses = [] }: Keeping): Publisher {
  const entryPorts = {
    sha256: (bytes: Uint8Array) => hash('sha256', bytes),
    placeOf: journal.placeOf,
    signerOf: envelopeSigner,
  };
  return publisher({
    journal,
    place: filesPlace({ dir, exclusively: journal.exclusively }),
    vouch: vouchBy(entryPorts),
    name: 'bench',
    keys: logKeys(configuration),
    signatures: nodeSignatures,
    witnessing: { witnesses, ask: witnessClient(), required: witnesses.length > 0 },
    now: () => new Date().toISOString(),
  });
}
