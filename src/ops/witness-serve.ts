import { z } from 'zod';
import { FactumError } from '../core/errors.ts';
import { fromHex } from '../core/ledger/octets.ts';
import { parseVkey, type VerifierKey } from '../core/ledger/vkey.ts';
import { defineOperation } from '../core/operation.ts';

export const witnessServe = defineOperation({
  id: 'witness serve',
  summary: "Run a witness for other teams' ledgers, until it is ended",
  scope: 'setup',
  opensItself: true,
  input: z.strictObject({
    dir: z.string().min(1).describe('folder of its key and of all that it must never forget; made when it is new'),
    log: z.array(z.string().min(1)).min(1).describe('vkey of a ledger that it serves'),
    port: z.int().min(0).max(65_535).default(7380).describe('0: one that is free'),
    host: z.string().min(1).default('127.0.0.1').describe('address to listen on; 0.0.0.0: all of this machine'),
    name: z
      .string()
      .regex(/^[^\s+]{1,100}$/, 'no spaces and no plus')
      .optional()
      .describe('name in its key, such as witness.example/team; default: one made of the key'),
  }),
  output: z.object({ vkey: z.string(), url: z.string(), logs: z.array(z.string()) }),
  async run({ setup, ports, progress }, { dir, log, port, host, name }) {
    const logs = log.map((vkey) => logKey(vkey, (bytes) => fromHex(ports.sha256(bytes))));
    const running = await setup.startWitness({ dir, logs, port, host, ...(name === undefined ? {} : { name }) });
    // Whole, so that it can be copied.
    progress.show(`vkey ${running.vkey}\n`);
    progress.note(`listening on ${running.url} for ${logs.length === 1 ? '1 ledger' : `${logs.length} ledgers`}`);
    await running.ended;
    return { vkey: running.vkey, url: running.url, logs: logs.map((each) => each.name) };
  },
});

function logKey(vkey: string, sha256: (bytes: Uint8Array) => Uint8Array): VerifierKey {
  const key = parseVkey(vkey, sha256);
  if (key?.type === 0x01) return key;
  throw new FactumError('USAGE', `${vkey} is not the vkey of a ledger, <origin>+<key id>+<base64 of an Ed25519 key>`);
}
