import type { Change } from './changes.ts';
import { namedPaths } from './named-paths.ts';

/** The first file that is said to be gone and is there: something in it may be meant, or it was gone and came back. */
export function stillThere(
  changes: readonly Change[],
  tracked: readonly string[],
  names: readonly string[],
): string | undefined {
  const left = changes.flatMap(({ path, from, status }) =>
    status === 'deleted' ? [path] : from === undefined ? [] : [from],
  );
  const untracked = changes.flatMap((change) => (change.untracked === true ? [change.path] : []));
  const there = [...tracked, ...untracked].filter((path) => !left.includes(path));
  for (const name of names) {
    const wanted = name.replace(/^\.\//, '');
    if (left.some((path) => path === wanted || path.endsWith(`/${wanted}`))) continue;
    const { paths, unambiguous } = namedPaths(name, there);
    const [path] = paths;
    if (path !== undefined && unambiguous) return path;
  }
  return undefined;
}
