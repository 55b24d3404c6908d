import { existsSync } from 'node:fs';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** A sign that an agent runs this command. Absence proves nothing: an agent can take away what marks it. */
export interface AgentMark {
  readonly agent: string;
  /** Such as `CLAUDECODE is set`. */
  readonly mark: string;
}

const markVariables: readonly { readonly variable: RegExp; readonly agent: string }[] = [
  { variable: /^CLAUDECODE$/, agent: 'claude-code' },
  { variable: /^CLAUDE_CODE_REMOTE$/, agent: 'claude-code' },
  { variable: /^CURSOR_AGENT$/, agent: 'cursor' },
  { variable: /^CODEX_THREAD_ID$/, agent: 'codex' },
  { variable: /^CODEX_INTERNAL_ORIGINATOR_OVERRIDE$/, agent: 'codex' },
  { variable: /^GEMINI_CLI$/, agent: 'gemini' },
  { variable: /^CLOUD_AGENT_/, agent: 'cloud-agent' },
];

const markFiles = [{ path: '/opt/.devin/devin_id', agent: 'devin' }] as const;

/** Undefined when nothing marks an agent. `root` stands in for `/`. */
export function runningAgent(env: Environment, root = '/'): AgentMark | undefined {
  const set = Object.keys(env).filter((name) => (env[name] ?? '') !== '');
  for (const { variable, agent } of markVariables) {
    const name = set.find((each) => variable.test(each));
    if (name !== undefined) return { agent, mark: `${name} is set` };
  }
  const file = markFiles.find(({ path }) => existsSync(join(root, path)));
  return file && { agent: file.agent, mark: `${file.path} is there` };
}

/** Why no human signs here. A hindrance and no proof, which is why attestations say how strong they are. */
export function humanKeyRefusal(env: Environment, root = '/'): string | undefined {
  const found = runningAgent(env, root);
  return found && `an agent (${found.agent}) runs this command: ${found.mark}; only a human can attest`;
}
