import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { aWorld, type Ticking, type TestWorld } from './world.ts';

/** A person with a home and a real SSH key of their own. */
export interface TestPerson extends TestWorld {
  readonly id: string;
  /** Of the private key; the public one stands beside it. */
  readonly keyFile: string;
  readonly fingerprint: string;
}

export async function aPerson(
  id: string,
  ticking: Ticking,
  env: Readonly<Record<string, string>> = {},
): Promise<TestPerson> {
  const world = await aWorld(env, ticking);
  onTestFinished(world.remove);
  const keyFile = makeSshKey(join(world.home, '.ssh', 'id_ed25519'));
  return { ...world, id, keyFile, fingerprint: fingerprintOf(keyFile) };
}

export function makeSshKey(path: string, type: 'ed25519' | 'ecdsa' | 'rsa' = 'ed25519'): string {
  mkdirSync(join(path, '..'), { recursive: true });
  const made = spawnSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', 'test', '-f', path], {
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(made.stderr);
  return path;
}

/** As ssh-keygen tells it, not as Factum does. */
export function fingerprintOf(keyFile: string): string {
  const told = spawnSync('ssh-keygen', ['-l', '-f', `${keyFile}.pub`], { encoding: 'utf8' }).stdout;
  return /SHA256:[A-Za-z0-9+/]{43}/.exec(told)?.[0] ?? '';
}

/** The socket of a real agent that holds this key. */
export async function agentHolding(keyFile: string, folder: string): Promise<string> {
  const socket = join(folder, 'agent');
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void agent.kill());
  await once(agent.stdout, 'data');
  const added = spawnSync('ssh-add', ['-q', keyFile], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
  if (added.status !== 0) throw new Error(`ssh-add: ${readFileSync(`${keyFile}.pub`, 'utf8')}`);
  return socket;
}
