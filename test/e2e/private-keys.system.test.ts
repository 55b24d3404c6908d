import { createPrivateKey } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { claimedIn, enrolledAcross, type TestClone, threeClones } from '../make/clones.ts';
import { lacks } from '../needs.ts';

// No private key leaves its file, which is its user's alone: looked for in whatever a day's work with real keys left behind.

function filesIn(dir: string): readonly string[] {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

/** The secret number of each private key, and the log's seed. */
function secretsOf({ home, keyFile }: TestClone): ReadonlyMap<string, Buffer> {
  const folder = join(home, '.config/factum');
  const { d = '' } = createPrivateKey(readFileSync(join(folder, 'machine.key'))).export({ format: 'jwk' });
  return new Map([
    [keyFile, seedIn(readFileSync(keyFile, 'utf8'), readFileSync(`${keyFile}.pub`, 'utf8'))],
    [join(folder, 'machine.key'), Buffer.from(d, 'base64url')],
    [join(folder, 'log.seed'), Buffer.from(readFileSync(join(folder, 'log.seed'), 'latin1'), 'hex')],
  ]);
}

/** Of an unencrypted OpenSSH Ed25519 key: the 32 bytes before the last place of its public half. */
function seedIn(openssh: string, line: string): Buffer {
  const bytes = Buffer.from(openssh.replaceAll(/-----.*-----|\s/g, ''), 'base64');
  const half = Buffer.from(line.split(' ')[1] ?? '', 'base64').subarray(-32);
  const at = bytes.lastIndexOf(half);
  return bytes.subarray(at - 32, at);
}

/** All that git stored, unpacked, and every other file of the repository. */
function contentOf({ repository: { dir } }: TestClone): ReadonlyMap<string, Buffer> {
  const objects = execFileSync('git', ['cat-file', '--batch-all-objects', '--batch', '--buffer'], {
    cwd: dir,
    maxBuffer: 256 * 1024 * 1024,
  });
  return new Map([['git objects', objects], ...filesIn(dir).map((path) => [path, readFileSync(path)] as const)]);
}

/** Places where a secret stands as it is, in hex, or within anything in base64, in an envelope's payload too. */
function leaksIn(content: ReadonlyMap<string, Buffer>, secrets: Iterable<Buffer>): readonly string[] {
  const wanted = [...secrets].flatMap((secret) => [secret, Buffer.from(secret.toString('hex'))]);
  const has = (bytes: Buffer, depth: number): boolean =>
    wanted.some((each) => bytes.includes(each)) || (depth > 0 && decoded(bytes).some((each) => has(each, depth - 1)));
  return [...content].filter(([, bytes]) => has(bytes, 2)).map(([place]) => place);
}

/** Runs of base64, broken into lines or not, from each of the four places where a group of it may begin. */
function decoded(bytes: Buffer): readonly Buffer[] {
  const runs = bytes.toString('latin1').match(/[A-Za-z0-9+/_-]{24,}(?:\r?\n[A-Za-z0-9+/_-]+)*/g) ?? [];
  return runs.flatMap((run) =>
    [0, 1, 2, 3].map((from) => Buffer.from(run.replaceAll(/\s/g, '').slice(from), 'base64')),
  );
}

const secret = Buffer.from(Array.from({ length: 32 }, (_, at) => (at * 37 + 11) % 256));

describe.skipIf(lacks('git', 'sshKeygen'))('private keys', () => {
  test('are in files of 0600, and nowhere in what the repository keeps', async () => {
    const clones = await threeClones();
    const { ada, bob } = clones;
    await enrolledAcross(clones);
    const claim = await claimedIn(ada);
    const made = join(ada.home, 'made');
    await ada.run(['key', 'new', '--file', made, '--without-passphrase']);
    await ada.run(['attest', claim, '--confirm']);
    await ada.run(['ledger', 'publish']);
    await ada.sync();
    await bob.sync();
    await bob.run(['attest', claim, '--confirm']);
    await bob.run(['ledger', 'publish']);
    await bob.run(['ledger', 'export', claim, '--out', join(bob.repository.dir, 'export')]);
    await bob.run(['export', '--request', claim, '--out', join(bob.repository.dir, 'request')]);
    await bob.sync();
    for (const clone of [ada, bob]) {
      const secrets = secretsOf(clone);
      expect([...secrets.values()].map(({ length }) => length)).toEqual([32, 32, 32]);
      for (const file of [...secrets.keys(), ...(clone === ada ? [made] : [])])
        expect(statSync(file).mode & 0o777, file).toBe(0o600);
      const content = contentOf(clone);
      expect(content.size).toBeGreaterThan(20);
      expect([...content.keys()].some((path) => path.includes('factum/journal/'))).toBe(true);
      expect(leaksIn(content, [...secretsOf(ada).values(), ...secretsOf(bob).values()])).toEqual([]);
    }
  });

  test.each([
    ['as it is', (): Buffer => secret],
    ['in hex', (): string => secret.toString('hex')],
    ['as a PEM file', (): string => `-----BEGIN X-----\n${wrapped(Buffer.concat([Buffer.from('ab'), secret]))}\n`],
    [
      'in a DSSE payload',
      (): string => JSON.stringify({ payload: payload(`{"d":"${secret.toString('base64url')}"}`) }),
    ],
    ['in a commit', (): string => `a key: ${payload(`k=${secret.toString('hex')}`)}`],
  ] as const)('planted fault: a secret %s is found', async (name, planted) => {
    const { ada } = await threeClones();
    writeFileSync(join(ada.repository.dir, 'planted'), planted());
    if (name === 'in a commit') {
      ada.repository.git('add', 'planted');
      ada.repository.git('rm', '-q', '--cached', 'planted');
      writeFileSync(join(ada.repository.dir, 'planted'), '');
    }
    const found = leaksIn(contentOf(ada), [secret]);
    expect(found).toEqual([name === 'in a commit' ? 'git objects' : join(ada.repository.dir, 'planted')]);
  });
});

function payload(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** As PEM is broken into lines. */
function wrapped(bytes: Buffer): string {
  return (bytes.toString('base64').match(/.{1,30}/g) ?? []).join('\n');
}
