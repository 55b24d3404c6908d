import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort } from './free-port.ts';

export interface Registry {
  readonly url: string;
  readonly host: string;
  /** Publishes a package of one file with npm itself. */
  publish(name: string, version: string): void;
  deprecate(name: string, version: string, message: string): void;
  close(): Promise<void>;
}

/** Open to everybody, or only to be read by whom it knows; knows no other registry. */
const configuration = (readers: '$all' | '$authenticated') => `storage: ./storage
uplinks: {}
packages:
  '**':
    access: ${readers}
    publish: $all
    unpublish: $all
auth:
  htpasswd:
    file: ./htpasswd
    max_users: -1
log: { type: stdout, format: json, level: warn }
`;

/** A real npm registry (Verdaccio) on loopback, in a temporary folder; gone after `close`. */
export async function startRegistry(readers: '$all' | '$authenticated' = '$all'): Promise<Registry> {
  const dir = mkdtempSync(join(tmpdir(), 'factum-registry-'));
  writeFileSync(join(dir, 'config.yaml'), configuration(readers));
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  const server = spawn(process.execPath, [verdaccio(), '--config', join(dir, 'config.yaml'), '--listen', host], {
    cwd: dir,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await ready(server, host);
  const url = `http://${host}`;
  writeFileSync(join(dir, 'npmrc'), `registry=${url}/\n//${host}/:_authToken=anybody\nupdate-notifier=false\n`);
  const npm = (cwd: string, args: readonly string[]) => {
    const own = { npm_config_userconfig: join(dir, 'npmrc'), npm_config_cache: join(dir, 'cache'), HOME: dir };
    execFileSync('npm', args, { cwd, env: { PATH: process.env['PATH'], ...own }, stdio: ['ignore', 'ignore', 'pipe'] });
  };
  return {
    url,
    host,
    publish: (name, version) => {
      const source = join(dir, 'source', name, version);
      mkdirSync(source, { recursive: true });
      writeFileSync(join(source, 'package.json'), JSON.stringify({ name, version }));
      npm(source, ['publish', '--access', 'public', '--tag', 'latest']);
    },
    deprecate: (name, version, message) => npm(dir, ['deprecate', `${name}@${version}`, message]),
    close: async () => {
      await ended(server);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function verdaccio(): string {
  const entry = createRequire(import.meta.url).resolve('verdaccio');
  return join(dirname(entry), '..', 'bin', 'verdaccio');
}

async function ready(server: ChildProcess, host: string): Promise<void> {
  let log = '';
  for (const stream of [server.stdout, server.stderr]) stream?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  for (;;) {
    if (server.exitCode !== null) throw new Error(`the registry ended: ${log}`);
    const answer = await fetch(`http://${host}/-/ping`).catch(() => undefined);
    if (answer?.ok === true) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}

function ended(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    server.once('exit', () => resolve());
    server.kill('SIGTERM');
  });
}
