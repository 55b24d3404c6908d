import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lacks } from '../needs.ts';
import { testGitEnvironment } from '../repository.ts';
import { installPackage, type InstalledPackage, run, write } from './installed.ts';

const modules = resolve('node_modules');

/** A Node of the machine's own that is older than ours, if there is one. */
function olderNode(): string | undefined {
  const path = '/usr/bin/node';
  if (existsSync(path) && /^v(?:1\d|2[0-3])\./.test(execFileSync(path, ['--version'], { encoding: 'utf8' })))
    return path;
  process.stderr.write(`skipped: ${path} is not there or is new enough\n`);
  return undefined;
}

describe.skipIf(lacks('npm', 'git'))('the package, installed elsewhere', () => {
  const room = mkdtempSync(join(tmpdir(), 'factum-package-'));
  const env = {
    ...testGitEnvironment,
    XDG_CONFIG_HOME: join(room, 'configuration'),
    XDG_CACHE_HOME: join(room, 'cache'),
  };
  let installed: InstalledPackage;

  beforeAll(() => {
    installed = installPackage(room);
  }, 300_000);
  afterAll(() => rmSync(room, { recursive: true, force: true }));

  test('holds what it should and nothing else', () => {
    const shape =
      /^(?:README\.md|LICENSE|package\.json|schema\/[\w-]+\.schema\.json|dist\/(?:main|program|reading-thread|chunk-[\w-]+)\.cjs|dist\/THIRD-PARTY-LICENSES\.txt|dist\/lib\/(?:index|testing|chunk-[\w-]+)\.js|dist\/lib\/(?:[\w-]+\/)*[\w-]+\.d\.ts)$/;
    expect(installed.files.filter((path) => !shape.test(path))).toEqual([]);
    expect(installed.files.filter((path) => /[.-](?:test|laws|fixture)\.|fixtures/.test(path))).toEqual([]);
    expect(installed.files).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'dist/THIRD-PARTY-LICENSES.txt',
        'dist/lib/index.d.ts',
        'dist/lib/index.js',
        'dist/lib/testing.js',
        'dist/main.cjs',
        'dist/program.cjs',
        'schema/diagnosis.schema.json',
        'schema/factum.schema.json',
      ]),
    );
  });

  test('nothing that it loads later makes Node warn of an experiment, as `import()` in code that was kept would', () => {
    const dist = join(installed.dir, 'node_modules/factum/dist');
    const files = readdirSync(dist).filter((name) => name.endsWith('.cjs'));
    const texts = files.map((name) => readFileSync(join(dist, name), 'utf8'));
    expect(
      texts.some((text) => /\brequire\(["'`]node:readline\/promises/.test(text)),
      'nothing was looked at',
    ).toBe(true);
    expect(texts.filter((text) => /(?<![.\w])import\(/.test(text))).toEqual([]);
  });

  test('names the licences of what is bundled', () => {
    const text = readFileSync(join(installed.dir, 'node_modules/factum/dist/THIRD-PARTY-LICENSES.txt'), 'utf8');
    for (const name of ['zod', 'kysely', 'commander', 'yaml']) expect(text).toMatch(new RegExp(`^${name} \\d`, 'm'));
    expect(text).toContain('Permission is hereby granted');
  });

  test('its binary says its version', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    const ran = run([installed.binary, '--version'], { cwd: installed.dir, env });
    expect([ran.stdout, ran.stderr, ran.status]).toEqual([`${version}\n`, '', 0]);
  });

  test('every module of it loads', () => {
    const dist = join(installed.dir, 'node_modules/factum/dist');
    const chunks = readdirSync(dist).filter((name) => /^chunk-.*\.cjs$/.test(name));
    expect(chunks.length).toBeGreaterThan(10);
    expect(chunks.flatMap((name) => whyNotLoaded(join(dist, name)))).toEqual([]);
    // Planted fault: a module that was not bundled.
    write(room, 'planted.cjs', "require('./impl/format');\n");
    expect(whyNotLoaded(join(room, 'planted.cjs'))).toMatchObject([
      expect.stringContaining("Cannot find module './impl/format'"),
    ]);
  });

  test('its binary tells of every command', () => {
    const ran = run([installed.binary, '--help'], { cwd: installed.dir, env });
    expect([ran.stderr, ran.status]).toEqual(['', 0]);
    const commands = [...ran.stdout.matchAll(/^ {2}(?!help)([a-z]+) /gm)].map(([, name = '']) => name);
    expect(commands.length).toBeGreaterThan(10);
    for (const command of commands) {
      const help = run([installed.binary, command, '--help'], { cwd: installed.dir, env });
      expect([command, help.stderr, help.status]).toEqual([command, '', 0]);
    }
  });

  test.each([
    ['The file notes.txt exists.', 0, 'supported'],
    ['The file missing.txt exists.', 1, 'contradicted'],
  ])('its binary checks: %s', (statement, exit, verdict) => {
    const dir = join(room, 'repository');
    write(dir, 'notes.txt', 'a note\n');
    for (const args of [
      ['init', '--quiet'],
      ['add', '--all'],
      ['commit', '--quiet', '--allow-empty', '-m', 'first'],
    ])
      execFileSync('git', args, { cwd: dir, env: { ...process.env, ...env } });
    const ran = run([installed.binary, 'check', statement, '--json'], { cwd: dir, env });
    expect(ran.status, ran.stdout + ran.stderr).toBe(exit);
    expect(ran.stdout).toContain(`"verdict": "${verdict}"`);
  });

  test('its modules can be imported', () => {
    write(
      installed.dir,
      'consumer.js',
      "import { extract, verdictOf } from 'factum';\nconsole.log(typeof verdictOf, extract('All tests pass.').length);\n",
    );
    const ran = run([process.execPath, 'consumer.js'], { cwd: installed.dir, env });
    expect([ran.stdout, ran.stderr]).toEqual(['function 1\n', '']);
  });

  test("its contract suite runs in a consumer's Vitest", () => {
    link('vitest');
    write(
      installed.dir,
      'contract.test.js',
      "import { verifierContract } from 'factum/testing';\nimport { expect, test } from 'vitest';\ntest('it is there', () => expect(verifierContract).toBeTypeOf('function'));\n",
    );
    const vitest = join(modules, 'vitest/vitest.mjs');
    const ran = run([process.execPath, vitest, 'run', '--root', installed.dir], { cwd: installed.dir, env });
    expect(ran.status, ran.stdout + ran.stderr).toBe(0);
  });

  describe('its types', () => {
    test('tell a consumer what there is', () => {
      const ran = typesOf(
        "import { verdictOf, type Verdict, type VerdictInput } from 'factum';\nexport const judge = (input: VerdictInput): Verdict => verdictOf(input);\n",
      );
      expect(ran.status, ran.stdout).toBe(0);
    });

    test('and what there is not', () => {
      const ran = typesOf("import { verdictOf } from 'factum';\nexport const judged: number = verdictOf(1);\n");
      expect(ran.stdout).toContain('TS2345');
    });
  });

  const older = olderNode();
  test.skipIf(older === undefined)('under an older Node it says so and ends with 3', () => {
    const main = join(installed.dir, 'node_modules/factum/dist/main.cjs');
    const ran = spawnSync(older ?? '', [main, 'list'], { cwd: installed.dir, encoding: 'utf8' });
    expect(ran.stderr).toMatch(/^NODE_TOO_OLD: /);
    expect([ran.stdout, ran.status]).toEqual(['', 3]);
  });

  function whyNotLoaded(path: string): readonly string[] {
    // One that loads the entry, too, starts the program: that tells its version then.
    const argv = ['-e', `require(${JSON.stringify(path)})`, '--', 'factum', '--version'];
    const ran = run([process.execPath, ...argv], { cwd: installed.dir, env });
    return ran.status === 0 ? [] : [ran.stderr];
  }

  function typesOf(text: string) {
    write(installed.dir, 'consumer.ts', text);
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--types', ''];
    return run([join(modules, '.bin/tsc'), ...options, 'consumer.ts'], { cwd: installed.dir, env });
  }

  function link(name: string): void {
    const place = join(installed.dir, 'node_modules', name);
    if (!existsSync(place)) symlinkSync(join(modules, name), place);
  }
});
