import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  armoredBy,
  ecdsaSigner,
  ed25519Signer,
  passkeyScope,
  passkeySigner,
  rsaSigner,
  securityKeySigner,
  type SshSigner,
} from '../../test/make/ssh-signer.ts';
import { lacks } from '../../test/needs.ts';
import { allowedSignerLine } from '../core/ledger/allowed-signers.ts';
import { formatPublicKeyLine } from '../core/ledger/ssh-key.ts';
import { verifySshsig } from '../core/ledger/sshsig.ts';
import { openGit } from './git/git.ts';
import { findHumanKey } from './human-key.ts';
import { nodeSshsigPorts } from './signatures.ts';
import { signAsHuman } from './ssh-keygen.ts';

const namespace = 'attest@factum.internal';
const message = new TextEncoder().encode('what is attested');
const principal = 'ada@example.org';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'factum-human-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

/** A home with these keys in `.ssh`. */
function homeWith(...names: readonly string[]): string {
  const home = folder();
  mkdirSync(join(home, '.ssh'), { mode: 0o700 });
  for (const name of names) makeKey(join(home, '.ssh', name));
  return home;
}

function makeKey(path: string, passphrase = '', type = 'ed25519'): string {
  const made = spawnSync('ssh-keygen', ['-q', '-t', type, '-N', passphrase, '-C', 'ada@laptop', '-f', path]);
  expect(made.status).toBe(0);
  return path;
}

/** Without the terminal, agent and marks of whoever runs the tests. */
function place(env: Readonly<Record<string, string>> = {}, timeoutMs = 20_000) {
  return { env: { PATH: process.env['PATH'], ...env }, interactive: false, timeoutMs };
}

/** What `ssh-keygen -Y verify` answers to a file of allowed signers. */
function strangerSays(signers: string, armored: string, time?: string): number | null {
  const dir = folder();
  writeFileSync(join(dir, 'allowed'), `${signers}\n`);
  writeFileSync(join(dir, 'sig'), armored);
  const when = time === undefined ? [] : ['-O', `verify-time=${time}`];
  const files = ['-f', join(dir, 'allowed'), '-s', join(dir, 'sig')];
  const args = ['-Y', 'verify', ...when, '-I', principal, '-n', namespace, ...files];
  return spawnSync('ssh-keygen', args, { input: message }).status;
}

function allowed(key: string, removedAt?: string): string {
  const line = allowedSignerLine({ principal, key, namespace, ...(removedAt === undefined ? {} : { removedAt }) });
  if (line === undefined) throw new Error('no line');
  return line;
}

function gitWith(settings: Readonly<Record<string, string>>) {
  const dir = folder();
  spawnSync('git', ['init', '--quiet', dir]);
  for (const [key, value] of Object.entries(settings)) spawnSync('git', ['-C', dir, 'config', key, value]);
  return openGit({ dir, trusted: true });
}

function module(name: string): string {
  return JSON.stringify(new URL(name, import.meta.url).href);
}

async function agentWith(path: string): Promise<string> {
  const socket = join(folder(), 'agent');
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void agent.kill());
  await new Promise((resolve) => agent.stdout.once('data', resolve));
  const added = spawnSync('ssh-add', ['-q', path], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
  expect(added.status).toBe(0);
  return socket;
}

