import type { PodConfig } from '../../core/config/config.ts';
import { FactumError } from '../../core/errors.ts';
import type { KeyRecord } from '../../core/ledger/key-record.ts';
import type { KeyRing, RingKey } from '../../core/ledger/key-ring.ts';
import type { HumanSigner, ReadContext, WriteContext } from '../../core/operation.ts';
import { podFor } from '../judging/pods.ts';

export type Holder = KeyRecord['holder'];

export interface AskedKey {
  readonly key?: string | undefined;
  /** Sign with a passkey of this machine; `key` is then its fingerprint. */
  readonly passkey?: boolean;
  readonly as?: string | undefined;
  readonly pod?: string | undefined;
}

/** Who gives this command, with the key they have at hand and its place in the pod's ring. */
export interface MyKey {
  readonly signer: HumanSigner;
  readonly pod: PodConfig;
  readonly ring: KeyRing;
  readonly holder: Holder;
  /** Undefined before the key was asked to be enrolled. */
  readonly known: RingKey | undefined;
}

/** The ring says whose key it is; of a new key, `--as` or git's settings. Throws HUMAN_KEY_*, KEY_REFUSED, USAGE. */
export async function myKey(context: WriteContext, asked: AskedKey): Promise<MyKey> {
  const pod = await podOf(context, asked.as, asked.pod);
  return { pod, ...(await keyAtHand(context, pod.id, asked)) };
}

/** As `myKey`, in a pod that factum.yaml need not name any more. */
export async function keyAtHand(
  context: WriteContext,
  pod: string,
  asked: AskedKey & { readonly sheet?: string },
): Promise<Omit<MyKey, 'pod'>> {
  const { as } = asked;
  const ring = await context.read.keyRing(pod);
  const signer = await signerOf(context, ring, asked);
  const known = ring.get(signer.keyid);
  if (known?.removedAt !== undefined) throw new FactumError('KEY_REFUSED', `the key ${signer.keyid} was removed`);
  if (known !== undefined && as !== undefined && known.holder.id !== as) {
    throw new FactumError('KEY_REFUSED', `the key ${signer.keyid} is that of ${known.holder.id}, not of ${as}`);
  }
  return { signer, ring, known, holder: known?.holder ?? (await personOf(context, pod, as)) };
}

function signerOf(
  { keys }: WriteContext,
  ring: KeyRing,
  { key, as, passkey, sheet }: AskedKey & { readonly sheet?: string },
): Promise<HumanSigner> {
  if (passkey !== true) return keys.human(key);
  const among = [...ring.values()]
    .filter((each) => each.passkey !== undefined && each.removedAt === undefined)
    .filter(({ fingerprint, holder }) => (key ?? fingerprint) === fingerprint && (as ?? holder.id) === holder.id)
    .map(({ fingerprint }) => fingerprint);
  return keys.passkey({ among, ...(sheet === undefined ? {} : { sheet }) });
}

/** As `myKey`; a member without a passkey on this machine makes one, where a passkey is asked for. */
export async function myKeyOrNew(
  context: WriteContext,
  { port, ...asked }: AskedKey & { port: number },
): Promise<MyKey> {
  try {
    return await myKey(context, asked);
  } catch (thrown) {
    const isMissing = thrown instanceof FactumError && thrown.code === 'PASSKEY_MISSING' && asked.key === undefined;
    if (!isMissing) throw thrown;
  }
  const pod = await podOf(context, asked.as, asked.pod);
  const holder = await personOf(context, pod.id, asked.as);
  requireMember(pod, holder.id);
  const signer = await context.keys.createPasskey({ person: holder, pod: pod.id, port });
  return { pod, signer, holder, ring: await context.read.keyRing(pod.id), known: undefined };
}

/** The pod asked for, else the one that this person is a member of. */
export async function podOf(context: ReadContext, person?: string, asked?: string): Promise<PodConfig> {
  const { pods } = context.settings.config;
  const own = asked === undefined ? pods.find((pod) => isMember(pod, person)) : undefined;
  return own ?? podFor(context, asked);
}

export function isMember({ members }: PodConfig, person: string | undefined): boolean {
  return members.humans.some(({ id }) => id === person);
}

/** Throws NOT_MEMBER. */
export function requireMember(pod: PodConfig, person: string): void {
  if (isMember(pod, person)) return;
  const names = pod.members.humans.map(({ id }) => id).join(', ') || 'none';
  throw new FactumError('NOT_MEMBER', `${person} is no human of pod ${pod.id} in factum.yaml; its humans: ${names}`);
}

async function personOf(context: ReadContext, pod: string, as: string | undefined): Promise<Holder> {
  const actor = await context.actor();
  const id = as ?? (actor.kind === 'human' ? actor.id : undefined);
  if (id === undefined) throw new FactumError('USAGE', "git's user.email is not set: say who you are: --as <email>");
  const humans = context.settings.config.pods.find((each) => each.id === pod)?.members.humans ?? [];
  const name = humans.find((human) => human.id === id)?.name ?? (actor.id === id ? actor.name : undefined);
  return { id, ...(name === undefined ? {} : { name }) };
}
