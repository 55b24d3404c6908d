import { z } from 'zod';
import { grantsOf } from '../core/config/grants.ts';
import { defineOperation } from '../core/operation.ts';
import { visible } from '../core/visible.ts';

const Granted = z.object({ what: z.string(), where: z.string() });

export const trust = defineOperation({
  id: 'trust',
  summary: "Trust what this repository's configuration runs and reaches",
  scope: 'setup',
  input: z.strictObject({}),
  output: z.object({
    trusted: z.boolean(),
    /** Digest of what is trusted, hex; absent when the answer was no. */
    digest: z.string().optional(),
    configured: z.boolean(),
    grants: z.array(Granted),
  }),
  async run(context) {
    const { settings } = context;
    const grants = grantsOf(settings);
    const shown = { configured: settings.configured, grants: [...grants] };
    const listed = grants.map(({ what, where }) => `  ${visible(what)}  (${visible(where)})`).join('\n');
    const question = `${listed}\nAllow this in this repository? yes or no`;
    const answer = grants.length === 0 ? 'yes' : await context.ask(question, 'yes');
    if (!/^y(?:es)?$/i.test(answer.trim())) return { trusted: false, ...shown };
    return { trusted: true, digest: await context.setup.recordTrust(), ...shown };
  },
  answersNo: ({ trusted }) => !trusted,
});
