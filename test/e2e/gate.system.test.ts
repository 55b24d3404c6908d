import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aSuite } from '../make/suite.ts';
import { aTrustedProject, green, red } from '../make/trusted-project.ts';
import { formatVkey } from '../../src/core/ledger/vkey.ts';
import { isGated } from '../../src/core/agent/agent.ts';
import { agents as allAgents } from '../../src/plugins/agents/index.ts';
import { noteKey } from '../make/note-keys.ts';
import type { TestRepository } from '../repository.ts';
import { type Ended, factumProcess } from './program.ts';

// Each agent's hook input as its documentation gives it, and the real program in a process of its own.

const agents = allAgents.filter(isGated);
const { room, world } = aSuite();

const aProject = (sum?: string, more?: Readonly<Record<string, string>>) => aTrustedProject({ room, world }, sum, more);

interface Said {
  readonly words: string;
  readonly session?: string;
  readonly again?: boolean;
}

const inputs: Readonly<Record<string, (dir: string, said: Said) => Readonly<Record<string, unknown>>>> = {
  'claude-code': (cwd, { words, session = 's', again = false }) => ({
    session_id: session,
    transcript_path: '/nowhere/s.jsonl',
    cwd,
    permission_mode: 'default',
    hook_event_name: 'Stop',
    stop_hook_active: again,
    last_assistant_message: words,
    background_tasks: [],
    session_crons: [],
  }),
  codex: (cwd, { words, session = 's', again = false }) => ({
    session_id: session,
    turn_id: 't1',
    transcript_path: null,
    cwd,
    hook_event_name: 'Stop',
    model: 'gpt-5-codex',
    permission_mode: 'default',
    stop_hook_active: again,
    last_assistant_message: words,
  }),
  gemini: (cwd, { words, session = 's', again = false }) => ({
    session_id: session,
    transcript_path: '/nowhere/s.json',
    cwd,
    hook_event_name: 'AfterAgent',
    timestamp: '2026-11-01T00:00:00Z',
    prompt: 'Mend the sum.',
    prompt_response: words,
    stop_hook_active: again,
  }),
  copilot: (cwd, { words, session = 's', again = false }) => ({
    sessionId: session,
    timestamp: 1_790_000_000_000,
    cwd,
    transcriptPath: transcript(cwd, { type: 'assistant.message', data: { content: words, toolRequests: [] } }),
    stopReason: 'end_turn',
    stop_hook_active: again,
  }),
  cursor: (dir, { words, session = 's', again = false }) => ({
    conversation_id: session,
    generation_id: 'g1',
    hook_event_name: 'stop',
    workspace_roots: [dir],
    model: 'composer-2',
    status: 'completed',
    loop_count: again ? 1 : 0,
    transcript_path: transcript(dir, { role: 'assistant', message: { content: [{ type: 'text', text: words }] } }),
  }),
  opencode: (cwd, { words, session = 'ses_1', again = false }) => ({
    hook_event_name: 'session.idle',
    session_id: session,
    turn_id: 'msg_1',
    model: 'big-pickle',
    cwd,
    last_assistant_message: words,
    stop_hook_active: again,
  }),
  generic: (cwd, { words, session = 's' }) => ({ message: words, session_id: session, cwd }),
};

/** Kept where git does not see it: the tree stays what it is. */
function transcript(dir: string, line: unknown): string {
  const path = join(dir, '.git', 'transcript.jsonl');
  writeFileSync(path, `{"broken\n${JSON.stringify(line)}\n{"type":"session.shutdown"}\n`);
  return path;
}

function gate(agent: string, dir: string, said: Said, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const input = JSON.stringify(inputs[agent]?.(dir, said));
  return factumProcess(dir, ['gate', agent], { ...world.env, ...env }, input).ended;
}

