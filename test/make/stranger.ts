import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Envelope, parseEnvelope, preAuthEncoding } from '../../src/core/ledger/dsse.ts';
import { decodeStatement } from '../../src/core/ledger/statement.ts';
import type { TestPod } from './pod.ts';

/** An envelope as it is in the ledger, and who it says signed it. */
export interface FoundEnvelope {
  readonly envelope: Envelope;
  readonly person: string;
}

/** All envelopes of this predicate, oldest first. */
export async function envelopesOf(pod: TestPod, type: string): Promise<readonly FoundEnvelope[]> {
  const own = pod.store().envelopes;
  const names = [...(await own.names()).keys()];
  const bytes = await own.read(names);
  return bytes.flatMap((each) => {
    const envelope = typeof each === 'string' ? undefined : parseEnvelope(each);
    const statement = envelope && decodeStatement(envelope.payload);
    if (envelope === undefined || statement?.predicateType.endsWith(`/${type}`) !== true) return [];
    const { person } = statement.predicate as { person?: { id: string } };
    return [{ envelope, person: person?.id ?? '' }];
  });
}

/** What `ssh-keygen -Y verify` says, with nothing of ours but the bytes. */
export function strangerVerifies(
  allowed: string,
  principal: string,
  envelope: Envelope,
  ...options: string[]
): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'factum-stranger-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [list, signature] = [join(folder, 'allowed_signers'), join(folder, 'signature')];
  writeFileSync(list, allowed);
  writeFileSync(signature, envelope.signatures[0]?.sig ?? '');
  const how = [
    '-Y',
    'verify',
    '-f',
    list,
    '-I',
    principal,
    '-n',
    'attest@factum.internal',
    '-s',
    signature,
    ...options,
  ];
  const input = preAuthEncoding(envelope.payloadType, envelope.payload);
  return spawnSync('ssh-keygen', how, { input }).status === 0;
}
