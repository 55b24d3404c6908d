import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyTreeTo } from './copy-of-tree.ts';

const modules = resolve('node_modules');

describe('npm run new', () => {
  const room = mkdtempSync(join(tmpdir(), 'factum-new-'));

  beforeAll(() => {
    copyTreeTo(room);
    symlinkSync(modules, join(room, 'node_modules'));
  });
  afterAll(() => rmSync(room, { recursive: true, force: true }));

  test('writes a verifier, its test and its line in the list, and all of it passes', () => {
    expect(node('scripts/new.ts', 'verifier', 'header-present').out).toContain('wrote src/plugins/verifiers/header-');
    const files = ['header-present.ts', 'header-present.system.test.ts', 'index.ts'];
    const paths = files.map((file) => `src/plugins/verifiers/${file}`);
    expectSuccess(join(modules, 'oxfmt/bin/oxfmt'), '--check', ...paths);
    expectSuccess(join(modules, 'oxlint/bin/oxlint'), '--deny-warnings', ...paths);
    expectSuccess(join(modules, 'typescript/bin/tsc'), '-p', 'src/plugins');
    const vitest = join(modules, 'vitest/vitest.mjs');
    expectSuccess(vitest, 'run', '--project', 'unit', 'test/lists.test.ts');
    expect(expectSuccess(vitest, 'run', '--project', 'system', 'header-present')).toMatch(/Tests +[1-9]\d* passed/);
  }, 300_000);

  test.each([
    ['a bad id', 'verifier', 'Header_Present'],
    ['an id that is taken', 'verifier', 'file-matches'],
    ['an unknown kind', 'oracle', 'header-present'],
  ])('refuses %s', (_what, ...args) => {
    const { exit, err } = node('scripts/new.ts', ...args);
    expect(exit).toBe(2);
    expect(err).not.toBe('');
  });

  function node(...args: readonly string[]): {
    readonly exit: number | null;
    readonly out: string;
    readonly err: string;
  } {
    const ran = spawnSync(process.execPath, args, {
      cwd: room,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    });
    return { exit: ran.status, out: ran.stdout, err: ran.stderr };
  }

  function expectSuccess(...args: readonly string[]): string {
    const { exit, out, err } = node(...args);
    expect(exit, out + err).toBe(0);
    return out;
  }
});