/** The reason that sends the agent back, in its own dialect; undefined when it may go. */
function reasonIn(agent: string, { exit, out, err }: Ended): string | undefined {
  if (agent === 'generic') return exit === 2 ? err : undefined;
  expect(exit, err).toBe(0);
  if (out === '') return undefined;
  const said = JSON.parse(out) as Readonly<Record<string, string>>;
  if (agent === 'cursor') {
    expect(Object.keys(said)).toEqual(['followup_message']);
    return said['followup_message'];
  }
  if (said['decision'] === undefined) {
    expect(Object.keys(said)).toEqual(agent === 'copilot' ? ['type', 'message'] : ['systemMessage']);
    return undefined;
  }
  expect([Object.keys(said), said['decision']]).toEqual([['decision', 'reason'], 'block']);
  return said['reason'];
}

test('every agent that has a gate has an input here', () => {
  expect(Object.keys(inputs).toSorted()).toEqual(agents.map(({ id }) => id).toSorted());
});

describe.each(agents.map(({ id }) => id))('%s', (agent) => {
  test('is sent back by what reality contradicts, with the facts, and goes by what it supports', async () => {
    const { dir, ...repository } = await aProject(red);
    const back = reasonIn(agent, await gate(agent, dir, { words: 'Done! All tests pass.' }));
    expect(back).toMatch(/"All tests pass": 1 of 1 tests failed.*A second run agrees/);
    repository.commit('two', { 'sum.test.js': green });
    const ended = await gate(agent, dir, { words: 'Done! All tests pass.' });
    expect(reasonIn(agent, ended)).toBeUndefined();
    expect(ended.out + ended.err).toContain('tests-pass supported');
  });

  test('goes at once when nothing is claimed, and nothing is written', async () => {
    const { dir } = await aProject();
    const ended = await gate(agent, dir, { words: 'I had a look around. What should I do next?' });
    expect(ended).toEqual({ exit: 0, out: '', err: '' });
    const { out } = await world.factum(dir, ['list', '--all', '--json']);
    expect(JSON.parse(out)).toMatchObject({ claims: [] });
  });
});

/** Two tests, of which the first one is called so. */
function tests(call: string): string {
  return `const test = require('node:test');\n${call}('sum', () => {});\ntest('b', () => {});`;
}

async function reason(dir: string, words: string): Promise<string | undefined> {
  return reasonIn('claude-code', await gate('claude-code', dir, { words }));
}

