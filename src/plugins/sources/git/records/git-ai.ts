import { z } from 'zod';
import type { SourcePorts } from '../../../../core/signal/source.ts';
import { jsonOf, notesOf } from './notes.ts';

const Agent = z.object({ agent_id: z.object({ tool: z.string(), model: z.string().default('') }) });
/** git-ai's authorship log 3.0.0, below its line `---`; `prompts` is the older form of `sessions`. */
const Log = z.object({
  schema_version: z.string().regex(/^authorship\/\d/),
  prompts: z.record(z.string(), z.unknown()).default({}),
  sessions: z.record(z.string(), z.unknown()).default({}),
});

export interface AgentNotes {
  /** Per commit a line for each agent with lines in it: `authorship/3.0.0 <tool> <model>`. */
  readonly byCommit: ReadonlyMap<string, readonly string[]>;
  readonly skipped: number;
}

/** git-ai attaches a log to people's commits, too: only agents that lines are attributed to had a part. */
export async function agentNotes(ports: SourcePorts): Promise<AgentNotes> {
  const { notes, skipped } = await notesOf(ports, 'refs/notes/ai');
  const byCommit = new Map<string, readonly string[]>();
  let broken = 0;
  for (const { commit, text } of notes) {
    const agents = agentsIn(text);
    if (agents === undefined) broken++;
    else if (agents.length > 0) byCommit.set(commit, agents);
  }
  return { byCommit, skipped: skipped + broken };
}

function agentsIn(text: string): readonly string[] | undefined {
  const cut = text.startsWith('---\n') ? 0 : text.indexOf('\n---\n') + 1;
  const log = Log.safeParse(jsonOf(text.slice(cut + 4)));
  if (!log.success) return undefined;
  const { schema_version, prompts, sessions } = log.data;
  // "  <id>[::<trace>] 1-10,15": indented under the name of the file.
  const named = text.slice(0, cut).matchAll(/^ {2}([\w-]+)(?:::[\w-]+)? \d/gm);
  const ids = new Set([...named].map(([, id = '']) => id));
  const agents = [...ids].flatMap((id) => {
    const agent = Agent.safeParse(Object.hasOwn(sessions, id) ? sessions[id] : prompts[id]);
    return agent.success ? [agent.data.agent_id] : [];
  });
  return [...new Set(agents.map(({ tool, model }) => oneLine(`${schema_version} ${tool} ${model}`)))];
}

function oneLine(words: string): string {
  return words.replaceAll(/\s+/g, ' ').trim().slice(0, 200);
}
