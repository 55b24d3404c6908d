import { couldNotLook, type Seen, seen } from '../../core/ports.ts';
import type { Git } from './git.ts';
import { type Folder, idOfFolder, isFolder, type ObjectFormat, placeOf, readFolder } from './tree-object.ts';

/** Some folders of the head's tree, by path. */
export interface FoldersOfHead {
  /** Object name of the whole tree. */
  readonly tree: string;
  readonly folders: ReadonlyMap<string, Folder>;
}

/** Reads folders of the commit `head`, in one command; those that it does not have are left out. */
export async function readFoldersOfHead(
  git: Git,
  head: string | undefined,
  paths: ReadonlySet<string>,
  { dir, format }: { readonly dir: string; readonly format: ObjectFormat },
): Promise<Seen<FoldersOfHead>> {
  if (head === undefined) return seen({ tree: idOfFolder(new Map(), format), folders: new Map() });
  // With a slash at its end a name is never that of a file.
  const names = [...paths].map((path) => `${head}:${path === '' ? '' : `${path}/`}`);
  const separator = names.some((name) => name.includes('\n')) ? '\0' : '\n';
  const flags = ['--batch', ...(separator === '\0' ? ['-z'] : [])];
  const input = names.map((name) => name + separator).join('');
  const answer = await git.run(['cat-file', ...flags], { dir, input, encoding: 'latin1' });
  if (!answer.ok) return answer;
  if (answer.value.exit !== 0) return couldNotLook('broken', `git cat-file failed: ${answer.value.stderr.trim()}`);
  return foldersIn(answer.value.stdout, [...paths], names, format);
}

function foldersIn(
  output: string,
  paths: readonly string[],
  names: readonly string[],
  format: ObjectFormat,
): Seen<FoldersOfHead> {
  const folders = new Map<string, Folder>();
  let tree = '';
  let at = 0;
  for (const [count, path] of paths.entries()) {
    const missing = `${names[count] ?? ''} missing\n`;
    if (output.startsWith(missing, at)) {
      const [above, name] = placeOf(path);
      if (path === '' || isFolder(folders.get(above)?.get(name)))
        return couldNotLook('broken', `there is no tree ${names[count]}`);
      at += missing.length;
    } else {
      const start = output.indexOf('\n', at) + 1;
      const [id = '', kind, bytes] = output.slice(at, start).trimEnd().split(' ');
      if (kind !== 'tree') return couldNotLook('broken', `git cat-file has no tree ${names[count]}`);
      if (path === '') tree = id;
      at = start + Number(bytes) + 1;
      folders.set(path, readFolder(output.slice(start, at - 1), format));
    }
  }
  return seen({ tree, folders });
}
