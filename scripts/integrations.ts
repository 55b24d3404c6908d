import { readFileSync } from 'node:fs';
import manifest from '../package.json' with { type: 'json' };
import { withHook } from '../src/core/agent/hook-file.ts';
import { type Agent, isGated } from '../src/core/agent/agent.ts';
import { hookFilesIn } from '../src/host/hook-files.ts';

// The plug-ins that tools install from this repository: what can be known from the code is written from it.

const tools = { 'claude-code': '.claude-plugin', codex: '.codex-plugin' };
const skill = 'skills/claim-well/SKILL.md';

const what = {
  name: manifest.name,
  version: manifest.version,
  description: 'Checks what the agent says is done before its turn ends: hook, MCP server and a skill.',
};
const author = { name: 'The Factum authors' };

/** Every generated file of `integrations/`, and the two catalogues at the top that name its plug-ins. */
export function integrationFiles(agents: readonly Agent[]): Readonly<Record<string, string>> {
  const plugins = Object.entries(tools).flatMap(([id, folder]) => {
    const at = `integrations/${id}`;
    return [
      [`${at}/${folder}/plugin.json`, jsonOf({ ...what, author, license: manifest.license, ...partsFor(id) })],
      [`${at}/hooks/hooks.json`, hooksOf(agents, id)],
      [`${at}/.mcp.json`, jsonOf({ mcpServers: { factum: { command: 'factum', args: ['mcp'] } } })],
      [`${at}/${skill}`, readFileSync(`integrations/claude-code/${skill}`, 'utf8')],
    ] as const;
  });
  return {
    ...Object.fromEntries(plugins),
    '.claude-plugin/marketplace.json': jsonOf({
      name: manifest.name,
      owner: author,
      description: manifest.description,
      plugins: [{ ...what, source: './integrations/claude-code' }],
    }),
    '.agents/plugins/marketplace.json': jsonOf({
      name: manifest.name,
      interface: { displayName: 'Factum' },
      plugins: [
        {
          name: manifest.name,
          source: { source: 'local', path: './integrations/codex' },
          policy: { installation: 'AVAILABLE', authentication: 'ON_INSTALL' },
          category: 'Developer Tools',
        },
      ],
    }),
  };
}

/** Claude Code finds its parts by their places. */
function partsFor(id: string): object {
  return id === 'codex' ? { skills: './skills/', mcpServers: './.mcp.json', hooks: './hooks/hooks.json' } : {};
}

/** What `factum agents install` writes into settings that a team commits: whichever Factum is there. */
function hooksOf(agents: readonly Agent[], id: string): string {
  const agent = agents.find((each) => each.id === id);
  if (agent === undefined || !isGated(agent) || agent.hook === undefined) throw new Error(`no hook of ${id}`);
  const command = hookFilesIn({ dir: '', folder: '', env: {} }).command(id, 'project');
  return withHook({ path: '', text: undefined }, agent.hook, { agent: id, command });
}

function jsonOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
