import { globMatcher } from '../glob.ts';

/** What a name in a claim can mean among the paths of a repository. */
export interface NamedPaths {
  readonly name: string;
  /** Sorted; empty: nothing here is called so. */
  readonly paths: readonly string[];
  /** True: the name means these paths and nothing else: a path, a folder, a glob, or the only file of that name. */
  readonly unambiguous: boolean;
}

/** Reads a name as a path, the README or the changelog, a glob, a folder or the end of a path, in this order. */
export function namedPaths(name: string, known: readonly string[]): NamedPaths {
  const path = name.replace(/^\.\//, '');
  const endings = known.filter((one) => one.endsWith(`/${path}`)).toSorted();
  // Whoever says "README.md" may mean any of that name.
  if (known.includes(path)) return { name, paths: [path, ...endings], unambiguous: true };
  if (/^(?:readme|changelog)$/i.test(path)) {
    const paths = known.filter((one) => stemOf(one) === path.toLowerCase()).toSorted();
    return { name, paths, unambiguous: paths.length === 1 };
  }
  if (/[*?[{]/.test(path)) {
    const isMatch = globMatcher([path]);
    return { name, paths: known.filter((one) => isMatch(one)).toSorted(), unambiguous: true };
  }
  const folder = path.endsWith('/') ? path : `${path}/`;
  const inside = known.filter((one) => one.startsWith(folder));
  if (inside.length > 0) return { name, paths: inside.toSorted(), unambiguous: true };
  return { name, paths: endings, unambiguous: endings.length === 1 };
}

/** `docs/Readme.md` -> `readme` */
function stemOf(path: string): string {
  return path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.[a-z]+$/i, '')
    .toLowerCase();
}
