import { userInfo } from 'node:os';
import type { Actor } from '../core/actor.ts';
import type { Git } from './git/git.ts';

/** Marks that agents leave in the environment of the commands they run. Absence proves nothing. */
const agentMarks: readonly { readonly variable: string; readonly agent: string }[] = [
  { variable: 'CLAUDECODE', agent: 'claude-code' },
  { variable: 'CLAUDE_CODE_REMOTE', agent: 'claude-code' },
  { variable: 'CURSOR_AGENT', agent: 'cursor' },
  { variable: 'CODEX_THREAD_ID', agent: 'codex' },
  { variable: 'CODEX_INTERNAL_ORIGINATOR_OVERRIDE', agent: 'codex' },
  { variable: 'GEMINI_CLI', agent: 'gemini' },
];

/** Who runs this command: an agent by its mark, CI, or the human of git's configuration; else undisclosed. */
export async function actorOf(env: Readonly<Record<string, string | undefined>>, git: Git | undefined): Promise<Actor> {
  const mark = agentMarks.find(({ variable }) => (env[variable] ?? '') !== '');
  if (mark !== undefined) return { kind: 'agent', id: mark.agent };
  if (env['CI'] === 'true') return { kind: 'bot', id: 'ci' };
  const [email = '', name = ''] = await Promise.all([git?.setting('user.email'), git?.setting('user.name')]);
  if (email === '') return { kind: 'undisclosed', id: userName() };
  return { kind: 'human', id: email, ...(name === '' ? {} : { name }) };
}

/** In a container the user may have a number and no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid-${process.geteuid?.() ?? 'unknown'}`;
  }
}
