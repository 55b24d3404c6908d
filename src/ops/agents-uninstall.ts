import { z } from 'zod';
import { commandsIn, withoutHook } from '../core/agent/hook-file.ts';
import { defineOperation } from '../core/operation.ts';
import { AgentName, agentNamed, Installed, scopeOf, UserScope } from './gating/installing.ts';

export const agentsUninstall = defineOperation({
  id: 'agents uninstall',
  summary: "Take the gate out of an agent's own settings",
  scope: 'setup',
  positional: ['agent'],
  input: z.strictObject({ agent: AgentName, user: UserScope }),
  output: Installed.extend({ removed: z.array(z.string()) }),
  async run(context, { agent: id, user }) {
    const { hook, title } = await agentNamed(context, id);
    const { hooks } = context.setup;
    const file = await hooks.read(hook, scopeOf(hook, user));
    const removed = [...commandsIn(file, hook, id)];
    if (removed.length > 0) await hooks.restore(file, withoutHook(file, hook, id));
    return { agent: id, title, path: file.path, removed };
  },
});
