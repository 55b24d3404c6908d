import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyTreeTo } from '../copy-of-tree.ts';
import { type JobEnded, runJob, stepsOf } from '../make/composite.ts';
import { archiveOf, pullRequestEvent, repositoryName, startGitHub, token, workflowRunEvent } from '../make/github.ts';
import { testGitEnvironment, testRoom } from '../repository.ts';

// Both jobs as runners run them: the actions' own scripts, from a copy of this repository without its node_modules.

const room = testRoom();
const copy = join(room.dir, 'actions');
const nodes = join(room.dir, 'nodes');
/** npm comes to its registry as it does on this machine. */
const machine = process.env as Record<string, string>;

beforeAll(() => {
  copyTreeTo(copy);
  // The Node that the pull request's own workflow set up: it tells who called it.
  mkdirSync(nodes);
  writeFileSync(join(nodes, 'node'), `#!/bin/sh\necho "$@" >>'${nodes}/called'\nexec '${process.execPath}' "$@"\n`, {
    mode: 0o755,
  });
});
afterAll(() => room.remove());

const passing = "import test from 'node:test';\ntest('adds', () => {});\n";
const failing = "import test from 'node:test';\ntest('adds', () => {\n  throw new Error('2');\n});\n";
const body = '<!-- Tick what holds. -->\r\n- [x] All tests pass\r\n- [ ] Lint is clean\r\n';

interface Ran {
  readonly head: string;
  readonly ended: JobEnded;
}

/** The first job, on a checkout of the head. */
async function firstJob(tests: string): Promise<Ran> {
  const { dir, commit, git } = room.repository();
  const base = commit('first', { 'package.json': '{ "type": "module", "scripts": { "test": "node --test" } }\n' });
  const head = commit('sums', { 'sums.test.js': tests });
  git('checkout', '--quiet', '--detach', head);
  return { head, ended: await job('', dir, pullRequestEvent({ head, base, body })) };
}

interface More {
  readonly env?: Readonly<Record<string, string>>;
  readonly inputs?: Readonly<Record<string, string>>;
}

function job(name: string, workspace: string, event: object, { env = {}, inputs = {} }: More = {}): Promise<JobEnded> {
  const action = join(copy, 'integrations/github-action', name);
  const temp = mkdtempSync(join(room.dir, 'temp-'));
  const path = join(temp, 'event.json');
  writeFileSync(path, JSON.stringify(event));
  const runner = { CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: repositoryName, GITHUB_EVENT_PATH: path };
  const folders = { XDG_CONFIG_HOME: join(temp, 'configuration'), XDG_CACHE_HOME: join(temp, 'cache') };
  const own = { ...machine, ...testGitEnvironment, ...folders, PATH: `${nodes}:${process.env['PATH']}` };
  return runJob(stepsOf(join(action, 'action.yml')), {
    action,
    workspace,
    temp,
    env: { ...own, ...runner, ...env },
    inputs,
  });
}

test('a false claim fails the first job; the second one, which has no checkout, tells it', async () => {
  const { head, ended } = await firstJob(failing);
  expect([ended.exit, ended.log]).toEqual([1, expect.stringContaining('"All tests pass" is contradicted')]);
  expect(readFileSync(join(nodes, 'called'), 'utf8')).toContain('--test');
  expect(readFileSync(join(nodes, 'called'), 'utf8')).not.toContain('main.ts');

  const archive = archiveOf({ name: 'factum-pull-request.json', content: ended.artifact ?? '' });
  const github = await startGitHub({ head, archive });
  const empty = mkdtempSync(join(room.dir, 'workspace-'));
  const told = await job('tell', empty, workflowRunEvent({ head }), {
    env: { GITHUB_API_URL: github.origin },
    inputs: { token },
  });
  expect([told.exit, told.log]).toEqual([0, expect.stringContaining('status failure, and a comment')]);
  expect(github.writes).toEqual([
    [`POST /statuses/${head}`, expect.objectContaining({ state: 'failure' })],
    ['POST /issues/7/comments', { body: expect.stringContaining('| ❌ contradicted | All tests pass | body |') }],
  ]);
  expect(told.log).not.toContain(token);
});

test('a true one passes', async () => {
  const { ended } = await firstJob(passing);
  expect([ended.exit, JSON.parse(String(ended.artifact))], ended.log).toMatchObject([
    0,
    { version: 1, claims: [{ place: 'body', parts: [{ verdict: 'supported' }] }] },
  ]);
});
