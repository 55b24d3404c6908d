import { z } from 'zod';
import { FactumError } from '../core/errors.ts';
import { defineOperation } from '../core/operation.ts';

export const keyNew = defineOperation({
  id: 'key new',
  summary: 'Make an SSH key to attest with, by ssh-keygen, where none is there',
  scope: 'setup',
  input: z.strictObject({
    file: z.string().min(1).optional().describe('where; default: ~/.ssh/id_ed25519'),
    name: z.string().min(1).max(200).optional().describe("comment in the key; default: git's user.email"),
    withoutPassphrase: z.boolean().default(false).describe('anybody who gets the file can sign with it'),
  }),
  output: z.object({ file: z.string(), fingerprint: z.string(), key: z.string(), assurance: z.literal('software') }),
  async run(context, { file, name, withoutPassphrase }) {
    if (!withoutPassphrase && !context.isInteractive) {
      throw new FactumError(
        'USAGE',
        'there is no terminal to ask for a passphrase: use one, or say --without-passphrase',
      );
    }
    const made = await context.setup.newHumanKey({
      comment: name ?? (await context.actor()).id,
      withoutPassphrase,
      ...(file === undefined ? {} : { file }),
    });
    return { file: made.file, fingerprint: made.fingerprint, key: made.publicKeyLine, assurance: 'software' as const };
  },
});
