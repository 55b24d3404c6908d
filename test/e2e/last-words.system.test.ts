import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { aSuite } from '../make/suite.ts';
import { aTrustedProject, red } from '../make/trusted-project.ts';
import { type Ended, factumProcess } from './program.ts';

// Where a hook does not tell what was said last, or not that alone, the transcript does.

const { room, world } = aSuite();

const goes: Ended = { exit: 0, out: '', err: '' };
const isSentBack = { exit: 0, out: expect.stringMatching(/^\{"decision":"block".*All tests pass/) };

function gate(agent: string, input: Readonly<Record<string, unknown>>): Promise<Ended> {
  return factumProcess(room.dir, ['gate', agent], world.env, JSON.stringify(input)).ended;
}

/** A project with a test that fails, and a session's transcript in it where git does not see it. */
async function aSession(lines: readonly object[]): Promise<{ readonly cwd: string; readonly path: string }> {
  const { dir: cwd } = await aTrustedProject({ room, world }, red);
  const path = join(cwd, '.git', 'session.jsonl');
  writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return { cwd, path };
}

function copilotLine(content: string, at: number): object {
  return { type: 'assistant.message', timestamp: new Date(at).toISOString(), data: { content } };
}

test('words of an earlier turn are not those of this one', async () => {
  const { cwd, path } = await aSession([
    { type: 'assistant.message', data: { content: 'All tests pass.' } },
    { type: 'user.message', data: { content: 'Now break them.' } },
    { type: 'assistant.message', data: { content: '' } },
  ]);
  expect(await gate('copilot', { sessionId: 's', cwd, transcriptPath: path, stopReason: 'end_turn' })).toEqual(goes);
});

test('what Copilot writes down a moment after it called its hook is what is judged', async () => {
  const now = Date.now();
  const { cwd, path } = await aSession([copilotLine('I had a look around.', now - 5_000)]);
  const answer = gate('copilot', { sessionId: 's', timestamp: now, cwd, transcriptPath: path });
  await sleep(200);
  appendFileSync(path, `${JSON.stringify(copilotLine('All tests pass.', now))}\n`);
  expect(await answer).toMatchObject(isSentBack);
});

test('what Copilot said just before it was sent back is not judged again when its answer is late', async () => {
  const now = Date.now();
  const { cwd, path } = await aSession([copilotLine('All tests pass.', now - 100)]);
  const answer = gate('copilot', { sessionId: 's', timestamp: now, cwd, transcriptPath: path, stop_hook_active: true });
  await sleep(200);
  const call = { type: 'hook.start', data: { hookType: 'agentStop', input: { sessionId: 's', timestamp: now } } };
  const late = [copilotLine('I leave it there.', now - 10), call];
  appendFileSync(path, late.map((line) => `${JSON.stringify(line)}\n`).join(''));
  expect(await answer).toEqual(goes);
});

test('nobody is sent back once more for words that were judged before, because the new ones are late', async () => {
  const now = Date.now();
  const { cwd, path } = await aSession([copilotLine('All tests pass.', now - 5_000)]);
  const stop = { sessionId: 's', timestamp: now, cwd, transcriptPath: path };
  const [first, second] = await Promise.all([
    gate('copilot', { ...stop, stop_hook_active: false }),
    gate('copilot', { ...stop, stop_hook_active: true }),
  ]);
  expect(first).toMatchObject(isSentBack);
  expect(second).toEqual(goes);
});

test('of all that Gemini said in its turn the last words are judged, and all of it where they are not known', async () => {
  const { cwd, path } = await aSession([
    { type: 'user', content: [{ text: 'Mend the sum.' }] },
    { type: 'gemini', content: 'All tests pass.' },
    { type: 'user', content: [{ text: 'Factum looked at what was said to be done.' }] },
    { type: 'gemini', content: 'I look again.', toolCalls: [{ id: '1', name: 'run_shell_command' }] },
    { type: 'gemini', content: 'I leave it there.' },
  ]);
  const stop = {
    session_id: 's',
    cwd,
    hook_event_name: 'AfterAgent',
    prompt_response: 'All tests pass.\nI look again.\nI leave it there.',
    stop_hook_active: false,
  };
  expect(await gate('gemini', { ...stop, transcript_path: path })).toEqual(goes);
  expect(await gate('gemini', { ...stop, transcript_path: '/nowhere/s.jsonl' })).toMatchObject(isSentBack);
});
