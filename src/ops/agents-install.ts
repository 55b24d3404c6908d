import { z } from 'zod';
import { commandsIn, withHook } from '../core/agent/hook-file.ts';
import { defineOperation } from '../core/operation.ts';
import { AgentName, agentNamed, Installed, scopeOf, UserScope } from './gating/installing.ts';

export const agentsInstall = defineOperation({
  id: 'agents install',
  summary: "Add the gate to an agent's own settings, and touch nothing else in them",
  scope: 'setup',
  positional: ['agent'],
  input: z.strictObject({ agent: AgentName, user: UserScope }),
  output: Installed.extend({
    command: z.string(),
    replaced: z.array(z.string()),
    /** The file is one that teams commit. */
    shared: z.boolean(),
    /** What is left to do before the tool runs it. */
    trust: z.string().optional(),
  }),
  async run(context, { agent: id, user }) {
    const { hook, title, trust } = await agentNamed(context, id);
    const { hooks } = context.setup;
    const scope = scopeOf(hook, user);
    const file = await hooks.read(hook, scope);
    const command = hooks.command(id, scope);
    const replaced = [...commandsIn(file, hook, id)];
    if (replaced.join() !== command) await hooks.add(file, withHook(file, hook, { agent: id, command }));
    const shared = scope === 'project';
    return { agent: id, title, path: file.path, command, replaced, shared, ...(trust !== undefined && { trust }) };
  },
});
