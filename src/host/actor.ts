import { userInfo } from 'node:os';
import type { Actor } from '../core/actor.ts';
import type { Git } from './git/git.ts';
import { runningAgent } from './running-agent.ts';

/** Who runs this command: an agent by its mark, CI, or the human of git's configuration; else undisclosed. */
export async function actorOf(env: Readonly<Record<string, string | undefined>>, git: Git | undefined): Promise<Actor> {
  const agent = runningAgent(env)?.agent;
  if (agent !== undefined) return { kind: 'agent', id: agent };
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
