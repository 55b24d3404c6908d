import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Entry, type Folder, foldersAbove, idOfFolder, idWithChanges, rawId, readFolder } from './tree-object.ts';

const blob: Entry = { mode: '100644', id: rawId('e69de29bb2d1d6434b8b29ae775ad8c2e48c5391') };
const other: Entry = { mode: '100755', id: rawId('78981922613b2afb6025042ff6bd878ac1994e85') };

/** The same tree, built from every path there is. */
function idOfAll(files: ReadonlyMap<string, Entry>): string {
  return idWithChanges(new Map(), files, 'sha1');
}

/** Every folder of a tree of files. */
function foldersOf(files: ReadonlyMap<string, Entry>): ReadonlyMap<string, Folder> {
  const folders = new Map<string, Folder>();
  for (const folder of foldersAbove(files.keys())) {
    const prefix = folder === '' ? '' : `${folder}/`;
    const inside = [...files].filter(([path]) => path.startsWith(prefix));
    const entries = new Map<string, Entry>();
    for (const [path, entry] of inside) {
      const [name = '', ...rest] = path.slice(prefix.length).split('/');
      const below = new Map(
        inside
          .filter(([p]) => p.startsWith(`${prefix}${name}/`))
          .map(([p, e]) => [p.slice(prefix.length + name.length + 1), e]),
      );
      entries.set(name, rest.length === 0 ? entry : { mode: '40000', id: rawId(idOfAll(below)) });
    }
    folders.set(folder, entries);
  }
  return folders;
}

describe('the name of a tree object', () => {
  test('of nothing is the one that git knows', () => {
    expect(idOfFolder(new Map(), 'sha1')).toBe('4b825dc642cb6eb9a060e54bf8d69288fbee4904');
    expect(idOfFolder(new Map(), 'sha256')).toBe('6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321');
  });

  test('folders sort as if their names ended in a slash', () => {
    // git init; touch a.b a0; mkdir a; touch a/x; git add .; git write-tree
    const files = new Map([
      ['a0', blob],
      ['a/x', blob],
      ['a.b', blob],
    ]);
    expect(idOfAll(files)).toBe('cc6b940246a412b229914418bd12af5e1601ec85');
  });

  test('a damaged one is not read', () => {
    expect(() => readFolder('100644 name without an end', 'sha1')).toThrow('damaged');
  });
});

describe('changes in a tree', () => {
  test('give the tree of what is there afterwards', () => {
    const path = fc.constantFrom('a', 'a/b', 'a/b/c', 'a.b', 'a0', 'd/x', 'd/e/y', 'd/e/z');
    const entry = fc.constantFrom(blob, other);
    const files = fc.dictionary(path, entry).map((made) => withoutConflicts(new Map(Object.entries(made))));
    const law = fc.property(files, files, (before, after) => {
      const changes = new Map<string, Entry | 'gone'>();
      for (const gone of before.keys()) if (!after.has(gone)) changes.set(gone, 'gone');
      for (const [name, now] of after) if (before.get(name) !== now) changes.set(name, now);
      expect(idWithChanges(foldersOf(before), changes, 'sha1')).toBe(idOfAll(after));
    });
    fc.assert(law, { numRuns: 2000 });
  });
});

/** A name is a file or a folder, never both. */
function withoutConflicts(files: ReadonlyMap<string, Entry>): ReadonlyMap<string, Entry> {
  const paths = [...files.keys()];
  return new Map([...files].filter(([path]) => !paths.some((inside) => inside.startsWith(`${path}/`))));
}
