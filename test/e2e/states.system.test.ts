import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aSuite } from '../make/suite.ts';
import { html, startServer } from '../http-server.ts';
import { factumIn } from './limited.ts';
import { factumProcess } from './program.ts';
import { type TestRepository } from '../repository.ts';

// Repositories and machines in whatever state: each gets a clear answer, and nothing is lost or half-written.

const { room, world } = aSuite();

const project = {
  'package.json': '{ "scripts": { "test": "node --test" } }',
  'a.test.js': "require('node:test')('a', () => {});",
};

function aRepository(): TestRepository {
  const repository = room.repository();
  repository.git('config', 'user.email', 'ada@example.org');
  return repository;
}

async function checkTests(
  dir: string,
): Promise<{ readonly exit: number; readonly verdict: string; readonly text: string }> {
  const { exit, out, err } = await world.factum(dir, ['check', '--trust', 'All tests pass.']);
  return { exit, verdict: /^. (\w+)/.exec(out)?.[1] ?? '', text: out + err };
}

test('a statement that begins as a list is no option, and what is none stays none', async () => {
  const repository = aRepository();
  repository.commit('start', { 'a.txt': 'a\n' });
  const list = '- Created `a.txt`\n- Tests were not needed';
  for (const words of [
    ['check', list, '--trust'],
    ['check', '--trust', list],
    ['claim', list],
  ])
    expect(await world.factum(repository.dir, words)).toMatchObject({ exit: 0 });
  expect(await world.factum(repository.dir, ['check', list, '--trsut'])).toMatchObject({ exit: 2 });
});

async function withOneClaim(): Promise<{ readonly repository: TestRepository; readonly journal: string }> {
  const repository = aRepository();
  repository.commit('one', project);
  const { exit, err } = await world.factum(repository.dir, ['claim', 'All tests pass.']);
  expect(exit, err).toBe(0);
  return { repository, journal: join(repository.dir, '.git/factum/journal/000') };
}

