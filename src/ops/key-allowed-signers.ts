import { z } from 'zod';
import { allowedSignerLine } from '../core/ledger/allowed-signers.ts';
import { attestNamespace } from '../core/ledger/key-record.ts';
import type { RingKey } from '../core/ledger/key-ring.ts';
import { defineOperation } from '../core/operation.ts';
import { podFor } from './judging/pods.ts';

export const keyAllowedSigners = defineOperation({
  id: 'key allowed-signers',
  summary: "Write the persons' keys as ssh-keygen -Y verify reads them",
  scope: 'read',
  input: z.strictObject({ pod: z.string().optional().describe('default: the pod that I am a member of') }),
  output: z.object({
    pod: z.string(),
    /** Of an `allowed_signers` file. */
    lines: z.array(z.string()),
    /** Persons whose id such a file cannot hold. */
    leftOut: z.array(z.string()),
  }),
  async run(context, input) {
    const pod = await podFor(context, input.pod);
    const ring = [...(await context.read.keyRing(pod.id)).values()];
    const keys = ring.filter((key) => key.kind === 'human' && key.requested && key.enrolledBy !== undefined);
    const written = keys.map((key) => ({ id: key.holder.id, line: lineOf(key) }));
    return {
      pod: pod.id,
      lines: written.flatMap(({ line }) => line ?? []),
      leftOut: written.flatMap(({ id, line }) => (line === undefined ? id : [])),
    };
  },
});

function lineOf({ holder, key, removalRecordedAt }: RingKey): string | undefined {
  const removed = removalRecordedAt === undefined ? {} : { removedAt: removalRecordedAt };
  return allowedSignerLine({ principal: holder.id, key, namespace: attestNamespace, ...removed });
}
