import { z } from 'zod';
import { defineOperation } from '../core/operation.ts';

export const ledgerServe = defineOperation({
  id: 'ledger serve',
  summary: 'Serve checkpoint and tiles of a ledger over HTTP, read-only, until it is ended',
  scope: 'setup',
  positional: ['where'],
  input: z.strictObject({
    where: z.string().optional().describe('folder of a ledger; default: that of this repository'),
    port: z.int().min(0).max(65_535).default(7379).describe('0: one that is free'),
    host: z.string().min(1).default('127.0.0.1').describe('address to listen on; 0.0.0.0: all of this machine'),
  }),
  output: z.object({ url: z.string(), place: z.string() }),
  async run({ ledger, setup, progress }, { where, ...address }) {
    const reader = await ledger.reader(where);
    const { url, ended } = await setup.serveLedger(reader, address);
    progress.note(`serving ${reader.place} at ${url}`);
    await ended;
    return { url, place: reader.place };
  },
});
