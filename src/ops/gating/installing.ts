import { z } from 'zod';
import { type GatedAgent, type HookPlace, type HookScope, isGated } from '../../core/agent/agent.ts';
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

/** Throws AGENT_UNKNOWN; AGENT_UNGATED for one that has no hook, or no settings of its own. */
export async function agentNamed(context: ReadContext, id: string): Promise<GatedAgent & { readonly hook: HookPlace }> {
  const agents = await context.agents();
  const found = agents.find((agent) => agent.id === id);
  if (found === undefined) {
    const known = agents.flatMap((agent) => (isGated(agent) && agent.hook !== undefined ? agent.id : []));
    throw new FactumError('AGENT_UNKNOWN', `there is no agent ${id}; agents: ${known.join(', ')}`);
  }
  if (!isGated(found)) throw new FactumError('AGENT_UNGATED', `${found.title} has no stop hook: ${found.instead}`);
  const { hook } = found;
  if (hook !== undefined) return { ...found, hook };
  throw new FactumError(
    'AGENT_UNGATED',
    `${found.title} has no settings to write to: run factum gate ${id} at its end`,
  );
}
