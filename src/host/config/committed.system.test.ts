import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { testRoom } from '../../../test/repository.ts';
import { verifiers } from '../../plugins/verifiers/index.ts';
import { openGit } from '../git/git.ts';
import { committedConfig } from './committed.ts';

const room = testRoom();
afterAll(room.remove);

const core = 'version: 1\npods:\n  - id: core\n    paths: ["src/**"]\n';
const owned = 'version: 1\npods:\n  - id: web\n    codeowners: "@octo/web"\n';

/** What a bare clone of these files says. */
async function committed(files: Readonly<Record<string, string>>) {
  const { dir, commit } = room.repository();
  commit('first', { a: '1\n', ...files });
  execFileSync('git', ['clone', '-q', '--bare', dir, `${dir}.git`]);
  return committedConfig(openGit({ dir: `${dir}.git`, trusted: false }), verifiers);
}

test('pods are read from HEAD, those of CODEOWNERS too', async () => {
  expect(await committed({})).toBeUndefined();
  expect(await committed({ 'factum.yaml': core })).toMatchObject({ pods: [{ id: 'core', paths: ['src/**'] }] });
  const config = await committed({ 'factum.yaml': owned, '.github/CODEOWNERS': '/web/ @octo/web\n' });
  expect(config?.pods[0]?.paths.join()).toContain('web');
});

test.each([
  ['CONFIG_INVALID', core.replace('version: 1', 'version: 7')],
  ['CONFIG_INVALID', owned],
  ['CONFIG_SYNTAX', 'version: ['],
  ['CONFIG_FILE', `# ${'x'.repeat(1_048_576)}\n`],
])('what is wrong is told as in a working tree: %s', async (code, text) => {
  await expect(committed({ 'factum.yaml': text })).rejects.toMatchObject({ code });
});

test('a link is not followed, and a history that has not begun has no configuration', async () => {
  const { dir, commit } = room.repository();
  const git = openGit({ dir: join(dir, '.git'), trusted: false });
  expect(await committedConfig(git, verifiers)).toBeUndefined();
  symlinkSync('/etc/hostname', join(dir, 'factum.yaml'));
  commit('link');
  await expect(committedConfig(git, verifiers)).rejects.toMatchObject({ code: 'CONFIG_FILE' });
});
