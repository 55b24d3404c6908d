import { type Entry, rawId } from './tree-object.ts';

/** What differs between the head, the index and the working tree, as `git status` tells it. Paths are latin1. */
export interface Dirt {
  /** The commit at the head; absent before the first one. */
  readonly head?: string;
  /** Paths that the head may have otherwise; `gone`: not there any more. */
  readonly known: ReadonlyMap<string, Entry | 'gone'>;
  /** Paths whose content has to be looked at, with what the index has there, if anything. */
  readonly unknown: ReadonlyMap<string, Entry | undefined>;
  /** Folders that are repositories of their own, and are not in the index as such. */
  readonly nested: readonly string[];
}

const none = '000000';
const link = '160000';

/** Reads `git status --porcelain=v2 --branch -z --no-renames`; the formats are in git-status(1). */
export function readDirt(status: string): Dirt {
  let head: string | undefined;
  const known = new Map<string, Entry | 'gone'>();
  const unknown = new Map<string, Entry | undefined>();
  const nested: string[] = [];

  function changed(path: string, modeInTree: string, inIndex: Entry | undefined): void {
    if (modeInTree === link && inIndex?.mode !== link) nested.push(path);
    else unknown.set(path, inIndex);
  }
  function tracked([, xy = '', , , mode = none, modeInTree = none, , id = '']: readonly string[], path: string): void {
    // An intent to add has a mode of nought in the index, and so has what was removed from it.
    const inIndex = mode === none ? undefined : { mode, id: rawId(id) };
    if (xy[1] === '.') known.set(path, inIndex ?? 'gone');
    else if (xy[1] === 'D') known.set(path, 'gone');
    else changed(path, modeInTree, inIndex);
  }
  function unmerged([, , , , mode = none, , modeInTree = none, , id = '']: readonly string[], path: string): void {
    // Of the three sides git takes ours for the one that the file continues.
    if (modeInTree === none) known.set(path, 'gone');
    else changed(path, modeInTree, mode === none ? undefined : { mode, id: rawId(id) });
  }

  for (const line of status.split('\0')) {
    const words = line.split(' ');
    if (line.startsWith('1 ')) tracked(words, words.slice(8).join(' '));
    else if (line.startsWith('u ')) unmerged(words, words.slice(10).join(' '));
    else if (line.startsWith('? ') && line.endsWith('/')) nested.push(line.slice(2, -1));
    else if (line.startsWith('? ')) unknown.set(line.slice(2), undefined);
    else if (line.startsWith('# branch.oid ') && words[2] !== '(initial)') head = words[2];
    else if (line !== '' && !line.startsWith('# '))
      throw new Error(`git status has a line of an unknown kind: ${line}`);
  }
  return { ...(head === undefined ? {} : { head }), known, unknown, nested };
}
