import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lacks } from '../../../test/needs.ts';
import { parseReport } from '../test-report/parse-report.ts';
import { detect } from './detect.ts';

type Files = Readonly<Record<string, string>>;

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'factum-detect-'));
  await mkdir(join(dir, 'reports'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** Runs the detected test command for real and reads its machine report, or its output where that is the report. */
async function runDetected(files: Files) {
  for (const [path, text] of Object.entries(files)) await writeFile(join(dir, path), text);
  const check = detect(Object.keys(files), (path) => files[path]).find(({ kind }) => kind === 'tests-pass');
  const command = String(check?.options['command']).replaceAll('{reports}', join(dir, 'reports'));
  const { VITEST: _, NODE_OPTIONS: __, NODE_TEST_CONTEXT: ___, ...env } = process.env;
  const { stdout } = spawnSync('bash', ['-o', 'pipefail', '-c', command], { cwd: dir, env, encoding: 'utf8' });
  const [report] = await readdir(join(dir, 'reports'));
  return parseReport(report === undefined ? stdout : await readFile(join(dir, 'reports', report), 'utf8'));
}

const twoTests = { executed: 2, passed: 1, failed: 1, strength: 'machine' };

describe('what is detected really writes a report that is read', () => {
  test.skipIf(lacks('npm'))('node --test, through npm', async () => {
    const manifest = JSON.stringify({ scripts: { test: 'node --test' } });
    const own = `const { test } = require('node:test'); test('a', () => {}); test('b', () => { throw new Error('b'); });`;
    expect(await runDetected({ 'package.json': manifest, 'a.test.js': own })).toMatchObject({
      ...twoTests,
      format: 'tap',
    });
  });

  test.skipIf(lacks('npm'))('vitest, through npm', async () => {
    await symlink(resolve('node_modules'), join(dir, 'node_modules'));
    const manifest = JSON.stringify({
      type: 'module',
      scripts: { test: 'vitest' },
      devDependencies: { vitest: '5.1.1' },
    });
    const own = `import { test } from 'vitest'; test('a', () => {}); test('b', () => { throw new Error('b'); });`;
    expect(await runDetected({ 'package.json': manifest, 'a.test.js': own })).toMatchObject(twoTests);
  });

  test.skipIf(lacks('pytest'))('pytest', async () => {
    const own = 'def test_a():\n    pass\n\ndef test_b():\n    assert False\n';
    expect(await runDetected({ 'pytest.ini': '[pytest]\n', 'test_a.py': own })).toMatchObject({
      ...twoTests,
      format: 'junit',
    });
  });

  test.skipIf(lacks('go'))('go test', async () => {
    const own = 'package a\n\nimport "testing"\n\nfunc TestA(t *testing.T) {}\nfunc TestB(t *testing.T) { t.Fail() }\n';
    expect(await runDetected({ 'go.mod': 'module example.org/a\n\ngo 1.18\n', 'a_test.go': own })).toMatchObject(
      twoTests,
    );
  });
});
