/** What differs between an index and the working tree, as `git status` tells it. */
export interface Dirt {
  /** Files that are no longer there. */
  readonly gone: readonly string[];
  /** Files that are new, changed, or in conflict. */
  readonly changed: readonly string[];
  /** Untracked folders that are repositories of their own. */
  readonly nested: readonly string[];
}

/** Reads `git status --porcelain=v1 -z --no-renames`: XY, a space, a path, NUL. */
export function readDirt(status: string): Dirt {
  const gone: string[] = [];
  const changed: string[] = [];
  const nested: string[] = [];
  for (const entry of status.split('\0')) {
    const inTree = entry[1];
    const path = entry.slice(3);
    if (path === '' || inTree === ' ') continue;
    if (entry.startsWith('??') && path.endsWith('/')) nested.push(path.slice(0, -1));
    else if (inTree === 'D' && entry[0] !== 'U' && entry[0] !== 'D') gone.push(path);
    else changed.push(path);
  }
  return { gone, changed, nested };
}
