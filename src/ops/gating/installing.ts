import { z } from 'zod';
import type { Agent, HookPlace, HookScope } from '../../core/agent/agent.ts';
import { FactumError } from '../../core/errors.ts';
import type { ReadContext } from '../../core/operation.ts';

export const AgentName = z.string().min(1).describe('id of the agent, such as claude-code');
export const UserScope = z
  .boolean()
  .default(false)
  .describe("in the user's own settings, for every repository; default: in those of this repository");

/** Where a tool has settings that are not committed, the gate of one repository stands there. */
export function scopeOf({ local }: HookPlace, user: boolean): HookScope {
  if (user) return 'user';
  return local === undefined ? 'project' : 'local';
}

export const Installed = z.object({ agent: z.string(), title: z.string(), path: z.string() });

/** Throws AGENT_UNKNOWN, also for one that has no settings of its own. */
export async function agentNamed(context: ReadContext, id: string): Promise<Agent & { readonly hook: HookPlace }> {
  const agents = await context.agents();
  const found = agents.find((agent) => agent.id === id);
  const hook = found?.hook;
  if (found !== undefined && hook !== undefined) return { ...found, hook };
  const known = agents.filter((agent) => agent.hook !== undefined).map((agent) => agent.id);
  const what = found === undefined ? `there is no agent ${id}` : `${found.title} has no settings to write to`;
  throw new FactumError('AGENT_UNKNOWN', `${what}; agents: ${known.join(', ')}`);
}
