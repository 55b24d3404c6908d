import { z } from 'zod';
import { commandsOf } from '../core/config/commands.ts';
import { defineOperation } from '../core/operation.ts';

const Shown = z.object({ command: z.string(), where: z.string() });

export const trust = defineOperation({
  id: 'trust',
  summary: "Trust the commands that this repository's configuration runs",
  scope: 'setup',
  input: z.strictObject({}),
  output: z.object({
    trusted: z.boolean(),
    /** Digest of what is trusted, hex; absent when the answer was no. */
    digest: z.string().optional(),
    configured: z.boolean(),
    commands: z.array(Shown),
  }),
  async run(context) {
    const { settings } = context;
    const commands = commandsOf(settings);
    const shown = { configured: settings.configured, commands: [...commands] };
    const listed = commands.map(({ command, where }) => `  ${command}  (${where})`).join('\n');
    const question = `${listed}\nRun these commands in this repository? yes or no`;
    const answer = commands.length === 0 ? 'yes' : await context.ask(question, 'yes');
    if (!/^y(?:es)?$/i.test(answer.trim())) return { trusted: false, ...shown };
    return { trusted: true, digest: await context.setup.recordTrust(), ...shown };
  },
  answersNo: ({ trusted }) => !trusted,
});
