import { type Seen, seen } from '../../core/ports.ts';
import { type Git, outputOf } from './git.ts';
import { type Entry, rawId } from './tree-object.ts';

/** The state of a working tree at one moment. */
export interface TreeSnapshot {
  /** Object name: what `git write-tree` answers when every file that is not ignored was added. */
  readonly tree: string;
  /** The tree of the head at that moment, which the repository has. */
  readonly base: string;
  /** Where `tree` differs from `base`. Paths are latin1. */
  readonly changes: ReadonlyMap<string, Entry | 'gone'>;
}

/** Paths that differ between two snapshots, at most 20. */
export async function changedBetween(
  git: Git,
  before: TreeSnapshot,
  after: TreeSnapshot,
): Promise<Seen<readonly string[]>> {
  if (before.tree === after.tree) return seen([]);
  const moved = await changesOfBase(git, before.base, after.base);
  if (!moved.ok) return moved;
  const paths = new Set([...moved.value.keys(), ...before.changes.keys(), ...after.changes.keys()]);
  const changed = [...paths].filter((path) => {
    const { old, now } = moved.value.get(path) ?? { old: 'base', now: 'base' };
    return told(before.changes.get(path), old) !== told(after.changes.get(path), now);
  });
  const names = changed.toSorted((a, b) => (a < b ? -1 : 1)).slice(0, 20);
  return seen(names.map((path) => Buffer.from(path, 'latin1').toString()));
}

interface Move {
  readonly old: string;
  readonly now: string;
}

/** What a commit changed that was made in between, as `told` puts it. */
async function changesOfBase(git: Git, from: string, to: string): Promise<Seen<ReadonlyMap<string, Move>>> {
  const moves = new Map<string, Move>();
  if (from === to) return seen(moves);
  const flags = ['-r', '-z', '--raw', '--no-abbrev', '--no-renames'];
  const diff = await outputOf(git, ['diff-tree', ...flags, from, to], { encoding: 'latin1' });
  if (!diff.ok) return diff;
  const fields = diff.value.split('\0');
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [line = '', path = ''] = fields.slice(at, at + 2);
    const [oldMode = '', mode = '', oldId = '', id = ''] = line.slice(1).split(' ');
    moves.set(path, { old: told({ mode: oldMode, id: rawId(oldId) }, ''), now: told({ mode, id: rawId(id) }, '') });
  }
  return seen(moves);
}

/** An entry in one word, so that two can be compared; nothing there has the mode of nought, as in git. */
function told(entry: Entry | 'gone' | undefined, otherwise: string): string {
  if (entry === undefined) return otherwise;
  return entry === 'gone' || entry.mode === '000000' ? 'gone' : `${entry.mode} ${entry.id}`;
}