describe('a repository', () => {
  test('without a commit', async () => {
    const repository = aRepository();
    for (const [path, text] of Object.entries(project)) repository.write(path, text);
    expect(await checkTests(repository.dir)).toMatchObject({ exit: 0, verdict: 'supported' });
    const { out } = await world.factum(repository.dir, ['check', '--trust', 'Everything is committed.']);
    expect(out).not.toContain('✓');
  });

  test('bare', async () => {
    const bare = join(room.dir, 'bare.git');
    execFileSync('git', ['init', '--quiet', '--bare', bare]);
    const { exit, err } = await world.factum(bare, ['check', 'All tests pass.']);
    expect(exit).toBe(2);
    expect(err).toContain('BARE_REPOSITORY');
  });

  test('shallow: what is not in the history is no refutation', async () => {
    const origin = aRepository();
    const first = origin.commit('one', project);
    origin.commit('two', { b: '2' });
    const dir = join(room.dir, 'shallow');
    execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${origin.dir}`, dir]);
    expect(await checkTests(dir)).toMatchObject({ verdict: 'supported' });
    const { out } = await world.factum(dir, ['check', '--part', `commit-on-branch:commit=${first}`, 'it is pushed']);
    expect(out).not.toContain('contradicted');
  });

  test('with a detached head', async () => {
    const repository = aRepository();
    repository.commit('one', project);
    repository.git('checkout', '--quiet', '--detach');
    expect(await checkTests(repository.dir)).toMatchObject({ verdict: 'supported' });
  });

  test('with a submodule', async () => {
    const inner = aRepository();
    inner.commit('one', { 'inner.txt': '1' });
    const outer = aRepository();
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.dir, 'inner');
    outer.commit('one', project);
    expect(await checkTests(outer.dir)).toMatchObject({ verdict: 'supported' });
  });

  test('with file names of every kind', async () => {
    const repository = aRepository();
    const odd = [
      'with space.txt',
      'line\nbreak.txt',
      '-dash.txt',
      'quote".txt',
      'glob*.txt',
      ':colon.txt',
      'umlaut-ä.txt',
    ];
    repository.commit('one', { ...project, ...Object.fromEntries(odd.map((name) => [name, name])) });
    writeFileSync(
      Buffer.concat([Buffer.from(`${repository.dir}/`), Buffer.from([0x66, 0xff, 0xfe]), Buffer.from('.txt')]),
      'not UTF-8',
    );
    expect(await checkTests(repository.dir)).toMatchObject({ verdict: 'supported' });
    const { out } = await world.factum(repository.dir, ['check', 'Everything is committed.']);
    expect(out).toMatch(/supported[^]*1 file is untracked/);
  });

  test('that is none', async () => {
    const dir = join(room.dir, 'plain');
    mkdirSync(dir);
    for (const [path, text] of Object.entries(project)) writeFileSync(join(dir, path), text);
    expect(await checkTests(dir)).toMatchObject({ exit: 0, verdict: 'supported' });
    const { out } = await world.factum(dir, ['check', 'It is pushed to origin/main.']);
    expect(out).not.toContain('contradicted');
  });

  test('with 100,000 files', async () => {
    const repository = aRepository();
    for (let folder = 0; folder < 100; folder++) {
      mkdirSync(join(repository.dir, `d${folder}`));
      for (let file = 0; file < 1000; file++)
        writeFileSync(join(repository.dir, `d${folder}/f${file}`), `${folder} ${file}`);
    }
    repository.commit('many', project);
    expect(await checkTests(repository.dir)).toMatchObject({ verdict: 'supported' });
  }, 300_000);
});

describe('the machine', () => {
  test('a flipped bit in the journal is named, and nothing is written', async () => {
    const { repository, journal } = await withOneClaim();
    const bytes = readFileSync(journal);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    writeFileSync(journal, bytes);
    rmSync(join(repository.dir, '.git/factum/index.sqlite'));
    for (const argv of [['list'], ['claim', 'Lint is clean.']]) {
      const { exit, err } = await world.factum(repository.dir, argv);
      expect({ exit, err }).toMatchObject({ exit: 3, err: expect.stringContaining('JOURNAL_CORRUPT') });
      expect(err).toContain('journal/000');
    }
    expect(readFileSync(journal)).toEqual(bytes);
  });

  test('a journal that was cut is refused', async () => {
    const { repository, journal } = await withOneClaim();
    expect((await world.factum(repository.dir, ['list'])).exit).toBe(0);
    const file = openSync(journal, 'r+');
    ftruncateSync(file, 0);
    closeSync(file);
    const { exit, err } = await world.factum(repository.dir, ['list']);
    expect({ exit, err }).toMatchObject({ exit: 3, err: expect.stringContaining('JOURNAL_SHRANK') });
  });

  test('a full disk: nothing is acknowledged and nothing is half-written', async () => {
    const { repository, journal } = await withOneClaim();
    const size = statSync(journal).size;
    // A quota of the process stands for the disk: writes past it fail as they do on a full one.
    const { exit, err } = factumIn(repository.dir, world.env, {
      fileKibibytes: Math.ceil((size + 300) / 1024),
      argv: ['claim', `All tests pass. ${'x'.repeat(15_000)}`],
    });
    expect(exit, err).toBe(3);
    // Once: what was not recorded is not published either.
    expect(err.split('JOURNAL_WRITE')).toHaveLength(2);
    expect(statSync(journal).size).toBe(size);
    expect((await world.factum(repository.dir, ['list'])).exit).toBe(0);
  });

  test('a broken factum.yaml says where, and what was expected', async () => {
    const repository = aRepository();
    repository.commit('one', { ...project, 'factum.yaml': 'version: 1\npods:\n  - id: Sums\n    polcy: {}\n' });
    const { exit, err } = await world.factum(repository.dir, ['verify']);
    expect(exit).toBe(2);
    expect(err).toContain('line 4');
    expect(err).toContain('policy');
    repository.write('factum.yaml', 'version: [1\npods');
    expect((await world.factum(repository.dir, ['verify'])).err).toContain('CONFIG_SYNTAX');
  });

  test('without git', async () => {
    const { repository } = await withOneClaim();
    const bin = join(room.dir, 'empty-bin');
    mkdirSync(bin);
    const { exit, err } = await factumProcess(repository.dir, ['list'], { ...world.env, PATH: bin }).ended;
    expect({ exit, err }).toMatchObject({ exit: 3, err: expect.stringContaining('GIT_MISSING') });
  });

  test('a dead network is no refutation', async () => {
    const { repository } = await withOneClaim();
    repository.git('remote', 'add', 'origin', 'https://127.0.0.1:9/none.git');
    const pushed = await world.factum(repository.dir, ['check', 'It is pushed to origin/main.']);
    expect(pushed.out).not.toContain('contradicted');
    const deployed = await world.factum(repository.dir, [
      'check',
      '--part',
      'http-responds:url=https://nowhere.invalid/',
      'deployed',
    ]);
    expect(deployed.out).not.toContain('contradicted');
    expect(deployed.exit).toBe(0);
  });

  test('without Chromium', async () => {
    const { repository } = await withOneClaim();
    const server = await startServer(html('<h1>here</h1>'));
    repository.write(
      'factum.yaml',
      `version: 1\npods: [{ id: sums }]\nnetwork: { allow: [${new URL(server.origin).host}] }\n`,
    );
    const env = { ...world.env, CHROMIUM_PATH: join(room.dir, 'no-chromium') };
    const { out, exit } = await factumProcess(
      repository.dir,
      ['check', '--trust', '--part', `page-renders:url=${server.origin}/`, 'it renders'],
      env,
    ).ended;
    await server.close();
    expect(exit).toBe(0);
    expect(out).toMatch(/unverified[^]*Chromium/);
  });

  test('a machine key that others may read is refused', async () => {
    const { repository } = await withOneClaim();
    chmodSync(join(world.home, '.config/factum/machine.key'), 0o644);
    const { exit, err } = await world.factum(repository.dir, ['claim', 'Lint is clean.']);
    chmodSync(join(world.home, '.config/factum/machine.key'), 0o600);
    expect({ exit, err }).toMatchObject({ exit: 3, err: expect.stringContaining('KEY_UNREADABLE') });
  });
});

describe('files that are no files', () => {
  test('a pipe and a device in the place of lock files hold nobody', async () => {
    const repository = aRepository();
    repository.commit('one', project);
    execFileSync('mkfifo', [join(repository.dir, 'Cargo.lock')]);
    symlinkSync('/dev/zero', join(repository.dir, 'go.sum'));
    repository.write('.gitignore', 'Cargo.lock\ngo.sum\n');
    expect(await checkTests(repository.dir)).toMatchObject({ exit: 0, verdict: 'supported' });
  });

  test('a factum.yaml that is a link is not followed', async () => {
    const repository = aRepository();
    repository.commit('one', project);
    const secret = join(room.dir, 'secret.txt');
    writeFileSync(secret, 'password-of-somebody: 1\n');
    symlinkSync(secret, join(repository.dir, 'factum.yaml'));
    const { exit, err } = await world.factum(repository.dir, ['list']);
    expect({ exit, err }).toMatchObject({ exit: 2, err: expect.stringContaining('is a symbolic') });
    expect(err).not.toContain('password-of-somebody');
  });
});
