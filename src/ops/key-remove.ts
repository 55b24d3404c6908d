import { z } from 'zod';
import { FactumError } from '../core/errors.ts';
import { isActive, type KeyRing, type RingKey, whyMayNot } from '../core/ledger/key-ring.ts';
import { defineOperation } from '../core/operation.ts';
import { myKey } from './keys/my-key.ts';
import { aboutKey } from './keys/request.ts';

export const keyRemove = defineOperation({
  id: 'key remove',
  summary: 'Remove a key for good; what it signed before stays valid',
  scope: 'write',
  positional: ['fingerprint'],
  input: z.strictObject({
    fingerprint: z.string().min(1).describe('of the key to remove: SHA256:...'),
    reason: z.string().min(1).max(4000).describe('why, for whoever reads the ledger later'),
    key: z.string().optional().describe('file of my own SSH key, which signs the removal'),
    passkey: z.boolean().default(false).describe('sign the removal with my passkey, on a page in my browser'),
    pod: z.string().optional().describe('default: the pod that I am a member of'),
  }),
  output: z.object({ pod: z.string(), fingerprint: z.string(), holder: z.string(), removed: z.boolean() }),
  async run(context, { fingerprint, reason, ...asked }) {
    const { pod, ring, signer } = await myKey(context, asked);
    const key = ring.get(fingerprint);
    if (key === undefined) throw new FactumError('KEY_NOT_FOUND', `pod ${pod.id} has no key ${fingerprint}`);
    if (key.removedAt !== undefined) throw new FactumError('KEY_REFUSED', `the key ${fingerprint} was removed before`);
    const how = { action: 'remove', reason: context.redact(reason) } as const;
    const record = aboutKey({ pod: pod.id, recordedAt: context.ports.now() }, key, how);
    const why = whyMayNot(ring, signer.keyid, record.body) ?? whyLast(ring, key);
    if (why !== undefined) throw new FactumError('KEY_REFUSED', why);
    const removed = await context.confirm(`Remove the key ${fingerprint} of ${key.holder.id} for good?`, {
      inWords: true,
    });
    if (removed) await context.write([record], signer);
    return { pod: pod.id, fingerprint, holder: key.holder.id, removed };
  },
});

/** Nobody could vouch for anybody in this pod again. */
function whyLast(ring: KeyRing, key: RingKey): string | undefined {
  const others = [...ring.values()].filter(({ fingerprint }) => fingerprint !== key.fingerprint);
  const isLast =
    isActive(key) && key.kind === 'human' && !others.some((each) => each.kind === 'human' && isActive(each));
  return isLast
    ? 'it is the last enrolled key of the last person: enrol another first, and remove it with that'
    : undefined;
}