describe('what is said is compared with reality', () => {
  test('an edit after the last run', async () => {
    const { dir } = await aProject();
    expect(await reason(dir, 'All tests pass.')).toBeUndefined();
    writeFileSync(join(dir, 'sum.test.js'), red);
    expect(await reason(dir, 'All tests pass.')).toContain('1 of 1 tests failed');
  });

  test('a push that did not happen', async () => {
    const { dir, ...repository } = await aProject();
    repository.git('clone', '-q', '--bare', '.', `${dir}-hub.git`);
    repository.git('remote', 'add', 'origin', `${dir}-hub.git`);
    repository.git('fetch', '-q', 'origin');
    repository.commit('two', { 'a.txt': 'a' });
    expect(await reason(dir, 'Everything is committed and pushed to origin.')).toMatch(/pushed/);
    repository.git('push', '-q', 'origin', 'HEAD');
    expect(await reason(dir, 'Everything is committed and pushed to origin.')).toBeUndefined();
  });

  test.each([
    'I could not get it to work: 1 of 1 tests still fails.',
    'The tests should pass now, but I did not run them.',
    'If all tests pass, this can be merged.',
  ])('an honest report is not punished: %s', async (words) => {
    const { dir } = await aProject(red);
    expect(await reason(dir, words)).toBeUndefined();
  });

  test('tests that were weakened until they pass: nobody is accused, and the person is told', async () => {
    const { dir, ...repository } = await aProject(tests('test'));
    repository.commit('two', { 'a.txt': 'a' });
    repository.write('sum.test.js', tests('test.skip'));
    const { out } = await gate('claude-code', dir, { words: 'All tests pass.' });
    expect(JSON.parse(out)).toEqual({ systemMessage: expect.stringMatching(/tests-pass \w+ \(.*1 new skip/) });
  });

  test('what cannot be looked at goes to the person', async () => {
    const { dir } = await aProject(green, { 'package.json': '{ "scripts": { "test": "no-such-runner" } }' });
    const { out } = await gate('claude-code', dir, { words: 'All tests pass.' });
    expect(JSON.parse(out)).toEqual({ systemMessage: expect.stringContaining('tests-pass un') });
  });
});

test('a hook file that is not committed is said with the verdict, whichever agent it is for', async () => {
  const repository = await aProject(red);
  repository.write('.opencode/plugins/factum.js', '');
  expect(await reason(repository.dir, 'All tests pass.')).toMatch(/not committed.*\.opencode/);
});

test('a session is sent back three times for the same, then a human decides', async () => {
  const { dir } = await aProject(red);
  const reasons: (string | undefined)[] = [];
  for (let stop = 0; stop < 4; stop++) {
    const ended = await gate('claude-code', dir, { words: 'All tests pass.', again: stop > 0 });
    reasons.push(reasonIn('claude-code', ended));
    if (stop === 3) expect(ended.out).toContain('a human decides');
  }
  expect(reasons.map((each) => each !== undefined)).toEqual([true, true, true, false]);
  const other = await gate('claude-code', dir, { words: 'All tests pass.', session: 'other' });
  expect(reasonIn('claude-code', other)).toContain('1 of 1 tests failed');
});

describe('when nothing can be checked', () => {
  const broken = { 'factum.yaml': 'version: 1\npods: [' };

  test('the agent hears it once, then the person does', async () => {
    const { dir } = await aProject();
    for (const [path, text] of Object.entries(broken)) writeFileSync(join(dir, path), text);
    const first = await gate('claude-code', dir, { words: 'All tests pass.' });
    expect(reasonIn('claude-code', first)).toMatch(/could not check.*CONFIG_SYNTAX/s);
    const second = await gate('claude-code', dir, { words: 'All tests pass.', again: true });
    expect(JSON.parse(second.out)).toEqual({ systemMessage: expect.stringContaining('CONFIG_SYNTAX') });
  });

  test('a damaged journal is said, and stays as it is', async () => {
    const { dir } = await aProject();
    await gate('claude-code', dir, { words: 'All tests pass.' });
    const journal = join(dir, '.git', 'factum', 'journal', '000');
    const bytes = readFileSync(journal);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(journal, bytes);
    writeFileSync(join(dir, '.git', 'factum', 'index.sqlite'), '');
    const ended = await gate('claude-code', dir, { words: 'All tests pass.' });
    expect(reasonIn('claude-code', ended)).toContain('JOURNAL_CORRUPT');
    expect(readFileSync(journal)).toEqual(bytes);
  });

  test('it can be told to let go, and says so', async () => {
    const { dir } = await aProject(red);
    const off = await gate('claude-code', dir, { words: 'All tests pass.' }, { FACTUM_GATE: 'off' });
    expect(JSON.parse(off.out)).toEqual({ systemMessage: expect.stringContaining('FACTUM_GATE=off') });
  });

  test.each(['', 'no JSON', '[]', '{"hook_event_name":7}', `{"a":${'['.repeat(100_000)}`])(
    'garbage is no stop: %#',
    async (input) => {
      const { exit, out, err } = await factumProcess(room.dir, ['gate', 'codex'], world.env, input).ended;
      expect([out, exit === 0 || err.includes('USAGE')]).toEqual(['', true]);
    },
  );

  test('an agent that nobody knows is no answer that a hook understands', async () => {
    const { exit, err } = await factumProcess(room.dir, ['gate', 'hal'], world.env, '{}').ended;
    expect([exit, err]).toEqual([3, expect.stringContaining('no agent hal')]);
  });
});

/** A false claim whose look outlives its hook, and has ended. */
async function aLateRefutation(): Promise<TestRepository> {
  const slow = "require('node:test')('sum', () => new Promise((_, no) => setTimeout(no, 4000, new Error('no'))));";
  const repository = await aProject(slow);
  const { dir } = repository;
  const env = { FACTUM_GATE_SECONDS: '2' };
  const ended = await gate('claude-code', dir, { words: 'All tests pass.' }, env);
  expect(JSON.parse(ended.out)).toEqual({ systemMessage: expect.stringMatching(/not done in the time/) });
  await expect
    .poll(async () => (await world.factum(dir, ['list', '--all', '--json'])).out, { timeout: 60_000, interval: 500 })
    .toContain('contradicted');
  return repository;
}

describe('what is not known in time', () => {
  const nothing = 'I had a look around. What should I do next?';

  test('is told at the next stop, which claims nothing, and once', async () => {
    const { dir } = await aLateRefutation();
    expect(await reason(dir, nothing)).toMatch(/said at an earlier stop at tree .*1 of 1 tests failed/s);
    expect(await gate('claude-code', dir, { words: nothing })).toEqual({ exit: 0, out: '', err: '' });
  });

  test('is told beside what is claimed then, and only to its own session', async () => {
    const { dir } = await aLateRefutation();
    const other = await gate('claude-code', dir, { words: nothing, session: 'other' });
    expect(other).toEqual({ exit: 0, out: '', err: '' });
    expect(await reason(dir, 'The work is committed.')).toMatch(/Factum: committed supported|earlier stop/);
  });

  test('sends nobody back when the tree is another by then', async () => {
    const { dir } = await aLateRefutation();
    writeFileSync(join(dir, 'sum.test.js'), green);
    const { out } = await gate('claude-code', dir, { words: nothing });
    expect(JSON.parse(out)).toEqual({
      systemMessage: expect.stringMatching(/^Factum, on what was said at an earlier stop: tests-pass contradicted/),
    });
  });
});

test('sessions that their tool does not name have a budget each', async () => {
  const { dir } = await aProject(red);
  const stop = async (): Promise<number | null> =>
    (
      await factumProcess(dir, ['gate', 'generic'], world.env, JSON.stringify({ message: 'All tests pass.', cwd: dir }))
        .ended
    ).exit;
  expect([await stop(), await stop(), await stop(), await stop()]).toEqual([2, 2, 2, 0]);
  const { out } = await world.factum(dir, ['list', '--all', '--json']);
  expect(JSON.parse(out).claims.filter(({ open }: { open: boolean }) => open)).toHaveLength(1);
});

test('background tasks and interruptions are no end of a turn', async () => {
  const { dir } = await aProject(red);
  const running = { ...inputs['claude-code']?.(dir, { words: 'All tests pass.' }), background_tasks: [{ id: '1' }] };
  const aborted = { ...inputs['cursor']?.(dir, { words: 'All tests pass.' }), status: 'aborted' };
  for (const [agent, input] of [['claude-code', running] as const, ['cursor', aborted] as const]) {
    const ended = await factumProcess(dir, ['gate', agent], world.env, JSON.stringify(input)).ended;
    expect(ended).toEqual({ exit: 0, out: '', err: '' });
  }
});

test('what is said inside of a long message is what is judged, wherever the ledger cuts it', async () => {
  const { dir } = await aProject(red);
  const log = `\`\`\`\n${'a line of a log\n'.repeat(2_000)}All tests pass.\n\`\`\`\n`;
  const { out } = await gate('claude-code', dir, { words: `${log}Everything is committed.` });
  expect(JSON.parse(out)).toEqual({ systemMessage: expect.stringMatching(/^Factum: committed supported \(.+\)\n/) });
});

test('what cannot be published changes no answer, and is said', async () => {
  const { dir } = await aProject();
  const vkey = formatVkey(noteKey('witness.example', 0x04).key);
  writeFileSync(
    join(dir, 'factum.yaml'),
    `version: 1\npods: [{ id: sums }]\nledger: { require_witness: true, witnesses: [{ vkey: "${vkey}", url: "http://127.0.0.1:9/" }] }\n`,
  );
  expect((await world.factum(dir, ['trust'])).exit).toBe(0);
  const { out } = await gate('claude-code', dir, { words: 'All tests pass.' });
  const { systemMessage } = JSON.parse(out);
  expect(systemMessage).toMatch(/^Factum: tests-pass supported \(1 test passed \(tap\)\)\n/);
  expect(systemMessage).toContain('Recorded, and not published: ');
});
