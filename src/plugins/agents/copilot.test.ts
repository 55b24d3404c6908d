import { expect, test } from 'vitest';
import { isGated } from '../../core/agent/agent.ts';
import { copilot } from './copilot.ts';

const run = isGated(copilot) ? copilot.run : undefined;
const transcript = '/nowhere/events.jsonl';

// https://docs.github.com/en/copilot/reference/hooks-reference, "Hook event input payloads"
test.each([
  [
    {
      sessionId: 's',
      timestamp: 1_793_491_200_000,
      cwd: '/a',
      transcriptPath: transcript,
      stopReason: 'end_turn',
      stop_hook_active: true,
    },
  ],
  [
    {
      hook_event_name: 'Stop',
      session_id: 's',
      timestamp: '2026-11-01T00:00:00Z',
      cwd: '/a',
      transcript_path: transcript,
      stop_reason: 'end_turn',
      stop_hook_active: true,
    },
  ],
])('the end of a turn is heard under its own names, and under those of VS Code', (input) => {
  expect(run?.hear(input)).toEqual({ session: 's', cwd: '/a', transcript, again: true, at: 1_793_491_200_000 });
});

test.each([
  [{ sessionId: 's', cwd: '/a', agentName: 'task', response: 'All tests pass.', stopReason: 'end_turn' }],
  [{ hook_event_name: 'SubagentStop', session_id: 's', cwd: '/a', last_assistant_message: 'All tests pass.' }],
])("a sub-agent's last words come with the event", (input) => {
  expect(run?.hear(input)).toMatchObject({ message: 'All tests pass.' });
});

test('another event ends no turn', () => {
  expect(run?.hear({ hook_event_name: 'PreToolUse', session_id: 's' })).toHaveProperty('ignored');
});

test('what is only told is one line of its timeline, and sends nobody back', () => {
  const said = run?.say({ decision: 'let-go', tell: 'tests-pass\nsupported' });
  expect(said).toEqual({ stdout: '{"type":"progress","message":"tests-pass\\nsupported"}', exit: 0 });
});

const asking = (toolRequests: readonly unknown[]) => ({
  type: 'assistant.message',
  data: { content: 'All tests pass.', toolRequests },
});

test('what it says beside asking for tools is not its last word', () => {
  expect(run?.wordsIn?.(asking([{ name: 'bash' }]))).toBe('');
  expect(run?.wordsIn?.(asking([]))).toBe('All tests pass.');
});
