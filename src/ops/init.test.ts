import { describe, expect, test } from 'vitest';
import { defaultConfig } from '../core/config/default-config.ts';
import { parseConfig } from '../core/config/parse.ts';
import type { Survey } from '../core/config/survey.ts';
import type { SetupContext } from '../core/operation.ts';
import { verifiers } from '../plugins/verifiers/index.ts';
import { init } from './init.ts';
import { trust } from './trust.ts';

const survey: Survey = {
  repository: 'House',
  checks: [
    {
      kind: 'tests-pass',
      verifier: 'tests-pass',
      options: { command: 'npm test' },
      because: 'package.json: scripts.test',
    },
    {
      kind: 'lint-clean',
      verifier: 'command-succeeds',
      options: { command: 'npm run lint', no_exit_codes: [1] },
      because: 'package.json: scripts.lint',
    },
  ],
  humans: [
    { id: 'ann@example.org', name: 'Ann', commits: 3 },
    { id: 'bo@example.org', name: 'Bo', commits: 2 },
  ],
  agents: [{ id: 'codex', because: 'trailer' }],
  owners: [],
  ciFiles: ['.github/workflows/ci.yml'],
};

/** A setup context that answers questions from a list and keeps what is written; the rest is not asked of it. */
function setting(options: { answers?: readonly string[]; configured?: boolean; found?: Survey } = {}) {
  const answers = [...(options.answers ?? [])];
  const asked: string[] = [];
  const notes: string[] = [];
  const written: { text: string; replace: boolean }[] = [];
  const found = options.found ?? survey;
  const context = {
    repository: { name: 'House', dir: '/house' },
    settings: { config: defaultConfig('House'), configured: options.configured ?? false, detected: found.checks },
    progress: { note: (text: string) => void notes.push(text) },
    ask(question: string, fallback: string) {
      asked.push(question);
      return Promise.resolve(answers.shift() ?? fallback);
    },
    setup: {
      survey: () => Promise.resolve(found),
      writeConfig(text: string, { replace }: { replace: boolean }) {
        written.push({ text, replace });
        return Promise.resolve('/house/factum.yaml');
      },
      recordTrust: () => Promise.resolve('d'.repeat(64)),
    },
  } as unknown as SetupContext;
  return { context, asked, notes, written };
}

async function initialised(input: Record<string, unknown>, options: Parameters<typeof setting>[0] = {}) {
  const room = setting(options);
  const output = await init.run(room.context, init.input.parse(input));
  const config = parseConfig(room.written[0]?.text ?? '', verifiers);
  return { ...room, output, pod: config.pods[0] };
}

describe('factum init', () => {
  test('--yes takes what was found, asks nothing and says why', async () => {
    const { asked, pod, output } = await initialised({ yes: true });
    expect(asked).toEqual([]);
    expect(pod).toMatchObject({ id: 'house', members: { agents: ['codex'] } });
    expect(pod?.checks).toHaveLength(2);
    expect(init.output.parse(output)).toMatchObject({ path: '/house/factum.yaml', pod: 'house' });
    expect(output).toMatchObject({
      found: expect.arrayContaining([{ what: 'tests-pass: npm test', because: 'package.json: scripts.test' }]),
    });
  });

  test('a person names the pod, its humans and each check', async () => {
    const { asked, notes, pod } = await initialised(
      {},
      { answers: ['own', 'bo@example.org, cy@example.org', 'make check', 'no'] },
    );
    expect(asked).toHaveLength(4);
    expect(notes.join('\n')).toContain('.github/workflows/ci.yml');
    expect(pod?.id).toBe('own');
    expect(pod?.members.humans).toEqual([{ id: 'bo@example.org', name: 'Bo' }, { id: 'cy@example.org' }]);
    expect(pod?.checks).toEqual([{ kind: 'tests-pass', verifier: 'tests-pass', options: { command: 'make check' } }]);
  });

  test('where nobody answers, what was found is taken', async () => {
    const { pod } = await initialised({});
    expect(pod?.checks).toHaveLength(2);
    expect(pod?.members.humans).toHaveLength(2);
  });

  test('humans and pod can be given', async () => {
    const { pod, output, written: files } = await initialised({ yes: true, pod: 'p', humans: ['cy@example.org'] });
    expect(pod?.members.humans).toEqual([{ id: 'cy@example.org' }]);
    expect(JSON.stringify(output)).toContain('Structurally unsafe');
    expect(files[0]?.text).toContain('# Structurally unsafe: one human here.');
  });

  test('a configuration that is there stays, unless --force', async () => {
    const { context, written: files } = setting({ configured: true });
    await expect(init.run(context, init.input.parse({ yes: true }))).rejects.toMatchObject({ code: 'CONFIG_EXISTS' });
    expect(files).toEqual([]);
    await init.run(context, init.input.parse({ yes: true, force: true }));
    expect(files).toMatchObject([{ replace: true }]);
  });

  test('a pod id that would not be read back is refused before anything is written', async () => {
    const { context, written: files } = setting({ answers: ['Not Good'] });
    await expect(init.run(context, init.input.parse({}))).rejects.toMatchObject({ code: 'USAGE' });
    expect(files).toEqual([]);
  });

  test('what is no e-mail address is refused; the summary shows who was named', async () => {
    const refused = setting({ answers: ['house', 'ada'] });
    await expect(init.run(refused.context, init.input.parse({}))).rejects.toThrow('"ada" is no e-mail address');
    expect(refused.written).toEqual([]);
    const { output } = await initialised({}, { answers: ['house', 'eve@example.org'] });
    expect(JSON.stringify(output)).toContain('human:  <eve@example.org>');
  });

  test('a repository with nothing in it says so', async () => {
    const found = { ...survey, checks: [], humans: [], agents: [], ciFiles: [] };
    const { output } = await initialised({ yes: true }, { found });
    expect(JSON.stringify(output)).toContain('Nothing was found that builds or tests');
  });
});

describe('factum trust', () => {
  test('shows every command before it asks', async () => {
    const { context, asked } = setting();
    const output = await trust.run(context, trust.input.parse({}));
    expect(asked).toEqual([expect.stringContaining('npm run lint  (package.json: scripts.lint)')]);
    expect(output).toMatchObject({ trusted: true, digest: 'd'.repeat(64) });
    expect(trust.answersNo?.(output)).toBe(false);
  });

  test('no means no', async () => {
    const { context } = setting({ answers: ['n'] });
    const output = await trust.run(context, trust.input.parse({}));
    expect(output).toMatchObject({ trusted: false });
    expect(output).not.toHaveProperty('digest');
    expect(trust.answersNo?.(output)).toBe(true);
  });
});
