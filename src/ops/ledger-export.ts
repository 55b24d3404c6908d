import { z } from 'zod';
import { ClaimName } from '../core/claim/claim-id.ts';
import { exportedFiles } from '../core/ledger/export/folder.ts';
import { publishedLog } from '../core/ledger/published-log.ts';
import { parseVkey } from '../core/ledger/vkey.ts';
import { defineOperation } from '../core/operation.ts';
import { artifactsOf } from './judging/artifact-states.ts';

export const ledgerExport = defineOperation({
  id: 'ledger export',
  summary: 'Write a folder with which strangers check one claim, offline and with tools of others',
  scope: 'setup',
  positional: ['claim'],
  input: z.strictObject({
    claim: ClaimName,
    out: z.string().min(1).describe('folder to write; it is new, or empty'),
  }),
  output: z.object({
    claim: z.string(),
    folder: z.string(),
    files: z.array(z.string()),
    /** Entries of the log under the checkpoint of the receipts. */
    size: z.number().int(),
  }),
  async run(context, input) {
    const { ledger, read, settings, setup } = context;
    const { claim, index, evidence } = await read.claim(input.claim);
    const log = await publishedLog(await ledger.reader(), ledger.ports);
    const humans = (await read.policyInForce(claim.pod))?.humans ?? [];
    const ring = [...(await read.keyRing(claim.pod))].filter(([, { holder }]) => humans.includes(holder.id));
    const witnesses = settings.config.ledger.witnesses.flatMap(({ vkey, url }, at) => {
      const key = parseVkey(vkey, ledger.ports.sha256);
      return key === undefined ? [] : [{ name: `witness-${at + 1}`, key, url }];
    });
    const entries = await read.entriesAbout(claim);
    const artifacts = await artifactsOf(context, evidence);
    const exported = { log, claim: index, entries, ring: new Map(ring), witnesses, artifacts };
    const files = await exportedFiles(exported, ledger.ports);
    const folder = await setup.writeFolder(input.out, files);
    return { claim: claim.id, folder, files: files.map(({ path }) => path), size: log.size };
  },
});
