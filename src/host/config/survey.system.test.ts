import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lacks } from '../../../test/needs.ts';
import { configText } from '../../core/config/config-text.ts';
import { parseConfig } from '../../core/config/parse.ts';
import { verifiers } from '../../plugins/verifiers/index.ts';
import { openGit } from '../git/git.ts';
import { takeSurvey } from './survey.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'factum-survey-'));
  git(['init', '--quiet', '--initial-branch=main']);
});
afterEach(() => rm(dir, { recursive: true, force: true }));

function git(args: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  const neutral = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  execFileSync('git', ['-C', dir, ...args], { env: { ...process.env, ...neutral, ...env }, stdio: 'pipe' });
}

function commit(name: string, email: string, date: string, message = 'work'): void {
  git(['commit', '--quiet', '--allow-empty', '-m', message], {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
    GIT_COMMITTER_DATE: date,
  });
}

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(dir, path)), { recursive: true });
  await writeFile(join(dir, path), text);
}

const survey = () => takeSurvey({ name: 'house', git: openGit({ dir, trusted: false }) });

describe.skipIf(lacks('git'))('a survey of a real repository', () => {
  test('tells files, people, agents and owners', async () => {
    await put('package.json', '{"scripts": {"test": "node --test"}}');
    await put('.github/CODEOWNERS', '* @org/all\n');
    await put('.github/workflows/ci.yml', 'on: push\n');
    await put('name with\nnewline', '');
    git(['add', '.']);
    commit('Old', 'old@example.org', '2025-01-01T00:00:00Z');
    commit('Ann', 'ann@example.org', '2025-12-01T00:00:00Z');
    commit(
      'Bo',
      'bo@example.org',
      '2025-12-02T00:00:00Z',
      'x\n\nCo-authored-by: Claude <noreply@anthropic.com>\nCo-authored-by: Ann <ann@example.org>',
    );
    git(['remote', 'add', 'upstream', dir]);
    git(['fetch', '--quiet', 'upstream']);
    git(['symbolic-ref', 'refs/remotes/upstream/HEAD', 'refs/remotes/upstream/main']);
    const found = await survey();
    expect(found.humans).toEqual([
      { id: 'ann@example.org', name: 'Ann', commits: 2 },
      { id: 'bo@example.org', name: 'Bo', commits: 1 },
    ]);
    expect(found.agents.map(({ id }) => id)).toEqual(['claude-code']);
    expect(found.owners).toEqual([{ owner: '@org/all', paths: ['**'] }]);
    expect(found.ciFiles).toEqual(['.github/workflows/ci.yml']);
    expect(found).toMatchObject({ remote: 'upstream', defaultBranch: 'main' });
    expect(found.checks[0]).toMatchObject({ kind: 'tests-pass' });
    expect(parseConfig(configText(found), verifiers).pods[0]?.members.agents).toEqual(['claude-code']);
  });

  test('a repository without a commit has files and nobody', async () => {
    await put('Cargo.toml', '[package]\n');
    const found = await survey();
    expect(found.humans).toEqual([]);
    expect(found.checks.map(({ kind }) => kind)).toContain('tests-pass');
    expect(parseConfig(configText(found), verifiers).pods[0]?.checks).not.toEqual([]);
  });
});
