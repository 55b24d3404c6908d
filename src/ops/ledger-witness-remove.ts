import { z } from 'zod';
import { withoutWitness } from '../core/config/witnesses.ts';
import { FactumError } from '../core/errors.ts';
import { defineOperation } from '../core/operation.ts';

export const ledgerWitnessRemove = defineOperation({
  id: 'ledger witness remove',
  summary: 'Take a witness out of factum.yaml',
  scope: 'setup',
  input: z.strictObject({ witness: z.string().min(1).describe('its key, the name in its key, or its address') }),
  positional: ['witness'],
  output: z.object({ path: z.string(), vkey: z.string(), url: z.string(), trusted: z.boolean() }),
  async run({ settings, setup }, { witness }) {
    const { witnesses } = settings.config.ledger;
    const [found, other] = witnesses.filter(
      ({ vkey, url }) => vkey === witness || url === witness || vkey.startsWith(`${witness}+`),
    );
    if (found === undefined) throw new FactumError('USAGE', `factum.yaml names no witness ${witness}`);
    if (other !== undefined) throw new FactumError('USAGE', `two witnesses are named ${witness}: give the whole key`);
    const edited = await setup.editConfig((text) => withoutWitness(text, found.vkey));
    return { ...edited, ...found };
  },
});