describe.skipIf(lacks('sshKeygen'))('a human signs', () => {
  test.each(['ed25519', 'ecdsa', 'rsa'])('with an %s key, and strangers verify it', async (type) => {
    const file = makeKey(join(folder(), 'key'), '', type);
    for (const named of [file, `${file}.pub`]) {
      const human = await findHumanKey({ named, home: folder(), dir: folder() });
      const armored = await signAsHuman(human, message, namespace, place());
      const verdict = await verifySshsig({ armored, message, namespace, key: human.key }, nodeSshsigPorts);
      expect(verdict).toMatchObject({ ok: true, assurance: 'software' });
      const shown = spawnSync('ssh-keygen', ['-l', '-f', `${file}.pub`], { encoding: 'utf8' }).stdout;
      expect(shown).toContain(verdict.ok ? ` ${verdict.fingerprint} ` : 'no fingerprint');
      expect(strangerSays(allowed(formatPublicKeyLine(human.key)), armored)).toBe(0);
    }
  });

  test('with a key that only the agent has', async () => {
    const file = makeKey(join(folder(), 'key'));
    const SSH_AUTH_SOCK = await agentWith(file);
    renameSync(file, `${file}.away`);
    const line = readFileSync(`${file}.pub`, 'utf8');
    const human = await findHumanKey({ named: `${file}.pub`, home: folder(), dir: folder() });
    for (const key of [human, { key: human.key, line: line.trim() }]) {
      const armored = await signAsHuman(key, message, namespace, place({ SSH_AUTH_SOCK }));
      expect(strangerSays(allowed(formatPublicKeyLine(human.key)), armored)).toBe(0);
    }
    await expect(signAsHuman(human, message, namespace, place())).rejects.toMatchObject({ code: 'SIGNING_FAILED' });
  });

  test('with a passphrase that nobody can be asked for: an error, no waiting', async () => {
    const named = makeKey(join(folder(), 'key'), 'secret');
    const human = await findHumanKey({ named, home: folder(), dir: folder() });
    const asks = { DISPLAY: ':0', SSH_ASKPASS: '/bin/cat', SSH_ASKPASS_REQUIRE: 'force' };
    await expect(signAsHuman(human, message, namespace, place(asks))).rejects.toMatchObject({
      code: 'SIGNING_FAILED',
      message: expect.stringMatching(/incorrect passphrase.*ssh-add the key/s),
    });
  });

  test('with a passphrase that is typed at the terminal', async ({ skip }) => {
    if (spawnSync('script', ['--version']).error !== undefined) skip('this machine has no script');
    const dir = folder();
    const named = makeKey(join(dir, 'key'), 'secret');
    const program = join(dir, 'sign.mts');
    writeFileSync(
      program,
      `import { signAsHuman } from ${module('./ssh-keygen.ts')};
       import { findHumanKey } from ${module('./human-key.ts')};
       const key = await findHumanKey({ named: ${JSON.stringify(named)}, home: '/', dir: '/' });
       const place = { env: { PATH: process.env.PATH }, interactive: true };
       console.log(await signAsHuman(key, new TextEncoder().encode('what is attested'), '${namespace}', place));`,
    );
    const terminal = spawn('script', ['-qec', `'${process.execPath}' '${program}'`, '/dev/null']);
    onTestFinished(() => void terminal.kill());
    let shown = '';
    let isTyped = false;
    terminal.stdout.on('data', (chunk: Buffer) => {
      shown += chunk.toString();
      if (!isTyped && shown.includes('passphrase')) isTyped = terminal.stdin.write('secret\n') || true;
    });
    await new Promise((resolve) => terminal.once('close', resolve));
    const armored = /-----BEGIN[^]*END SSH SIGNATURE-----/.exec(shown)?.[0].replaceAll('\r', '') ?? shown;
    expect(strangerSays(allowed(readFileSync(`${named}.pub`, 'utf8').trim()), `${armored}\n`)).toBe(0);
  });

  test('not where an agent runs, nor without ssh-keygen, nor with a stranger’s key beside the private one', async () => {
    const named = makeKey(join(folder(), 'key'));
    const human = await findHumanKey({ named, home: folder(), dir: folder() });
    const signing = (env: Readonly<Record<string, string>>, key = human) =>
      signAsHuman(key, message, namespace, place(env));
    await expect(signing({ CLAUDECODE: '1' })).rejects.toMatchObject({
      code: 'HUMAN_KEY_REFUSED',
      message: expect.stringContaining('CLAUDECODE is set'),
    });
    await expect(signing({ PATH: folder() })).rejects.toMatchObject({ code: 'SSH_KEYGEN_MISSING' });
    const other = { ...human, key: ed25519Signer().key };
    await expect(signing({}, other)).rejects.toMatchObject({
      message: expect.stringContaining('signed by another key'),
    });
  });

  test('not for ever', async () => {
    const named = makeKey(join(folder(), 'key'));
    const bin = folder();
    writeFileSync(join(bin, 'ssh-keygen'), "#!/bin/sh\ntrap '' TERM\nwhile :; do sleep 1; done\n");
    chmodSync(join(bin, 'ssh-keygen'), 0o755);
    const human = await findHumanKey({ named, home: folder(), dir: folder() });
    const PATH = `${bin}:${process.env['PATH']}`;
    await expect(signAsHuman(human, message, namespace, place({ PATH }, 300))).rejects.toMatchObject({
      code: 'SIGNING_FAILED',
      message: expect.stringContaining('did not end within 300 ms'),
    });
  });
});

