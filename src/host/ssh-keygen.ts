import { type ChildProcess, spawn } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrno } from '../core/errno.ts';
import { FactumError, messageOf } from '../core/errors.ts';
import { sshsigRefusals, verifySshsig } from '../core/ledger/sshsig.ts';
import type { HumanKey } from './human-key.ts';
import { makeTemporary } from './process/temporary.ts';
import { humanKeyRefusal } from './running-agent.ts';
import { nodeSshsigPorts } from './signatures.ts';

export interface SigningPlace {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A human sits at this process's terminal: passphrase, PIN and touch are asked for there. Else nothing is asked. */
  readonly interactive: boolean;
  /** Default 120,000 with a human at the terminal, else 20,000. */
  readonly timeoutMs?: number;
}

const killAfterMs = 2000;

/**
 * The armored signature by `ssh-keygen -Y sign`, checked.
 * Throws HUMAN_KEY_REFUSED where an agent runs, SSH_KEYGEN_MISSING, SIGNING_FAILED.
 */
export async function signAsHuman(
  humanKey: HumanKey,
  message: Uint8Array,
  namespace: string,
  place: SigningPlace,
): Promise<string> {
  const refusal = humanKeyRefusal(place.env);
  if (refusal !== undefined) throw new FactumError('HUMAN_KEY_REFUSED', refusal);
  const folder = makeTemporary({ prefix: 'factum-run-' });
  try {
    const file = humanKey.file ?? join(folder, 'key.pub');
    if (humanKey.file === undefined) await writeFile(file, `${humanKey.line}\n`);
    // Not through standard input: where that is no terminal, ssh-keygen does not ask for a passphrase.
    const signed = join(folder, 'message');
    await writeFile(signed, message);
    await runSshKeygen(['-q', '-Y', 'sign', '-n', namespace, '-f', file, signed], `sign with ${file}`, place);
    return await checked(await signatureIn(`${signed}.sig`), humanKey, message, namespace);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function signatureIn(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new FactumError('SIGNING_FAILED', `ssh-keygen left no signature: ${messageOf(cause)}`, { cause });
  }
}

/** A file beside the private key may hold another public key, and then somebody else's name. */
async function checked(armored: string, { key }: HumanKey, message: Uint8Array, namespace: string): Promise<string> {
  const verdict = await verifySshsig({ armored, message, namespace, key }, nodeSshsigPorts);
  if (verdict.ok) return armored;
  const meaning = Object.hasOwn(sshsigRefusals, verdict.code)
    ? sshsigRefusals[verdict.code as keyof typeof sshsigRefusals]
    : verdict.code;
  throw new FactumError('SIGNING_FAILED', `what ssh-keygen signed cannot be used: ${meaning}`);
}

/** `doing` as in "could not sign with this key". Throws SSH_KEYGEN_MISSING, SIGNING_FAILED. */
export async function runSshKeygen(args: readonly string[], doing: string, place: SigningPlace): Promise<void> {
  const { interactive, timeoutMs = interactive ? 120_000 : 20_000 } = place;
  const { exit, timedOut, said } = await endOf(start(args, place), interactive, timeoutMs);
  if (exit === 0 && !timedOut) return;
  const why = timedOut ? `it did not end within ${timeoutMs} ms` : said.trim() || 'it said why above';
  const hint = interactive ? '' : '; there is no terminal to ask for a passphrase: ssh-add the key, or use a terminal';
  throw new FactumError('SIGNING_FAILED', `ssh-keygen could not ${doing}: ${why}${hint}`);
}

/** Without a human it gets a session of its own, which has no terminal, and may not open a window to ask. */
function start(args: readonly string[], { env, interactive }: SigningPlace): ChildProcess {
  return interactive
    ? spawn('ssh-keygen', args, { env, stdio: ['inherit', 'ignore', 'inherit'] })
    : spawn('ssh-keygen', args, {
        env: { ...env, SSH_ASKPASS_REQUIRE: 'never', LC_ALL: 'C' },
        stdio: ['ignore', 'ignore', 'pipe'],
        detached: true,
      });
}

interface End {
  readonly exit: number | null;
  readonly timedOut: boolean;
  /** What it wrote to standard error, where that is not the user's terminal. */
  readonly said: string;
}

function endOf(child: ChildProcess, interactive: boolean, timeoutMs: number): Promise<End> {
  return new Promise((resolve, reject) => {
    let timedOut = false;
    let said = '';
    let killer: NodeJS.Timeout | undefined;
    // First by a signal that lets it switch the terminal's echo on again.
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGTERM');
      killer = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    }, timeoutMs);
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
    });
    child.once('error', (cause) => {
      clearTimeout(timer);
      const missing = isErrno(cause, 'ENOENT');
      const code = missing ? 'SSH_KEYGEN_MISSING' : 'SIGNING_FAILED';
      const why = missing ? 'is not installed, or not on the PATH' : `could not be started: ${messageOf(cause)}`;
      reject(new FactumError(code, `ssh-keygen ${why}`, { cause }));
    });
    child.once('exit', (exit) => {
      clearTimeout(timer);
      clearTimeout(killer);
      if (interactive || timedOut) resolve({ exit, timedOut, said });
    });
    child.once('close', (exit) => resolve({ exit, timedOut, said }));
  });
}
