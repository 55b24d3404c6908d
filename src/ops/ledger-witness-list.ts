import { z } from 'zod';
import { defineOperation } from '../core/operation.ts';

const Named = z.object({
  name: z.string(),
  vkey: z.string(),
  url: z.string(),
  /** When it cosigned the latest checkpoint; absent: it did not. */
  cosignedAt: z.iso.datetime().optional(),
});

export const ledgerWitnessList = defineOperation({
  id: 'ledger witness list',
  summary: 'Show the witnesses that factum.yaml names, and who of them cosigned the latest checkpoint',
  scope: 'read',
  input: z.strictObject({}),
  output: z.object({
    witnesses: z.array(Named),
    /** True: what no witness cosigned is not published. */
    required: z.boolean(),
    /** Entries of the latest checkpoint; absent: nothing was published. */
    size: z.int().optional(),
    /** None of these cosigned the latest checkpoint. */
    unwitnessedSince: z.iso.datetime().optional(),
  }),
  async run({ settings, ledger }) {
    const { witnesses, require_witness: required } = settings.config.ledger;
    const head = await ledger.head();
    const named = witnesses.map(({ vkey, url }) => {
      const name = vkey.slice(0, vkey.indexOf('+'));
      const cosigner = head?.witnesses.find((each) => each.name === name);
      return { name, vkey, url, ...(cosigner === undefined ? {} : { cosignedAt: cosigner.cosignedAt }) };
    });
    if (head === undefined) return { witnesses: named, required };
    const isWitnessed = named.length === 0 || named.some(({ cosignedAt }) => cosignedAt !== undefined);
    const since = isWitnessed ? {} : { unwitnessedSince: head.unwitnessedSince ?? head.publishedAt };
    return { witnesses: named, required, size: head.size, ...since };
  },
});
