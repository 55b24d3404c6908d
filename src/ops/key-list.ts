import { z } from 'zod';
import type { PodConfig } from '../core/config/config.ts';
import { type KeyRing, personsOf, type RingKey } from '../core/ledger/key-ring.ts';
import { defineOperation } from '../core/operation.ts';
import { isMember } from './keys/my-key.ts';
import { podFor } from './judging/pods.ts';
import { stateOf } from './keys/request.ts';

const ListedKey = z.object({
  fingerprint: z.string(),
  kind: z.enum(['human', 'machine']),
  holder: z.string(),
  name: z.string().optional(),
  /** As OpenSSH names it, such as `ssh-ed25519`. */
  type: z.string(),
  state: z.enum(['enrolled', 'waiting', 'removed']),
  /** Made and verified in a browser. */
  passkey: z.boolean(),
  /** The person who vouched for it; of the first key of a pod, its own. */
  enrolledBy: z.string().optional(),
});

export const keyList = defineOperation({
  id: 'key list',
  summary: 'List the persons and machines of a pod with their keys, who waits, and what is missing',
  scope: 'read',
  input: z.strictObject({ pod: z.string().optional().describe('default: the pod that I am a member of') }),
  output: z.object({ pod: z.string(), keys: z.array(ListedKey), missing: z.array(z.string()) }),
  async run(context, input) {
    const pod = await podFor(context, input.pod);
    const ring = await context.read.keyRing(pod.id);
    const keys = personsFirst([...ring.values()]).map((key) => listed(key, ring));
    return { pod: pod.id, keys, missing: [...missing(pod, ring)] };
  },
});

function listed(key: RingKey, ring: KeyRing): z.infer<typeof ListedKey> {
  const { fingerprint, kind, holder, enrolledBy } = key;
  const by = enrolledBy === undefined ? undefined : ring.get(enrolledBy)?.holder.id;
  return {
    fingerprint,
    kind,
    holder: holder.id,
    ...(holder.name === undefined ? {} : { name: holder.name }),
    type: key.key.split(' ')[0] ?? '',
    passkey: key.passkey !== undefined,
    state: stateOf(key),
    ...(by === undefined ? {} : { enrolledBy: by }),
  };
}

function personsFirst(keys: readonly RingKey[]): readonly RingKey[] {
  return keys.toSorted((a, b) => a.kind.localeCompare(b.kind));
}

function missing(pod: PodConfig, ring: KeyRing): readonly string[] {
  const { humans } = pod.members;
  const persons = personsOf(ring);
  const waiting = personsFirst([...ring.values()].filter((key) => stateOf(key) === 'waiting'));
  const asked = new Set(waiting.map(({ holder }) => holder.id));
  return [
    ...(humans.length < 2 ? [`factum.yaml names ${humans.length} of at least two humans of pod ${pod.id}`] : []),
    ...humans
      .filter(({ id }) => !persons.includes(id) && !asked.has(id))
      .map(({ id }) => `${id} has no key yet, and runs: factum key enroll`),
    ...waiting.map(({ holder, fingerprint }) => `${holder.id} waits: factum key enroll ${fingerprint}`),
    ...persons
      .filter((id) => !isMember(pod, id))
      .map((id) => `${id} has a key and is no human of the pod in factum.yaml: what they attest does not count`),
  ];
}
