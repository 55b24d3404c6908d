import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeCrypto } from '../node-crypto.ts';

/** A file or a list of names that tells which dependencies are meant or installed, or a file of settings that git ignores. */
export interface DependencyMark {
  /** Relative to the workspace. */
  readonly path: string;
  /** SHA-256, hex. */
  readonly digest: string;
}

const lockFiles =
  /^(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock|go\.sum|go\.work\.sum|Cargo\.lock|poetry\.lock|uv\.lock|pdm\.lock|Pipfile\.lock|requirements.*\.txt|Gemfile\.lock|composer\.lock|mix\.lock|packages\.lock\.json|gradle\.lockfile|\.pnp\.cjs|\.env(?:\.[\w.-]+)?)$/;

/** What installers write down about what they installed. */
const installRecords: Readonly<Record<string, readonly string[]>> = {
  node_modules: ['.package-lock.json', '.modules.yaml', '.yarn-state.yml', '.yarn-integrity'],
  vendor: ['modules.txt', 'composer/installed.json'],
};
const environments = ['.venv', 'venv', 'env'];

const notEntered = new Set(['target', 'dist', 'build', 'coverage', ...Object.keys(installRecords), ...environments]);
const maxFolders = 500;

/** Looks two folders deep, so that `packages/app` and `services/api` count too. */
export async function dependencyMarks(workspace: string): Promise<readonly DependencyMark[]> {
  const marks: Promise<readonly DependencyMark[]>[] = [];
  let level = [''];
  for (let depth = 0, seen = 0; depth <= 2 && level.length > 0; depth += 1) {
    const folders = level.slice(0, maxFolders - seen);
    seen += folders.length;
    const below = await Promise.all(folders.map((folder) => lookInto(workspace, folder)));
    marks.push(...below.map(({ found }) => found));
    level = below.flatMap(({ folders: inner }) => inner);
  }
  return (await Promise.all(marks)).flat().toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

interface FolderLook {
  readonly found: Promise<readonly DependencyMark[]>;
  readonly folders: readonly string[];
}

async function lookInto(workspace: string, folder: string): Promise<FolderLook> {
  const entries = await readdir(join(workspace, folder), { withFileTypes: true });
  const found = entries.flatMap(({ name }): readonly Promise<readonly DependencyMark[]>[] => {
    const path = join(folder, name);
    if (lockFiles.test(name)) return [fileMarks(workspace, [path])];
    if (environments.includes(name)) return [pythonMarks(workspace, path)];
    const records = installRecords[name];
    return records === undefined ? [] : [recordMarks(workspace, path, records)];
  });
  const folders = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !notEntered.has(entry.name))
    .map(({ name }) => join(folder, name));
  return { found: Promise.all(found).then((marks) => marks.flat()), folders };
}

async function fileMarks(workspace: string, paths: readonly string[]): Promise<readonly DependencyMark[]> {
  const marks = await Promise.all(
    paths.map(async (path): Promise<readonly DependencyMark[]> => {
      const content = await contentOf(join(workspace, path));
      return content === undefined
        ? []
        : [{ path, digest: nodeCrypto().createHash('sha256').update(content).digest('hex') }];
    }),
  );
  return marks.flat();
}

const mostBytes = 64 * 1024 * 1024;

/** Undefined for what is no regular file: a pipe or a device in its place could be read for ever. */
async function contentOf(path: string): Promise<Uint8Array | string | undefined> {
  const state = await present(stat(path));
  if (state === undefined || !state.isFile()) return undefined;
  return state.size > mostBytes ? `${state.size} bytes of ${state.mtimeMs}` : present(readFile(path));
}

/** An installer without a record of its own is known by the names of what it installed. */
async function recordMarks(
  workspace: string,
  path: string,
  records: readonly string[],
): Promise<readonly DependencyMark[]> {
  const marks = await fileMarks(
    workspace,
    records.map((record) => join(path, record)),
  );
  return marks.length > 0 ? marks : namesMark(workspace, path, /^[^.]/);
}

/** The folders `name-version.dist-info` are what pip and its like go by. */
async function pythonMarks(workspace: string, path: string): Promise<readonly DependencyMark[]> {
  const versions = (await present(readdir(join(workspace, path, 'lib')))) ?? [];
  const marks = await Promise.all(
    versions.map((version) =>
      namesMark(workspace, join(path, 'lib', version, 'site-packages'), /\.(?:dist-info|egg-info|egg-link|pth)$/),
    ),
  );
  return [...marks.flat(), ...(await fileMarks(workspace, [join(path, 'pyvenv.cfg')]))];
}

async function namesMark(workspace: string, path: string, pattern: RegExp): Promise<readonly DependencyMark[]> {
  const names = await present(readdir(join(workspace, path)));
  if (names === undefined) return [];
  const list = names
    .filter((name) => pattern.test(name))
    .toSorted()
    .join('\n');
  return [{ path: `${path}/`, digest: nodeCrypto().createHash('sha256').update(list).digest('hex') }];
}

/** Undefined for what is not there, or not of that kind. */
async function present<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
