import { nodeCrypto } from '../node-crypto.ts';

/** What a tree has under a name: the mode as trees write it, and the object's name as its raw bytes, in latin1. */
export interface Entry {
  readonly mode: string;
  readonly id: string;
}

/** How a repository names objects. */
export type ObjectFormat = 'sha1' | 'sha256';

/** One tree object: what is under each name. Names are latin1. */
export type Folder = ReadonlyMap<string, Entry>;

const folderMode = '40000';

export function bytesOfId(format: ObjectFormat): number {
  return format === 'sha256' ? 32 : 20;
}

/** Reads the content of a tree object, given as latin1. What git itself would not write may have a name twice. */
export function readFolder(content: string, format: ObjectFormat): Folder {
  return new Map(entriesOf(content, format));
}

/** As they stand there: mode, a space, name, NUL, object name; no separators. */
export function* entriesOf(content: string, format: ObjectFormat): Generator<readonly [name: string, entry: Entry]> {
  for (let at = 0; at < content.length;) {
    const space = content.indexOf(' ', at);
    const end = content.indexOf('\0', space);
    if (space < 0 || end < 0) throw new Error('a tree object is damaged');
    const next = end + 1 + bytesOfId(format);
    yield [content.slice(space + 1, end), { mode: content.slice(at, space), id: content.slice(end + 1, next) }];
    at = next;
  }
}

export function isFolder(entry: Entry | undefined): boolean {
  return entry?.mode === folderMode;
}

/** The object name of a folder, in hexadecimal. Git sorts bytewise, and folders as if their names ended in a slash. */
export function idOfFolder(folder: Folder, format: ObjectFormat): string {
  const sorted = [...folder]
    .map(([name, entry]) => ({ key: isFolder(entry) ? `${name}/` : name, line: `${entry.mode} ${name}\0${entry.id}` }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const content = Buffer.from(sorted.map(({ line }) => line).join(''), 'latin1');
  return nodeCrypto().createHash(format).update(`tree ${content.length}\0`).update(content).digest('hex');
}

export function rawId(hexadecimal: string): string {
  return Buffer.from(hexadecimal, 'hex').toString('latin1');
}

/** The folder that a path is in, and its name there. The top is ''. */
export function placeOf(path: string): readonly [folder: string, name: string] {
  const slash = path.lastIndexOf('/');
  return [path.slice(0, Math.max(slash, 0)), path.slice(slash + 1)];
}

/** The folders above the paths, each once, the top included. */
export function foldersAbove(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>(['']);
  for (const path of paths) {
    for (let [folder] = placeOf(path); !folders.has(folder); [folder] = placeOf(folder)) folders.add(folder);
  }
  return folders;
}

/** The object name of the tree that has `changes`; `folders` are those above them, as far as there are any yet. */
export function idWithChanges(
  folders: ReadonlyMap<string, Folder>,
  changes: ReadonlyMap<string, Entry | 'gone'>,
  format: ObjectFormat,
): string {
  const pending = new Map<string, Map<string, Entry | 'gone'>>();
  for (const folder of foldersAbove(changes.keys())) pending.set(folder, new Map());
  const put = (path: string, entry: Entry | 'gone'): void => {
    const [folder, name] = placeOf(path);
    pending.get(folder)?.set(name, entry);
  };
  for (const [path, entry] of changes) put(path, entry);
  // Deepest first: a folder has a longer path than the ones above it. The top comes last.
  const deepestFirst = [...pending].toSorted(([a], [b]) => b.length - a.length);
  for (const [path, entries] of deepestFirst) {
    const folder = new Map(folders.get(path));
    for (const [name, entry] of entries) {
      if (entry === 'gone') folder.delete(name);
      else folder.set(name, entry);
    }
    const id = idOfFolder(folder, format);
    if (path === '') return id;
    if (folder.size > 0) put(path, { mode: folderMode, id: rawId(id) });
    else if (!changes.has(path)) put(path, 'gone');
  }
  return idOfFolder(new Map(), format);
}
