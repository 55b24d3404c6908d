import type { EnvelopeKey } from '../../core/ledger/dsse.ts';
import { FactumError } from '../../core/errors.ts';
import type { KeyRecord } from '../../core/ledger/key-record.ts';
import type { KeyRing, RingKey } from '../../core/ledger/key-ring.ts';
import { isActive } from '../../core/ledger/key-ring.ts';
import type { LedgerRecord } from '../../core/ledger/record.ts';
import type { WriteContext } from '../../core/operation.ts';
import type { Holder, MyKey } from './my-key.ts';

/** What becomes of a key by this command. */
export type KeyState = 'enrolled' | 'waiting' | 'removed';

export function stateOf(key: RingKey | undefined): KeyState {
  if (key?.removedAt !== undefined) return 'removed';
  return isActive(key) ? 'enrolled' : 'waiting';
}

/** A machine is named after the person who asks for it; its fingerprint tells it from others. */
export function machineOf(person: string): string {
  return `machine of ${person}`;
}

/** This user's key on this machine, in the pod's ring from now on; signed by itself. */
export async function requestMachine(
  context: WriteContext,
  { ring, pod }: { readonly ring: KeyRing; readonly pod: string },
  holder: Holder,
): Promise<KeyRecord> {
  const machine = await context.keys.machine();
  const known = ring.get(machine.keyid);
  if (machine.publicKey === undefined) throw new FactumError('INTERNAL', 'a machine key without its public half');
  const body: KeyRecord = {
    pod,
    action: 'request',
    kind: 'machine',
    holder: known?.holder ?? holder,
    key: machine.publicKey,
    fingerprint: machine.keyid,
    recordedAt: context.ports.now(),
  };
  await requestOnce(context, body, known, machine);
  return body;
}

/** My own key, in the pod's ring from now on. */
export async function requestHuman(context: WriteContext, mine: MyKey): Promise<void> {
  const { signer, pod, holder, known } = mine;
  const body: KeyRecord = {
    pod: pod.id,
    action: 'request',
    kind: 'human',
    holder,
    key: signer.publicKeyLine,
    fingerprint: signer.keyid,
    ...(signer.passkey === undefined ? {} : { passkey: signer.passkey }),
    recordedAt: context.ports.now(),
  };
  await requestOnce(context, body, known, signer);
}

async function requestOnce(
  { write }: WriteContext,
  body: KeyRecord,
  known: RingKey | undefined,
  key: EnvelopeKey,
): Promise<void> {
  if (known?.requested !== true) await write([{ type: 'key/v0.1', body }], key);
}

/** The entry by which a person vouches for a key, or removes it. */
export function aboutKey(
  { pod, recordedAt }: Pick<KeyRecord, 'pod' | 'recordedAt'>,
  { kind, holder, key, fingerprint, passkey }: Pick<RingKey, 'kind' | 'holder' | 'key' | 'fingerprint' | 'passkey'>,
  how: Pick<KeyRecord, 'action' | 'reason'>,
): LedgerRecord & { readonly type: 'key/v0.1' } {
  const scope = passkey === undefined ? {} : { passkey: { ...passkey } };
  return { type: 'key/v0.1', body: { pod, ...how, kind, holder, key, fingerprint, ...scope, recordedAt } };
}
