import { z } from 'zod';
import { FactumError } from '../core/errors.ts';
import { Published } from '../core/ledger/head.ts';
import { defineOperation } from '../core/operation.ts';

export const ledgerPublish = defineOperation({
  id: 'ledger publish',
  summary: 'Read the whole log anew, sign what is recorded, show it to the witnesses and in public/',
  scope: 'setup',
  input: z.strictObject({}),
  output: Published,
  async run({ setup }) {
    const published = await setup.publishLedger();
    if (published === undefined) throw new FactumError('USAGE', 'nothing is recorded here yet: factum claim first');
    return published;
  },
});
