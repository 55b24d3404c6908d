import { z } from 'zod';
import { ClaimName } from '../core/claim/claim-id.ts';
import { FactumError } from '../core/errors.ts';
import { toHex } from '../core/ledger/octets.ts';
import { publishedLog } from '../core/ledger/published-log.ts';
import { formatVkey } from '../core/ledger/vkey.ts';
import { defineOperation } from '../core/operation.ts';

const Receipt = z.object({
  index: z.number().int(),
  /** Hex. */
  leafHash: z.string(),
  /** The content of a `.tlog-proof` file. */
  receipt: z.string(),
});

export const ledgerProve = defineOperation({
  id: 'ledger prove',
  summary: "Print the receipt that shows a claim's entry in the log (tlog-proof); with --json of all that is about it",
  scope: 'read',
  positional: ['claim'],
  input: z.strictObject({
    claim: ClaimName,
    entry: z.int().min(0).optional().describe('index of another entry about it; default: the claim itself'),
  }),
  output: z.object({
    claim: z.string(),
    /** Of the log. */
    vkey: z.string(),
    /** The one asked for first. */
    receipts: z.array(Receipt),
  }),
  async run({ ledger, read }, input) {
    const { claim, index } = await read.claim(input.claim);
    const about = await read.entriesAbout(claim);
    const first = input.entry ?? index;
    if (!about.includes(first)) {
      const known = about.join(', ');
      throw new FactumError('USAGE', `--entry ${first} is not about claim ${claim.id}; entries about it: ${known}`);
    }
    const log = await publishedLog(await ledger.reader(), ledger.ports);
    const receipts: z.infer<typeof Receipt>[] = [];
    for (const each of [first, ...about.filter((other) => other !== first)]) {
      const { leafHash, receipt } = await log.entry(each);
      receipts.push({ index: each, leafHash: toHex(leafHash), receipt });
    }
    return { claim: claim.id, vkey: formatVkey(log.key), receipts };
  },
});
