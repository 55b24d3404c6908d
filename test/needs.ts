import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const commands = {
  git: ['git'],
  chromium: ['chromium', 'chromium-browser', 'google-chrome'],
  postgres: ['/usr/lib/postgresql/15/bin/postgres', 'postgres'],
  bubblewrap: ['bwrap'],
  go: ['go'],
  goNote: ['/usr/share/gocode/src/golang.org/x/mod/sumdb/note/note.go'],
  pytest: ['pytest'],
  cargo: ['cargo'],
  cmake: ['cmake'],
  npm: ['npm'],
  jq: ['jq'],
  openssl: ['openssl'],
  sshKeygen: ['ssh-keygen'],
} as const;

export type Need = keyof typeof commands;

/** Path of a program that a test needs, or undefined. */
export function programOf(need: Need): string | undefined {
  return commands[need].find((name) =>
    name.startsWith('/') ? existsSync(name) : spawnSync('sh', ['-c', `command -v ${name}`]).status === 0,
  );
}

/**
 * For `describe.skipIf(lacks('chromium'))`: true when this machine lacks it.
 * In CI, which installs everything, lacking something is a failure and not a skip.
 */
export function lacks(...needs: readonly Need[]): boolean {
  const missing = needs.filter((need) => programOf(need) === undefined);
  if (missing.length === 0) return false;
  if (process.env['CI'] === 'true') throw new Error(`CI must have ${missing.join(', ')}: install it in .ci/run`);
  process.stderr.write(`skipped: this machine has no ${missing.join(', ')}\n`);
  return true;
}
