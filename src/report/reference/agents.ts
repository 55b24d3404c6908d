import { type Agent, isGated } from '../../core/agent/agent.ts';
import { page, table } from './markdown.ts';

export function agentsPage(agents: readonly Agent[]): string {
  return page(
    'Agents',
    'src/plugins/agents',
    'Each tool runs `factum gate <agent>` at the end of a turn, gives it the JSON of its hook on standard input, and is answered in its own dialect. Only what reality contradicts sends an agent back.',
    ...agents.map(section),
  );
}

function section(agent: Agent): string {
  const { id, title, summary } = agent;
  if (!isGated(agent)) return [`## ${id}`, `${title}. ${summary} Instead: ${agent.instead}.`].join('\n\n');
  const { event, bound, timeout } = agent;
  const rows = [
    ['command', `\`factum gate ${id}\``],
    ['event', event],
    ['seconds that its hook is given', String(timeout)],
    ['times that it lets a hook send it back', bound],
  ];
  return [`## ${id}`, `${title}. ${summary}`, table(['', ''], rows)].join('\n\n');
}
