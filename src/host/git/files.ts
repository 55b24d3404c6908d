import { lstat, open, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { messageOf } from '../../core/errors.ts';
import { couldNotLook, type Seen, seen, type Workspace, type WorkspaceFile } from '../../core/ports.ts';
import { globMatcher } from '../../core/glob.ts';
import type { Git } from './git.ts';
import { nodeCrypto } from '../node-crypto.ts';

const maxBytes = 32 * 1024 * 1024;
const maxMatches = 1000;

/** Reads one file of the workspace, following symbolic links only as long as they stay in it. Undefined = not there. */
export async function readWorkspaceFile(
  { dir }: Pick<Workspace, 'dir'>,
  path: string,
): Promise<Seen<WorkspaceFile | undefined>> {
  if (isAbsolute(path) || path.split(/[\\/]/).includes('..')) {
    return couldNotLook('not-allowed', `${path} is not a path inside the repository`);
  }
  try {
    const [top, real] = await Promise.all([realpath(dir), realpath(join(dir, path))]);
    if (!isInside(top, real)) return couldNotLook('not-allowed', `${path} is a link that leads out of the repository`);
    return await readRegularFile(real, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return seen(undefined);
    return couldNotLook('broken', `${path} could not be read: ${messageOf(error)}`);
  }
}

function isInside(top: string, real: string): boolean {
  const path = relative(top, real);
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

async function readRegularFile(real: string, path: string): Promise<Seen<WorkspaceFile>> {
  const stat = await lstat(real);
  if (!stat.isFile()) return couldNotLook('broken', `${path} is ${stat.isDirectory() ? 'a folder' : 'not a file'}`);
  if (stat.size > maxBytes)
    return couldNotLook('too-large', `${path} has ${stat.size} bytes; the limit is ${maxBytes}`);
  await using file = await open(real);
  const content = await file.readFile();
  const text = content.toString('utf8');
  return seen({
    path,
    text,
    bytes: content.length,
    sha256: nodeCrypto().createHash('sha256').update(content).digest('hex'),
    utf8: Buffer.from(text, 'utf8').equals(content),
  });
}

/** Paths that match a glob among tracked files and untracked ones that are not ignored, sorted, at most 1,000. */
export async function findWorkspaceFiles(
  git: Git,
  { dir }: Pick<Workspace, 'dir'>,
  glob: string,
): Promise<Seen<readonly string[]>> {
  const listing = await git.run(['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { dir });
  if (!listing.ok) return listing;
  if (listing.value.exit !== 0) {
    return couldNotLook('broken', `git ls-files in ${dir} failed: ${listing.value.stderr.trim()}`);
  }
  const isMatch = globMatcher([glob]);
  const matches = [...new Set(listing.value.stdout.split('\0'))]
    .filter((path) => path !== '' && isMatch(path))
    .toSorted();
  const there = await Promise.all(matches.slice(0, maxMatches * 2).map((path) => isThere(join(dir, path))));
  return seen(matches.filter((_, at) => there[at]).slice(0, maxMatches));
}

/** The index still lists a tracked file that was deleted. */
async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw error;
  }
}