describe.skipIf(lacks('sshKeygen', 'git'))('the key of a human is', () => {
  test('the named one, then git’s, then the only usual one', async () => {
    const home = homeWith('id_ed25519', 'id_rsa');
    const named = makeKey(join(home, 'mine'));
    const git = gitWith({ 'gpg.format': 'ssh', 'user.signingkey': '~/.ssh/id_rsa.pub' });
    expect((await findHumanKey({ named, git, home, dir: home })).file).toBe(named);
    expect((await findHumanKey({ named: 'mine.pub', home, dir: home })).file).toBe(`${named}.pub`);
    expect((await findHumanKey({ git, home, dir: home })).file).toBe(join(home, '.ssh/id_rsa.pub'));
    const only = homeWith('id_ecdsa', 'other');
    expect((await findHumanKey({ home: only, dir: home })).file).toBe(join(only, '.ssh/id_ecdsa.pub'));
  });

  test('a literal in git’s settings, unless git signs by other means', async () => {
    const line = formatPublicKeyLine(ed25519Signer().key);
    for (const value of [`key::${line}`, line]) {
      const git = gitWith({ 'gpg.format': 'ssh', 'user.signingkey': value });
      const found = await findHumanKey({ git, home: homeWith(), dir: '/' });
      expect(found).toMatchObject({ line });
      expect(found.file).toBeUndefined();
    }
    const git = gitWith({ 'user.signingkey': '0123ABCD' });
    const home = homeWith('id_ed25519');
    expect((await findHumanKey({ git, home, dir: '/' })).file).toBe(join(home, '.ssh/id_ed25519.pub'));
  });

  test('not guessed among several, not taken from a private key, not of a kind that cannot be checked', async () => {
    const home = homeWith('id_ed25519', 'id_rsa');
    await expect(findHumanKey({ home, dir: '/' })).rejects.toMatchObject({
      code: 'HUMAN_KEY_AMBIGUOUS',
      message: expect.stringContaining(`${home}/.ssh/id_ed25519.pub, ${home}/.ssh/id_rsa.pub`),
    });
    await expect(findHumanKey({ home: homeWith(), dir: '/' })).rejects.toMatchObject({ code: 'HUMAN_KEY_MISSING' });
    rmSync(join(home, '.ssh/id_rsa.pub'));
    await expect(findHumanKey({ named: join(home, '.ssh/id_rsa'), home, dir: '/' })).rejects.toMatchObject({
      code: 'HUMAN_KEY_UNUSABLE',
      message: expect.stringContaining('ssh-keygen -y -f'),
    });
    const short = join(home, 'short');
    spawnSync('ssh-keygen', ['-q', '-t', 'rsa', '-b', '1024', '-N', '', '-f', short]);
    await expect(findHumanKey({ named: short, home, dir: '/' })).rejects.toMatchObject({
      code: 'HUMAN_KEY_UNUSABLE',
      message: expect.stringContaining('2,048'),
    });
  });
});

describe.skipIf(lacks('sshKeygen'))('ssh-keygen -Y verify', () => {
  const signers: readonly (readonly [string, SshSigner])[] = [
    ['ed25519', ed25519Signer()],
    ['P-256', ecdsaSigner('ecdsa-sha2-nistp256')],
    ['P-384', ecdsaSigner('ecdsa-sha2-nistp384')],
    ['P-521', ecdsaSigner('ecdsa-sha2-nistp521')],
    ['rsa-sha2-256', rsaSigner('rsa-sha2-256')],
    ['ed25519-sk', securityKeySigner('sk-ssh-ed25519@openssh.com')],
    ['ecdsa-sk', securityKeySigner('sk-ecdsa-sha2-nistp256@openssh.com')],
    ['passkey', passkeySigner()],
    ['passkey with extensions', passkeySigner({ flags: 0x85, extensions: Uint8Array.of(0xa0) })],
  ];

  test.each(signers)('accepts what is written here: %s', (_, signer) => {
    const line = allowed(formatPublicKeyLine(signer.key));
    expect(strangerSays(line, armoredBy(signer, message, namespace))).toBe(0);
    expect(strangerSays(line, armoredBy(signer, message, 'git'))).not.toBe(0);
  });

  test('accepts of a passkey no more than is accepted here', async () => {
    const faults = [
      { flags: 0x45 },
      { flags: 5, extensions: Uint8Array.of(0xa0) },
      { clientData: { type: 'webauthn.create' } },
      { clientData: { challenge: 'AAAA' } },
      { clientData: { origin: 'http://localhost:1' } },
    ];
    for (const fault of faults) {
      const signer = passkeySigner(fault);
      const armored = armoredBy(signer, message, namespace);
      expect(strangerSays(allowed(formatPublicKeyLine(signer.key)), armored)).not.toBe(0);
      const check = { armored, message, namespace, key: signer.key, passkey: passkeyScope };
      expect(await verifySshsig(check, nodeSshsigPorts)).toMatchObject({ ok: false });
    }
  });

  test('accepts of a removed key what was signed before', () => {
    const signer = ed25519Signer();
    const line = allowed(formatPublicKeyLine(signer.key), '2026-05-01T12:00:00.500Z');
    const armored = armoredBy(signer, message, namespace);
    expect(strangerSays(line, armored, '20260501115959Z')).toBe(0);
    expect(strangerSays(line, armored, '20260501120001Z')).not.toBe(0);
    expect(strangerSays(line, armored)).not.toBe(0);
  });

  test('is told of no principal that means others, too', () => {
    const key = formatPublicKeyLine(ed25519Signer().key);
    for (const name of ['*', 'a?a', '!ada', 'ada,bob', 'ada lovelace', '"ada"', '#ada', '', 'ada\nbob']) {
      expect(allowedSignerLine({ principal: name, key, namespace }), name).toBeUndefined();
    }
  });
});
