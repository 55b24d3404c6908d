import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aSuite } from '../make/suite.ts';
import { makeConfigurationFolder } from '../../src/host/configuration-folder.ts';
import { leadsIn } from '../../src/store/leads.ts';
import { type TestRepository } from '../repository.ts';
import { transcriptIn } from './transcript.ts';

const { room, world } = aSuite();

const passing = "import test from 'node:test';\ntest('adds', () => {});\ntest('takes away', () => {});\n";
const failing =
  "import test from 'node:test';\ntest('adds', () => {});\ntest('takes away', () => { throw new Error('2'); });\n";
const manifest = '{ "name": "sums", "type": "module", "scripts": { "test": "node --test", "lint": "node lint.js" } }\n';

/** The same commit names on every run: fixed names, dates and contents. */
function sums(name: string): TestRepository {
  const repository = room.repository(name);
  repository.at('2026-01-01T00:00:00Z');
  repository.git('config', 'user.email', 'ada@example.org');
  repository.git('config', 'user.name', 'Ada');
  repository.commit('feat: sums', { 'package.json': manifest, 'sums.test.js': passing, 'lint.js': '' });
  return repository;
}

test('a first look, with no set-up', async () => {
  const repository = sums('sums-first');
  const transcript = transcriptIn(world, repository.dir);
  await transcript.run('check "All tests pass and lint is clean."');
  await transcript.run('check "All tests pass and lint is clean." --trust');
  await transcript.run('check "If the tests pass, I will push. It should be fast."');
  repository.write('sums.test.js', failing);
  await transcript.run('check "All tests pass." --trust');
  await transcript.run('check "Tests pass." --trust');
  await transcript.run('check "1 of 2 tests still fails." --trust');
  await transcript.matches('check');
});

test('claims: filed, verified, shown, listed, withdrawn', async () => {
  const repository = sums('sums-claims');
  const transcript = transcriptIn(world, repository.dir);
  await transcript.run('claim "All tests pass."');
  await transcript.run('claim "All tests pass." --dry-run');
  await transcript.run('claim "Run the tests."');
  await transcript.run('claim --part file-matches:path=sums.test.js "sums are there"');
  await transcript.run('claim "The sums feature is complete."');
  await transcript.run('list');
  await transcript.run('verify', ['y']);
  await transcript.run('verify');
  repository.write('sums.test.js', failing);
  await transcript.run('verify 0001');
  await transcript.run('claim "All tests pass, and it is pushed."');
  await transcript.run('verify --require supported');
  await transcript.run('withdraw 0006 --reason "too early"');
  await transcript.run('show 0006');
  await transcript.run('list --all');
  await transcript.matches('claims');
});

test('what a look kept, erased', async () => {
  const repository = sums('sums-erase');
  const hidden: Record<string, string> = {};
  const transcript = transcriptIn(world, repository.dir, hidden);
  await transcript.run(`claim --part 'command-succeeds:{"command":"echo built"}' "It builds."`);
  await transcript.run('verify', ['y']);
  const { out } = await world.factum(repository.dir, ['list', '--json']);
  const claim = JSON.parse(out).claims[0].id.slice(-8);
  const [digest = ''] = Object.keys(
    JSON.parse((await world.factum(repository.dir, ['show', claim, '--json'])).out).blobs,
  );
  hidden[digest.slice(0, 8)] = '<digest>';
  await transcript.run(`erase ${digest.slice(0, 8)}`);
  await transcript.run(`erase ${digest.slice(0, 8)}`, ['n']);
  await transcript.run(`erase --claim ${claim}`, ['y']);
  await transcript.run(`erase --claim ${claim}`);
  await transcript.run('erase 01234567');
  await transcript.run(`show ${claim}`);
  await transcript.run('ledger check');
  await transcript.matches('erase');
});

test('what an agent ran by its own account, beside its claim', async () => {
  const repository = sums('sums-leads');
  const transcript = transcriptIn(world, repository.dir);
  await transcript.run('leads');
  const told = { agent: 'claude-code', session: 's1', tool: 'Bash' } as const;
  await leadsIn({
    path: join(world.home, '.config/factum/leads.sqlite'),
    makeFolder: () => makeConfigurationFolder(join(world.home, '.config/factum')),
    now: () => '2026-01-02T00:00:00Z',
  }).keep([
    { ...told, id: '1', command: 'npm test 2>&1 | tail -3', succeeded: true, occurredAt: '2026-01-02T01:00:00.000Z' },
    {
      ...told,
      id: '2',
      command: 'npm test',
      succeeded: false,
      error: 'Exit code 1',
      occurredAt: '2026-01-02T01:01:00.000Z',
    },
    {
      ...told,
      id: '3',
      command: "git commit -am 'fix: sums that are larger than what a page of paper takes'",
      succeeded: true,
      commit: '3f2a1b9',
      occurredAt: '2026-01-02T01:02:00.000Z',
    },
    { ...told, id: '4', tool: 'Edit', writes: ['sums.test.js'], occurredAt: '2026-01-02T01:03:00.000Z' },
    { ...told, id: '5', session: 's2', command: 'ls', succeeded: true, occurredAt: '2026-01-02T01:04:00.000Z' },
  ]);
  await transcript.run('gate claude-code --session s1 --message "Tests pass, and it is committed."');
  const { out } = await world.factum(repository.dir, ['list', '--json']);
  const claim = JSON.parse(out).claims[0].id.slice(-8);
  await transcript.run('leads --limit 3');
  await transcript.run(`leads ${claim}`);
  await transcript.run(`show ${claim}`);
  await transcript.run('otel export');
  await transcript.run('otel export --endpoint localhost:4317');
  await transcript.run('otel receive --host 0.0.0.0');
  await transcript.matches('leads');
});

test('asked wrongly', async () => {
  const repository = sums('sums-wrong');
  const transcript = transcriptIn(world, repository.dir);
  for (const line of [
    'verfy',
    'claim',
    'claim x --part y',
    'show 1234',
    'explain foo',
    'list --limit many',
    'verify --requires x',
  ]) {
    const { exit } = await transcript.run(line);
    expect(exit, line).toBe(2);
  }
  await transcript.run('show 1234 --json');
  await transcript.matches('asked-wrongly');
});

test('init, trust and intents', async () => {
  const repository = sums('sums-init');
  const transcript = transcriptIn(world, repository.dir);
  await transcript.run('init --yes');
  await transcript.run('init --yes');
  await transcript.run('verify');
  await transcript.run('trust');
  await transcript.run('verify');
  repository.write('factum.yaml', 'version: 1\npods:\n  - id: sums\n    chekcs: []\n');
  await transcript.run('verify');
  await transcript.matches('init');
});

test('words', async () => {
  const transcript = transcriptIn(world, sums('sums-words').dir);
  await transcript.run('--help');
  await transcript.run('verify --help');
  await transcript.run('explain contradicted');
  await transcript.run('explain');
  await transcript.matches('words');
});
