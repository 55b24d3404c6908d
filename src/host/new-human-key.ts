import { existsSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { FactumError, messageOf } from '../core/errors.ts';
import { formatPublicKeyLine, parsePublicKeyLine, publicKeyFingerprint } from '../core/ledger/ssh-key.ts';
import type { MadeHumanKey, NewHumanKey } from '../core/operation.ts';
import { makeFolder } from './make-folder.ts';
import { homeIn, type HumanPlace, refuseWhatIsNoHuman } from './human-signer.ts';
import { nodeSshsigPorts } from './signatures.ts';
import { runSshKeygen } from './ssh-keygen.ts';

/** Ed25519, by ssh-keygen, which asks for the passphrase itself; nothing that is there is overwritten. */
export async function makeHumanKey(wanted: NewHumanKey, place: HumanPlace): Promise<MadeHumanKey> {
  refuseWhatIsNoHuman(place.env);
  const file = await freePlace(wanted.file, place);
  const passphrase = wanted.withoutPassphrase ? ['-N', ''] : [];
  const args = ['-q', '-t', 'ed25519', '-C', wanted.comment, ...passphrase, '-f', file];
  await runSshKeygen(args, `make the key ${file}`, place);
  const key = parsePublicKeyLine(await readFile(`${file}.pub`, 'utf8'));
  if (typeof key === 'string') throw new FactumError('SIGNING_FAILED', `ssh-keygen left no public key: ${key}`);
  return {
    file,
    fingerprint: publicKeyFingerprint(key, nodeSshsigPorts.sha256),
    publicKeyLine: formatPublicKeyLine(key),
  };
}

/** Absolute. Throws HUMAN_KEY_PLACE. */
async function freePlace(named: string | undefined, { env, dir, git }: HumanPlace): Promise<string> {
  const home = homeIn(env);
  const asked = named?.startsWith('~/') ? join(home, named.slice(2)) : (named ?? join(home, '.ssh', 'id_ed25519'));
  const path = resolve(dir, asked);
  const folder = await realFolder(dirname(path), { make: named === undefined });
  const file = join(folder, basename(path));
  const taken = [file, `${file}.pub`].find((each) => existsSync(each));
  if (taken !== undefined) {
    throw new FactumError(
      'HUMAN_KEY_PLACE',
      `${taken} is there already, and is never overwritten; to use it: factum key enroll --key ${file}`,
    );
  }
  const inside = git === undefined ? undefined : relative(await realpath(git.dir), file);
  if (inside === undefined || inside.startsWith('..') || isAbsolute(inside)) return file;
  throw new FactumError('HUMAN_KEY_PLACE', `${file} is inside the repository, where it would be committed one day`);
}

async function realFolder(folder: string, { make }: { readonly make: boolean }): Promise<string> {
  try {
    if (make) makeFolder(folder);
    return await realpath(folder);
  } catch (cause) {
    throw new FactumError('HUMAN_KEY_PLACE', `the folder ${folder} cannot be used: ${messageOf(cause)}`, { cause });
  }
}
