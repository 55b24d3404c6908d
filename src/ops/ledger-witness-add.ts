import { z } from 'zod';
import { withWitness, witnessVkey } from '../core/config/witnesses.ts';
import { WitnessConfig } from '../core/config/config.ts';
import { FactumError } from '../core/errors.ts';
import { fromHex } from '../core/ledger/octets.ts';
import { defineOperation } from '../core/operation.ts';

export const ledgerWitnessAdd = defineOperation({
  id: 'ledger witness add',
  summary: 'Name a witness in factum.yaml, to cosign each checkpoint from now on',
  scope: 'setup',
  input: z.strictObject({
    vkey: WitnessConfig.shape.vkey.describe('its key, as it prints it'),
    url: WitnessConfig.shape.url.describe('its submission prefix, such as https://witness.example'),
  }),
  positional: ['vkey', 'url'],
  output: z.object({
    path: z.string(),
    name: z.string(),
    url: z.string(),
    /** False: nothing is sent to it before the user trusts the configuration. */
    trusted: z.boolean(),
  }),
  async run({ settings, setup, ports }, { vkey, url }) {
    if (!settings.configured)
      throw new FactumError('USAGE', 'there is no factum.yaml to name it in: factum init first');
    const key = witnessVkey(vkey, (bytes) => fromHex(ports.sha256(bytes)));
    if (typeof key === 'string') throw new FactumError('USAGE', `${vkey} is ${key}`);
    const known = settings.config.ledger.witnesses.find((each) => each.vkey === vkey || each.url === url);
    if (known !== undefined) throw new FactumError('USAGE', `factum.yaml names ${known.vkey} at ${known.url} already`);
    const edited = await setup.editConfig((text) => withWitness(text, { vkey, url }));
    return { ...edited, name: key.name, url };
  },
});
