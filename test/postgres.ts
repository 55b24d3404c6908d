import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';

export interface Postgres {
  /** Of a superuser, in the database `postgres`. */
  readonly url: string;
  /** Until `start`, on the same port with the same data; a crash writes nothing more. */
  stop(how?: 'orderly' | 'crash'): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

const installed = '/usr/lib/postgresql/15/bin';

/** A PostgreSQL server of its own, in a temporary folder, on loopback; gone after `close`. */
export async function startPostgres(): Promise<Postgres> {
  const dir = mkdtempSync(join(tmpdir(), 'factum-pg-'));
  const owner = unprivileged();
  if (owner !== undefined) chownSync(dir, owner.uid, owner.gid);
  const data = join(dir, 'data');
  const how = { cwd: dir, env: { PATH: process.env['PATH'], LC_ALL: 'C' }, ...owner };
  execFileSync(program('initdb'), ['-D', data, '-U', 'factum', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
    ...how,
    stdio: 'ignore',
  });
  const port = await freePort();
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${dir}`, 'fsync=off'];
  const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
  async function start(): Promise<ChildProcess> {
    const started = spawn(program('postgres'), args, { ...how, stdio: ['ignore', 'ignore', 'pipe'] });
    await ready(started);
    return started;
  }
  let server = await start();
  return {
    url: `postgresql://factum@127.0.0.1:${port}/postgres`,
    stop: (manner = 'orderly') => ended(server, manner),
    async start() {
      server = await start();
    },
    async close() {
      await ended(server, 'orderly');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root: the packaged user, or nobody, runs it then. */
function unprivileged(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const user = ['postgres', 'nobody'].find((name) => idOf('-u', name) !== undefined);
  if (user === undefined) throw new Error('no user but root to run PostgreSQL');
  return { uid: idOf('-u', user) ?? 0, gid: idOf('-g', user) ?? 0 };
}

function idOf(which: '-u' | '-g', user: string): number | undefined {
  try {
    return Number(execFileSync('id', [which, user], { stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return undefined; // no such user
  }
}

function program(name: string): string {
  const packaged = join(installed, name);
  return existsSync(packaged) ? packaged : name;
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      if (log.includes('ready to accept connections')) resolve();
    });
    server.once('error', reject).once('exit', () => reject(new Error(`PostgreSQL ended: ${log}`)));
  });
}

/** PostgreSQL's fast or immediate shutdown. */
function ended(server: ChildProcess, how: 'orderly' | 'crash'): Promise<void> {
  return new Promise((resolve) => {
    server.removeAllListeners('exit').once('exit', () => resolve());
    server.kill(how === 'orderly' ? 'SIGINT' : 'SIGQUIT');
  });
}
