import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyTreeTo } from './copy-of-tree.ts';
import { writers } from './make/sessions.ts';
import { lacks } from './needs.ts';
import { commandsIn, filledIn } from './readme.ts';
import { repositoryAt, testGitEnvironment } from './repository.ts';

const here = resolve('.');
const commands = commandsIn(readFileSync('README.md', 'utf8'));
/** This test is part of what it runs. */
const notHere = 'npm ci && npm test';
/** These are for the reader's own repository; all others for the clone. */
const isElsewhere = (command: string): boolean => command.startsWith('factum ');

interface Ran {
  readonly exit: number | null;
  readonly out: string;
}

describe.skipIf(lacks('git', 'npm'))("the README's commands", () => {
  const room = mkdtempSync(join(tmpdir(), 'factum-readme-'));
  const clone = join(room, 'clone');
  const elsewhere = join(room, 'elsewhere');
  const known: Record<string, string> = {};

  beforeAll(() => {
    cloneOfWhatIsHere(clone);
    smallProject(elsewhere);
    aSession(join(room, 'home/.claude/projects/small'));
  });
  afterAll(() => rmSync(room, { recursive: true, force: true }));

  test('are there', () => {
    expect(commands).toContain(notHere);
    expect(commands.filter(isElsewhere).length).toBeGreaterThan(3);
    expect(commands.length).toBeGreaterThan(commands.filter(isElsewhere).length + 2);
  });

  test.each(commands.filter((command) => command !== notHere))(
    '%s',
    (command) => {
      // A reader is asked on the terminal and says yes.
      if (isElsewhere(command)) run('factum trust', elsewhere);
      const ran = run(filledIn(command, known), isElsewhere(command) ? elsewhere : clone);
      expect(ran.exit, ran.out).toBe(0);
      // Of an audit it heads a column.
      expect(ran.out.replace(/ contradicted$/m, '')).not.toContain('contradicted');
      if (/npm start$|^factum (?:audit|check|verify|show)/.test(command)) expect(ran.out).toContain('supported');
      const claim = /^Filed claim (\w+)/m.exec(ran.out)?.[1];
      if (claim !== undefined) known['claim'] = claim;
    },
    600_000,
  );

  function run(command: string, cwd: string): Ran {
    const ran = spawnSync('bash', ['-c', command], { cwd, encoding: 'utf8', env: environment(cwd) });
    return { exit: ran.status, out: ran.stdout + ran.stderr };
  }

  /** As on a machine that never saw this project: none of its programs on the path, and nothing that Vitest set. */
  function environment(cwd: string): NodeJS.ProcessEnv {
    const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.startsWith(here));
    const inherited = Object.entries(process.env).filter(([name]) => !/^(?:VITEST|NODE_ENV|npm_(?!config))/.test(name));
    // The installed program needs Node 24, which this machine may have nowhere else.
    const node24 = cwd === elsewhere ? [join(clone, 'node_modules/node/bin')] : [];
    // npm finds its registry in the home that is there.
    const home = cwd === elsewhere ? { HOME: join(room, 'home') } : {};
    return {
      ...Object.fromEntries(inherited),
      ...home,
      ...testGitEnvironment,
      PATH: [join(room, 'prefix/bin'), ...node24, ...path].join(delimiter),
      npm_config_prefix: join(room, 'prefix'),
      XDG_CONFIG_HOME: join(room, 'configuration'),
      XDG_CACHE_HOME: join(room, 'cache'),
    };
  }
});

/** A clone of HEAD, with what is not committed yet committed there. */
function cloneOfWhatIsHere(dir: string): void {
  execFileSync('git', ['clone', '--quiet', here, dir]);
  copyTreeTo(dir);
  Object.assign(process.env, testGitEnvironment);
  repositoryAt(dir).commit('what is not committed yet');
}

function smallProject(dir: string): void {
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', dir]);
  const manifest = {
    name: 'small',
    private: true,
    scripts: { test: 'node --test', lint: 'node --check small.test.js' },
  };
  repositoryAt(dir).commit('a small project', {
    'package.json': `${JSON.stringify(manifest)}\n`,
    'small.test.js': "require('node:test').test('adds', () => require('node:assert').equal(1 + 1, 2));\n",
  });
}

/** Of Claude Code, with a claim that the session backs. */
function aSession(dir: string): void {
  mkdirSync(dir, { recursive: true });
  const run = { runs: 'npm test', output: '# tests 1\n# pass 1\n# fail 0\n', exit: 0 };
  writeFileSync(join(dir, 'session.jsonl'), writers['claude-code']?.write([run, { says: 'All tests pass.' }]) ?? '');
}
