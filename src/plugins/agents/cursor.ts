import { agent, type Fields, stopOf, tellOnly, textIn } from '../../core/agent/agent.ts';

/** https://cursor.com/docs/agent/hooks, "stop": it has no last words, and its transcript has them where they are not redacted. */
export const cursor = agent({
  id: 'cursor',
  title: 'Cursor',
  summary: 'Answers its stop hook; reads the last words from the transcript.',
  lifecycle: 'experimental',
  event: 'stop',
  bound: 'loop_limit, 5 unless set',
  timeout: 60,
  hook: {
    project: '.cursor/hooks.json',
    user: '.cursor/hooks.json',
    at: ['hooks', 'stop'],
    base: { version: 1 },
    entry: (command) => ({ command }),
  },
  run: {
    hear(input) {
      const [event, status] = [textIn(input, 'hook_event_name'), textIn(input, 'status')];
      if (event !== undefined && event !== 'stop') return { ignored: `${event} ends no turn` };
      if (status !== undefined && status !== 'completed') return { ignored: status };
      const [root] = Array.isArray(input['workspace_roots']) ? (input['workspace_roots'] as readonly unknown[]) : [];
      const loops = input['loop_count'];
      const stop = stopOf(input, { message: textIn(input, 'text'), again: typeof loops === 'number' && loops > 0 });
      return typeof root === 'string' && root !== '' ? { ...stop, cwd: root } : stop;
    },
    say: (answer) =>
      answer.decision === 'send-back'
        ? { stdout: JSON.stringify({ followup_message: answer.facts }), exit: 0 }
        : tellOnly(answer),
    wordsIn(line) {
      if (line['role'] === 'user') return '';
      const message = line['message'];
      if (line['role'] !== 'assistant' || typeof message !== 'object' || message === null) return undefined;
      const { content } = message as { content?: unknown };
      const blocks = Array.isArray(content) ? (content as readonly Fields[]) : [];
      const texts = blocks.flatMap((block) => (block['type'] === 'text' ? (textIn(block, 'text') ?? []) : []));
      return texts.length === 0 ? undefined : texts.join('\n');
    },
    lineOf: (words) => ({ role: 'assistant', message: { content: [{ type: 'text', text: words }] } }),
    stopIn: ({ cwd, transcript }) => ({
      conversation_id: 'canary',
      hook_event_name: 'stop',
      workspace_roots: [cwd],
      status: 'completed',
      loop_count: 0,
      transcript_path: transcript,
    }),
  },
});
