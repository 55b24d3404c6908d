import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { pluginFile } from './plugin-file.ts';

// The module runs here as it is written, with a client that has OpenCode's shape. OpenCode itself is told of in docs/validation.md.

const room = mkdtempSync(join(tmpdir(), 'factum-opencode-'));
afterAll(() => rmSync(room, { recursive: true }));

interface Prompt {
  readonly path: { readonly id: string };
  readonly body: { readonly parts: readonly { readonly text: string }[] };
}
const prompts: Prompt[] = [];
const toasts: string[] = [];
let session: { readonly parentID?: string } = {};
let messages: readonly object[] = [];

const client = {
  session: {
    get: async () => ({ data: session }),
    messages: async () => ({ data: messages }),
    promptAsync: async (prompt: Prompt) => void prompts.push(prompt),
  },
  tui: { showToast: async ({ body }: { body: { message: string } }) => void toasts.push(body.message) },
};

let loaded = 0;

/** The end of a turn, with a gate that writes what it heard to a file and then runs `answer`. */
async function idleWith(answer: string): Promise<void> {
  const path = join(room, `plugin-${(loaded += 1)}.mjs`);
  writeFileSync(path, pluginFile(`cat > ${room}/heard; ${answer}`));
  const { Factum } = await import(path);
  const { event } = await Factum({ client, directory: room });
  await event({ event: { type: 'session.status', properties: { sessionID: 's' } } });
  await event({ event: { type: 'session.idle', properties: { sessionID: 's' } } });
  if (answer.includes('block')) await event({ event: { type: 'session.idle', properties: { sessionID: 's' } } });
}

const heard = (): unknown => JSON.parse(readFileSync(join(room, 'heard'), 'utf8'));
const said = (role: string, text: string, info = {}): object => ({
  info: { id: `msg_${role}`, role, modelID: 'm', providerID: 'p', mode: 'build', ...info },
  parts: [{ type: 'step-start' }, { type: 'text', text }, { type: 'text', text: 'reminder', synthetic: true }],
});

beforeEach(() => {
  [prompts.length, toasts.length, session] = [0, 0, {}];
  messages = [said('user', 'Mend it.'), said('assistant', 'All tests pass.')];
  writeFileSync(join(room, 'heard'), '{}');
});

test('what it is told becomes the next prompt, and the gate hears that it did', async () => {
  const reason = '1 of 1 tests failed';
  messages = [said('user', reason), said('assistant', 'All tests pass.')];
  await idleWith(`echo '{"decision":"block","reason":"${reason}"}'`);
  expect(prompts[0]).toEqual({
    path: { id: 's' },
    body: { agent: 'build', model: { modelID: 'm', providerID: 'p' }, parts: [{ type: 'text', text: reason }] },
  });
  expect(heard()).toEqual({
    hook_event_name: 'session.idle',
    session_id: 's',
    turn_id: 'msg_assistant',
    model: 'm',
    cwd: room,
    last_assistant_message: 'All tests pass.',
    stop_hook_active: true,
  });
});

test.each([
  ['echo \'{"systemMessage":"tests-pass supported"}\'', 'tests-pass supported'],
  ['exit 127', 'Factum checked nothing: exit 127'],
  ['echo no JSON', 'Factum checked nothing: exit 0'],
])('%s is shown to the person, and prompts nothing', async (answer, shown) => {
  await idleWith(answer);
  expect([prompts, toasts]).toEqual([[], [expect.stringContaining(shown)]]);
});

test('nothing said is nothing shown', async () => {
  await idleWith('true');
  expect([prompts, toasts]).toEqual([[], []]);
});

test.each([
  ['a sub-agent', { parentID: 'ses_parent' }, undefined],
  [
    'an interruption',
    {},
    [said('user', 'Mend it.'), said('assistant', 'All tests', { error: { name: 'MessageAbortedError' } })],
  ],
  ['a prompt that nobody answered', {}, [said('user', 'Mend it.')]],
  ['a session without messages', {}, []],
])('%s asks nothing', async (_what, given, told) => {
  session = given;
  messages = told ?? messages;
  await idleWith('true');
  expect(heard()).toEqual({});
});
