import { z } from 'zod';
import { FactumError } from '../core/errors.ts';
import { Refused } from '../core/ledger/admission.ts';
import { sourceOf } from '../core/ledger/peer.ts';
import { maxRequestBytes, parseRequest } from '../core/ledger/request-file.ts';
import { defineOperation } from '../core/operation.ts';

export const importRequest = defineOperation({
  id: 'import',
  summary: 'Take what a file of factum export --request says into this ledger',
  scope: 'write',
  positional: ['file'],
  input: z.strictObject({ file: z.string().min(1).describe('file that factum export --request wrote') }),
  output: z.object({
    /** The claim that the file is about. */
    claim: z.string(),
    /** SHA-256 of the claim's envelope, hex. */
    envelope: z.string(),
    /** Envelopes that are new here, and that were here before. */
    received: z.number().int(),
    known: z.number().int(),
    refused: z.array(Refused),
  }),
  async run({ readFile, exchange, ledger }, { file }) {
    const request = parseRequest(await readFile(file, maxRequestBytes), ledger.ports.sha256);
    if (typeof request === 'string') throw new FactumError('FILE_UNUSABLE', `${file} is not a request: ${request}`);
    const { claim, envelope, envelopes } = request;
    const { admitted, known, refused } = await exchange.admit(sourceOf(envelopes));
    return { claim, envelope, received: admitted.length, known: known.length, refused: [...refused] };
  },
  answersNo: ({ envelope, refused }) => refused.some(({ name }) => name === envelope),
});
