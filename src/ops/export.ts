import { z } from 'zod';
import { ClaimName } from '../core/claim/claim-id.ts';
import { FactumError } from '../core/errors.ts';
import { formatRequest, maxRequestBytes } from '../core/ledger/request-file.ts';
import { type ClaimRecord, defineOperation, type SetupContext } from '../core/operation.ts';

export const exportRequest = defineOperation({
  id: 'export',
  summary: 'Write a file with which somebody on another machine judges and attests one claim',
  scope: 'setup',
  input: z.strictObject({
    request: ClaimName.describe('the claim: its id, whole or as it is shown, or a unique beginning or end of it'),
    out: z.string().min(1).optional().describe('file to write; it is new (default: factum-<claim>.jsonl here)'),
  }),
  output: z.object({
    claim: z.string(),
    file: z.string(),
    envelopes: z.number().int(),
  }),
  async run(context, input) {
    const asked = await context.read.claim(input.request);
    const { id } = asked.claim;
    const { names, claimName } = await wanted(context, asked);
    const read = await context.exchange.own.read(names);
    const envelopes = new Map(
      read.flatMap((bytes, at) => (typeof bytes === 'string' ? [] : [[names[at] ?? '', bytes]])),
    );
    if (envelopes.size !== names.length) throw new FactumError('INTERNAL', `entries about ${id} were not read`);
    const text = formatRequest({ claim: id, envelope: claimName, envelopes });
    if (text.length > maxRequestBytes) {
      const got = `${envelopes.size} envelopes of ${text.length} bytes`;
      throw new FactumError(
        'REQUEST_TOO_LARGE',
        `${id} does not fit into a file: at most ${maxRequestBytes} bytes, got ${got}`,
      );
    }
    const file = await context.setup.writeFile(input.out ?? `factum-${id}.jsonl`, text);
    return { claim: id, file, envelopes: envelopes.size };
  },
});

/** Names, in the order of the log, of all that a verdict on it is made of; what it relays may lend its verdict. */
async function wanted(
  { read, exchange }: SetupContext,
  asked: ClaimRecord,
): Promise<{ readonly names: readonly string[]; readonly claimName: string }> {
  const indexes = new Set<number>();
  const claims = new Set<string>();
  for (let next: ClaimRecord | undefined = asked; next !== undefined && !claims.has(next.claim.id);) {
    const { claim }: ClaimRecord = next;
    claims.add(claim.id);
    for (const index of await read.entriesAbout(claim)) indexes.add(index);
    next = claim.relays === undefined ? undefined : await read.claim(claim.relays);
  }
  const own = [...(await exchange.own.names())].filter(([, index]) => indexes.has(index));
  const claimName = own.find(([, index]) => index === asked.index)?.[0] ?? '';
  return { names: own.map(([name]) => name), claimName };
}
