import { couldNotLook, type Seen, seen } from '../../core/ports.ts';
import { type Git, outputOf } from './git.ts';
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
  // Those above come first. With a slash at its end a name is never that of a file.
  const names = new Map([...paths].toSorted().map((path) => [path, `${head}:${path === '' ? '' : `${path}/`}`]));
  const input = [...names.values()];
  const separator = input.some((name) => name.includes('\n')) ? '\0' : '\n';
  const flags = ['--batch', ...(separator === '\0' ? ['-z'] : [])];
  const options = { dir, input: input.map((name) => name + separator).join(''), encoding: 'latin1' } as const;
  const output = await outputOf(git, ['cat-file', ...flags], options);
  return output.ok ? foldersIn(output.value, names, format) : output;
}

/** Each is a line with object name, kind and size, the content, and a line break; or the name and that it is missing. */
function foldersIn(output: string, names: ReadonlyMap<string, string>, format: ObjectFormat): Seen<FoldersOfHead> {
  const folders = new Map<string, Folder>();
  let tree = '';
  let at = 0;
  for (const [path, name] of names) {
    const missing = `${name} missing\n`;
    if (output.startsWith(missing, at)) {
      const [above, last] = placeOf(path);
      if (path === '' || isFolder(folders.get(above)?.get(last))) {
        return couldNotLook('broken', `git has lost the tree ${name}`);
      }
      at += missing.length;
      continue;
    }
    const start = output.indexOf('\n', at) + 1;
    const [id = '', kind, bytes] = output.slice(at, start).trimEnd().split(' ');
    if (kind !== 'tree') return couldNotLook('broken', `git cat-file tells of no tree ${name}`);
    if (path === '') tree = id;
    at = start + Number(bytes) + 1;
    folders.set(path, readFolder(output.slice(start, at - 1), format));
  }
  return seen({ tree, folders });
}
