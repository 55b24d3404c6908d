import { z } from 'zod';
import { defineOperation } from '../core/operation.ts';

const Named = z.object({ name: z.string(), vkey: z.string(), url: z.string() });

export const ledgerWitnessList = defineOperation({
  id: 'ledger witness list',
  summary: 'Show the witnesses that factum.yaml names',
  scope: 'read',
  input: z.strictObject({}),
  output: z.object({
    witnesses: z.array(Named),
    /** True: what no witness cosigned is not published. */
    required: z.boolean(),
  }),
  async run({ settings }) {
    const { witnesses, require_witness: required } = settings.config.ledger;
    const named = witnesses.map(({ vkey, url }) => ({ name: vkey.slice(0, vkey.indexOf('+')), vkey, url }));
    return { witnesses: named, required };
  },
});
