import { rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { FactumError } from '../../core/errors.ts';
import { makeTemporary } from '../process/temporary.ts';
import { type Git, openGit } from './git.ts';
import { errorOf, openRepository, type Repository } from './repository.ts';

/** A repository of which only the history is read. */
export interface OpenedHistory {
  readonly name: string;
  readonly git: Git;
  /** Top of its working tree, where it has one. */
  readonly tree?: string;
  /** Its own folder of git, absolute; absent of a clone that was made for this. */
  readonly gitDir?: string;
  close(): Promise<void>;
}

type OnOpen = (close: () => Promise<void>) => void;

/**
 * `onOpen` gets the way to end a clone early. `around`: the repository around `cwd`, where opening it began already. Throws
 * NO_FOLDER, NO_REPOSITORY, REPOSITORY_PATH, REPOSITORY_UNREACHABLE, TEMPORARY_FOLDER.
 */
export async function openHistory(
  where: string,
  cwd: string,
  { onOpen, around }: { readonly onOpen: OnOpen; readonly around?: Promise<Repository | undefined> | undefined },
): Promise<OpenedHistory> {
  if (isAddress(where)) return cloned(where, onOpen);
  const path = resolve(cwd, where);
  const begun = path === cwd ? await around?.catch(unlessBare) : undefined;
  const found = begun ?? (await openRepository(path, { trusted: false, historyOnly: true }));
  const { name: folder, dir, commonDir, gitDir } = found;
  // From inside git reads no .mailmap and no .gitattributes of the working tree: the same history is the same facts.
  const git = openGit({ dir: gitDir, trusted: false });
  const name = saysNothing.test(folder) ? await nameBeside(git, folder, commonDir) : folder;
  return { name, git, gitDir, ...(dir === commonDir ? {} : { tree: dir }), close: () => Promise.resolve() };
}

/** Without a working tree it was refused: here its history is enough. */
function unlessBare(thrown: unknown): undefined {
  if (!(thrown instanceof FactumError && thrown.code === 'BARE_REPOSITORY')) throw thrown;
}

/** As git tells `host:path` and URLs from paths. */
export function isAddress(where: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(where) || /^[^/:]{2,}:/.test(where);
}

/** A bare clone in a folder of its own, which goes when it is closed. */
async function cloned(address: string, onOpen: OnOpen): Promise<OpenedHistory> {
  const folder = makeTemporary({ prefix: 'factum-clone-' });
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const cloning = openGit({ dir: folder, trusted: false }).stream(['clone', '--', address, 'history']);
  const close = (): Promise<void> => {
    cloning.stop();
    return remove();
  };
  onOpen(close);
  try {
    for await (const _ of cloning.chunks);
    const ended = await cloning.ended;
    if (!ended.ok) throw errorOf(ended);
    const { exit, stderr } = ended.value;
    if (exit !== 0) throw new FactumError('REPOSITORY_UNREACHABLE', `${address} cannot be cloned: ${stderr.trim()}`);
    const git = openGit({ dir: join(folder, 'history'), trusted: false });
    return { name: nameIn(address), git, close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

/** What folders are called that hold any repository. */
const saysNothing = /^(?:repo|repository|mirror|clone|checkout|src|)$/i;

/** What its origin is called, else the folder around it, else what the folder itself is called. */
async function nameBeside(git: Git, folder: string, commonDir: string): Promise<string> {
  const address = nameIn((await git.setting('remote.origin.url'))?.trim() ?? '');
  const own = basename(commonDir) === '.git' ? dirname(commonDir) : commonDir;
  return [address, basename(dirname(own))].find((name) => !saysNothing.test(name)) ?? folder;
}

function nameIn(address: string): string {
  return basename(address.replace(/[/:]+$/, '').replaceAll(':', '/')).replace(/\.git$/, '') || address;
}
