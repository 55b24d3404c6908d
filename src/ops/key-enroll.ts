import { z } from 'zod';
import { FactumError } from '../core/errors.ts';
import { isActive, type KeyRing, type RingKey, whyMayNot } from '../core/ledger/key-ring.ts';
import { defineOperation, type WriteContext } from '../core/operation.ts';
import { type AskedKey, type MyKey, myKey, myKeyOrNew, podOf, requireMember } from './keys/my-key.ts';
import { aboutKey, machineOf, requestHuman, requestMachine, stateOf } from './keys/request.ts';

const Step = z.object({
  fingerprint: z.string(),
  kind: z.enum(['human', 'machine']),
  holder: z.string(),
  state: z.enum(['enrolled', 'waiting', 'removed']),
});
type Step = z.infer<typeof Step>;

export const keyEnroll = defineOperation({
  id: 'key enroll',
  summary: "Ask that my key and this machine's are enrolled in a pod, or vouch for another person's",
  scope: 'write',
  positional: ['who'],
  input: z.strictObject({
    who: z.string().optional().describe('fingerprint or person that I vouch for; default: my own key'),
    key: z
      .string()
      .optional()
      .describe("file of my SSH key; default: git's user.signingkey, else the only one in ~/.ssh"),
    passkey: z
      .boolean()
      .default(false)
      .describe('my passkey on this machine, on a page in my browser; made where there is none'),
    port: z
      .number()
      .int()
      .min(1024)
      .max(65535)
      .default(4711)
      .describe("of a new passkey's page on localhost; the passkey is bound to it for good"),
    as: z.string().max(320).optional().describe("who I am in factum.yaml; default: git's user.email"),
    machine: z.boolean().default(false).describe("ask for this machine's key only, as where no person sits"),
    pod: z.string().optional().describe('default: the pod that I am a member of'),
  }),
  output: z.object({ pod: z.string(), keys: z.array(Step), next: z.string().optional() }),
  async run(context, { who, machine, port, ...asked }) {
    if (who !== undefined) return vouch(context, asked, who);
    return machine ? askForMachine(context, asked) : ask(context, { ...asked, port });
  },
});

async function ask(context: WriteContext, asked: AskedKey & { readonly port: number }) {
  const mine = await myKeyOrNew(context, asked);
  const { pod, signer, holder } = mine;
  requireMember(pod, holder.id);
  const about = { ring: mine.ring, pod: pod.id };
  // The person first: who declines on the page of a passkey leaves nothing behind.
  await requestHuman(context, mine);
  const machine = await requestMachine(context, about, { id: machineOf(holder.id) });
  const ring = await context.read.keyRing(pod.id);
  const own = ring.get(machine.fingerprint);
  const vouches = isActive(ring.get(signer.keyid)) && own !== undefined && stateOf(own) === 'waiting';
  if (vouches) await context.write([aboutKey(machine, own, { action: 'enroll' })], signer);
  return answer(context, pod.id, [signer.keyid, machine.fingerprint]);
}

async function askForMachine(context: WriteContext, { as, pod: asked }: AskedKey) {
  const pod = await podOf(context, as, asked);
  const ring = await context.read.keyRing(pod.id);
  const holder = { id: as ?? machineOf((await context.actor()).id) };
  const { fingerprint } = await requestMachine(context, { ring, pod: pod.id }, holder);
  return answer(context, pod.id, [fingerprint]);
}

async function vouch(context: WriteContext, asked: AskedKey, who: string) {
  const mine = await myKey(context, asked);
  const { pod, ring, signer } = mine;
  const keys = waitingFor(ring, who);
  if (!context.isInteractive && keys.some(({ fingerprint }) => fingerprint !== who)) {
    throw new FactumError('USAGE', 'without a terminal name the fingerprint, which the person told you: not a name');
  }
  const recordedAt = context.ports.now();
  const records = keys.map((key) => aboutKey({ pod: pod.id, recordedAt }, key, { action: 'enroll' }));
  for (const { body } of records) {
    const why = whyMayNot(ring, signer.keyid, body);
    if (why !== undefined) throw new FactumError('KEY_REFUSED', why);
    if (body.kind === 'human') requireMember(pod, body.holder.id);
  }
  const granted = [];
  for (const [at, record] of records.entries()) {
    if (await context.confirm(question(mine, keys[at]), { inWords: true })) granted.push(record);
  }
  const [first, ...rest] = granted;
  if (first !== undefined) await context.write([first, ...rest], signer);
  return answer(
    context,
    pod.id,
    keys.map(({ fingerprint }) => fingerprint),
  );
}

/** Throws KEY_NOT_FOUND. */
function waitingFor(ring: KeyRing, who: string): readonly RingKey[] {
  const names = [who, machineOf(who)];
  const waiting = [...ring.values()].filter((key) => key.requested && stateOf(key) === 'waiting');
  const found = waiting.filter(({ fingerprint, holder }) => fingerprint === who || names.includes(holder.id));
  if (found.length > 0) return found;
  const others = waiting.map(({ fingerprint, holder }) => `${holder.id} ${fingerprint}`).join(', ') || 'none';
  const how = 'whoever has the key asks first, with factum key enroll, there with --machine where no person sits';
  throw new FactumError('KEY_NOT_FOUND', `no key of ${who} waits to be enrolled: ${how}; waiting: ${others}`);
}

function question({ pod, holder }: MyKey, key: RingKey | undefined): string {
  const whose = key?.kind === 'machine' ? `A machine (${key.holder.id})` : (key?.holder.id ?? '');
  return [
    `${whose} asks to be enrolled in pod ${pod.id} with the key`,
    `  ${key?.fingerprint ?? ''}`,
    `Compare it with what that person tells you by another way. Do you, ${holder.id}, vouch for it?`,
  ].join('\n');
}

/** Who enrols before others' keys came vouches for nobody yet, so nobody else counts in this ledger. */
const firstHere = 'factum sync; then factum key list tells which other persons wait for you to vouch for them';

async function answer({ read }: WriteContext, pod: string, fingerprints: readonly string[]) {
  const ring = await read.keyRing(pod);
  const keys = fingerprints.map((fingerprint): Step => {
    const key = ring.get(fingerprint);
    return { fingerprint, kind: key?.kind ?? 'machine', holder: key?.holder.id ?? '', state: stateOf(key) };
  });
  const waiting = keys.find(({ state }) => state === 'waiting');
  const isAlone = [...ring.values()].every(({ fingerprint }) => fingerprints.includes(fingerprint));
  if (waiting === undefined) return isAlone ? { pod, keys, next: firstHere } : { pod, keys };
  const hasMore = waiting.kind === 'human' && keys.some(({ kind, state }) => kind === 'machine' && state === 'waiting');
  const then = hasMore ? '\nthen repeat this command here, so that this machine counts, too' : '';
  return { pod, keys, next: `an enrolled person of the pod runs: factum key enroll ${waiting.fingerprint}${then}` };
}
