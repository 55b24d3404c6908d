import { z } from 'zod';
import { allowedSignersOf } from '../core/ledger/allowed-signers.ts';
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
    const { lines, leftOut } = allowedSignersOf(await context.read.keyRing(pod.id));
    return { pod: pod.id, lines: [...lines], leftOut: [...leftOut] };
  },
});
