import { readFile } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { isErrno } from '../core/errno.ts';
import { FactumError, messageOf } from '../core/errors.ts';
import { parsePublicKeyLine, type SshPublicKey, sshKeyRefusals } from '../core/ledger/ssh-key.ts';
import type { Git } from './git/git.ts';

/** The SSH key that a human signs with. Its private half is left to ssh-keygen and ssh-agent, and never read here. */
export interface HumanKey {
  readonly key: SshPublicKey;
  /** As in an `authorized_keys` file. */
  readonly line: string;
  /** What `ssh-keygen -f` takes, public or private. Undefined: git's settings hold the key itself. */
  readonly file?: string;
}

export interface HumanKeySearch {
  /** A file that the user names; absolute, or from `dir`. */
  readonly named?: string;
  readonly git?: Git;
  readonly home: string;
  /** Where the user stands. */
  readonly dir: string;
}

/** The key that ssh itself would try, in its order of strength. */
const usualNames = ['id_ed25519_sk', 'id_ecdsa_sk', 'id_ed25519', 'id_ecdsa', 'id_rsa'];

/**
 * The named key, else the one git signs with, else the only usual one.
 * Throws HUMAN_KEY_MISSING, HUMAN_KEY_AMBIGUOUS, HUMAN_KEY_UNUSABLE.
 */
export async function findHumanKey(search: HumanKeySearch): Promise<HumanKey> {
  const { named, git, home, dir } = search;
  if (named !== undefined) return keyInFile(pathOf(named, home, dir));
  const ofGit = git && (await git.setting('gpg.format')) === 'ssh' ? await git.setting('user.signingkey') : undefined;
  if (git === undefined || ofGit === undefined || ofGit === '') return usualKey(join(home, '.ssh'));
  const literal = /^(?:key::|(?=(?:ssh|ecdsa|sk)-\S+ ))(.*)$/.exec(ofGit)?.[1];
  return literal === undefined ? keyInFile(pathOf(ofGit, home, git.dir)) : keyOf(literal, "git's user.signingkey");
}

function pathOf(path: string, home: string, dir: string): string {
  if (path.startsWith('~/')) return join(home, path.slice(2));
  return isAbsolute(path) ? path : resolve(dir, path);
}

async function usualKey(folder: string): Promise<HumanKey> {
  const paths = usualNames.map((name) => join(folder, `${name}.pub`));
  const texts = await Promise.all(paths.map(async (path) => ({ path, text: await textOf(path) })));
  const [found, ...others] = texts.filter(({ text }) => text !== undefined);
  if (found === undefined) {
    throw new FactumError(
      'HUMAN_KEY_MISSING',
      `git signs with no SSH key, and ${folder} has none of ${usualNames.join(', ')}`,
    );
  }
  if (others.length > 0) {
    const names = [found, ...others].map(({ path }) => path).join(', ');
    throw new FactumError('HUMAN_KEY_AMBIGUOUS', `there are several SSH keys, and none is named: ${names}`);
  }
  return keyInFile(found.path);
}

/** Of a private key it reads the `.pub` file beside it: a file of another name may hold a secret. */
async function keyInFile(file: string): Promise<HumanKey> {
  const path = file.endsWith('.pub') ? file : `${file}.pub`;
  const text = await textOf(path);
  if (text !== undefined) return { ...keyOf(text, path), file };
  const how = path === file ? '' : `; if ${file} is a private key: ssh-keygen -y -f ${file} > ${path}`;
  throw new FactumError('HUMAN_KEY_UNUSABLE', `there is no public key ${path}${how}`);
}

function keyOf(text: string, where: string): HumanKey {
  const line = text.trim();
  const key = parsePublicKeyLine(line);
  if (typeof key === 'object') return { key, line };
  throw new FactumError('HUMAN_KEY_UNUSABLE', `${where}: expected an SSH public key, got ${sshKeyRefusals[key]}`);
}

/** Undefined when there is no such file. */
async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT', 'ENOTDIR')) return undefined;
    throw new FactumError('HUMAN_KEY_UNUSABLE', `${path} cannot be read: ${messageOf(thrown)}`, { cause: thrown });
  }
}
