/** Its module begins with this line. */
export const signed = '// By Factum; factum agents uninstall opencode takes it away.';

/**
 * A module that OpenCode loads, in the place of a hook that it does not have: it runs the gate when a session is idle, and what
 * sends the agent back becomes the next prompt. Checked as text by `opencode.test.ts`, which runs it.
 */
export function pluginFile(command: string): string {
  return `${signed}
import { spawn } from 'node:child_process';

const command = ${JSON.stringify(command)};

function ask(input) {
  return new Promise((answer) => {
    const child = spawn('sh', ['-c', command], { cwd: input.cwd, stdio: ['pipe', 'pipe', 'ignore'] });
    let said = '';
    child.stdout.on('data', (text) => (said += text));
    child.on('error', () => answer({ systemMessage: 'Factum did not run: ' + command }));
    child.on('close', (exit) => {
      try {
        answer(said === '' && exit === 0 ? {} : JSON.parse(said));
      } catch {
        answer({ systemMessage: 'Factum checked nothing: exit ' + exit + ' of ' + command });
      }
    });
    child.stdin.on('error', () => {});
    child.stdin.end(JSON.stringify(input));
  });
}

function textOf({ parts }) {
  return parts.flatMap((part) => (part.type === 'text' && part.synthetic !== true ? part.text : [])).join('\\n');
}

export const Factum = async ({ client, directory }) => {
  const reasons = new Map();

  async function idle(id) {
    const { data: session } = await client.session.get({ path: { id } });
    const { data: messages = [] } = await client.session.messages({ path: { id } });
    const last = messages.at(-1);
    // What a sub-agent says is said to its parent; an error or an interruption is no end.
    if (session?.parentID !== undefined || last?.info.role !== 'assistant' || last.info.error !== undefined) return;
    const asked = messages.findLast(({ info }) => info.role === 'user');
    const { modelID, providerID, mode } = last.info;
    const { decision, reason, systemMessage } = await ask({
      hook_event_name: 'session.idle',
      session_id: id,
      turn_id: last.info.id,
      model: modelID,
      cwd: directory,
      last_assistant_message: textOf(last),
      stop_hook_active: asked !== undefined && textOf(asked) === reasons.get(id),
    });
    if (systemMessage !== undefined)
      await client.tui.showToast({ body: { title: 'Factum', message: systemMessage, variant: 'info' } });
    if (decision !== 'block') return;
    reasons.set(id, reason);
    const body = { agent: mode, model: { modelID, providerID }, parts: [{ type: 'text', text: reason }] };
    await client.session.promptAsync({ path: { id }, body });
  }

  return {
    event: async ({ event }) => {
      if (event.type === 'session.idle') await idle(event.properties.sessionID);
    },
  };
};
`;
}
