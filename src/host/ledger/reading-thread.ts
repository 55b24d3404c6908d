import { parentPort } from 'node:worker_threads';
import { messageOf } from '../../core/errors.ts';
import { entryReader } from '../../core/ledger/check/read-entry.ts';
import { signerOf } from '../../core/ledger/signer.ts';
import { nodeSshsigPorts, signaturesHere } from '../signatures.ts';
import type { ReadingAnswer, ReadingQuestion } from './reading-threads.ts';

// One of the threads that read the entries of a ledger.

const ports = { ...nodeSshsigPorts, signatures: signaturesHere };
const readEntries = entryReader({ ...ports, signerOf: (envelope) => signerOf(envelope, ports) });

parentPort?.on('message', ({ id, entries, before }: ReadingQuestion) => {
  readEntries(entries, before).then(
    (read) => answer({ id, read }),
    (thrown: unknown) => answer({ id, failure: messageOf(thrown) }),
  );
});

function answer(given: ReadingAnswer): void {
  parentPort?.postMessage(given, []);
}
