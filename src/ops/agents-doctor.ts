import { z } from 'zod';
import { hookScopes, isGated } from '../core/agent/agent.ts';
import { commandsIn } from '../core/agent/hook-file.ts';
import { messageOf } from '../core/errors.ts';
import { defineOperation } from '../core/operation.ts';

const Found = z.object({
  agent: z.string(),
  title: z.string(),
  path: z.string(),
  command: z.string(),
  /** The false claim was sent back. */
  works: z.boolean(),
  /** How the hook answered it. */
  exit: z.number().nullable(),
  said: z.string(),
});

export const agentsDoctor = defineOperation({
  id: 'agents doctor',
  summary: 'Fire a false claim through each installed gate, in a repository made for it, and show what happens',
  scope: 'setup',
  input: z.strictObject({}),
  output: z.object({
    found: z.array(Found),
    /** Settings that could not be read. */
    unreadable: z.array(z.string()),
  }),
  async run(context) {
    const { hooks } = context.setup;
    const found: z.infer<typeof Found>[] = [];
    const unreadable: string[] = [];
    for (const { hook, id, title, run } of (await context.agents()).filter(isGated)) {
      for (const scope of hookScopes) {
        if (hook?.[scope] === undefined) continue;
        try {
          const file = await hooks.read(hook, scope);
          for (const command of commandsIn(file, hook, id)) {
            const { exit, said } = await hooks.fire(command, run);
            found.push({ agent: id, title, path: file.path, command, works: said.includes(canary), exit, said });
          }
        } catch (thrown) {
          unreadable.push(messageOf(thrown));
        }
      }
    }
    return { found, unreadable };
  },
  answersNo: ({ found, unreadable }) =>
    found.length === 0 || unreadable.length > 0 || found.some(({ works }) => !works),
});

/** What the gate says of the claim that everything is committed, where it is not. */
const canary = 'has changes that are not committed';
