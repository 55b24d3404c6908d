import { agent, stopOf, tellOnly, textIn } from '../../core/agent/agent.ts';

/** For any tool that can run a command at the end of a turn: JSON in, exit code and standard error out. */
export const generic = agent({
  id: 'generic',
  title: 'Any other agent',
  summary: 'Reads {message, session_id, cwd} and answers by exit code: 2 with the facts on standard error sends back.',
  lifecycle: 'experimental',
  event: 'end of a turn',
  bound: 'of the tool',
  timeout: 600,
  run: {
    hear: (input) =>
      stopOf(input, {
        message: textIn(input, 'message', 'last_assistant_message'),
        again: input['stop_hook_active'] === true,
      }),
    say: (answer) => (answer.decision === 'send-back' ? { stderr: `${answer.facts}\n`, exit: 2 } : tellOnly(answer)),
    stopIn: ({ cwd, words }) => ({ session_id: 'canary', cwd, message: words }),
  },
});
