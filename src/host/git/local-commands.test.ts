import { describe, expect, test } from 'vitest';
import { hardenedArguments, hardenedEnvironment } from './hardening.ts';
import { neutralised, scopedSettings } from './local-commands.ts';

const local = (key: string, value: string) => ({ scope: 'local', key, value });
const global = (key: string, value: string) => ({ scope: 'global', key, value });

describe('what a repository names to be run', () => {
  test('is read with its scope, line breaks and all', () => {
    expect(scopedSettings('local\0alias.x\n!a\nb\0global\0core.bare\0')).toEqual([
      local('alias.x', '!a\nb'),
      global('core.bare', 'true'),
    ]);
  });

  test('gives way to what the user set, else to nothing', () => {
    const settings = [
      global('filter.a.clean', 'mine'),
      local('filter.a.clean', 'theirs'),
      local('filter.b.process', 'theirs'),
    ];
    expect(neutralised(settings)).toEqual([
      ['filter.a.clean', 'mine'],
      ['filter.b.process', ''],
    ]);
  });

  test('in a worktree counts as well', () => {
    const setting = { scope: 'worktree', key: 'core.sshcommand', value: 'theirs' };
    expect(neutralised([setting])).toEqual([['core.sshcommand', 'ssh']]);
  });

  test("git-lfs's own commands stay, others of that name do not", () => {
    expect(neutralised([local('filter.lfs.clean', 'git-lfs clean -- %f')])).toEqual([]);
    expect(neutralised([local('filter.lfs.clean', 'git-lfs clean -- %f; evil')])).toEqual([['filter.lfs.clean', '']]);
  });

  test("credential helpers are forgotten and the user's own named again", () => {
    const settings = [global('credential.helper', 'store'), local('credential.https://x.helper', '!theirs')];
    expect(neutralised(settings)).toEqual([
      ['credential.helper', ''],
      ['credential.helper', 'store'],
    ]);
  });

  test('harmless settings are left alone', () => {
    expect(neutralised([local('core.autocrlf', 'true'), local('remote.origin.url', 'x')])).toEqual([]);
  });
});

describe('the environment', () => {
  test('keeps the user, drops what redirects git, and numbers settings after known ones', () => {
    const env = hardenedEnvironment(
      {
        HOME: '/home/a',
        PATH: '/usr/bin:.:bin',
        GIT_DIR: '/x',
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'a.b',
        GIT_CONFIG_VALUE_0: 'c',
      },
      [['filter.x.clean', '']],
    );
    expect(env).toMatchObject({ HOME: '/home/a', PATH: '/usr/bin', GIT_CONFIG_KEY_0: 'a.b', GIT_ASKPASS: '' });
    expect(env).not.toHaveProperty('GIT_DIR');
    const last = Number(env['GIT_CONFIG_COUNT']) - 1;
    expect([env[`GIT_CONFIG_KEY_${last}`], env[`GIT_CONFIG_VALUE_${last}`]]).toEqual(['filter.x.clean', '']);
    expect(env['GIT_CONFIG_KEY_2']).toBe('core.hooksPath');
  });

  test('only known commands have arguments', () => {
    expect(hardenedArguments(['diff', 'HEAD'], true)).toContain('--no-textconv');
    expect(hardenedArguments(['ls-remote', 'origin'], false)).toContain('--upload-pack=git-upload-pack');
    expect(hardenedArguments(['toString'], true)).toBeUndefined();
  });
});
