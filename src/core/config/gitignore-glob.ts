import { globMatcher } from '../glob.ts';

/**
 * Globs that match what a gitignore pattern of CODEOWNERS matches. A pattern without a slash
 * matches at any depth; one that names a folder matches everything in it, except that `dir/*` stays in that folder.
 * https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
 */
export function globsOf(pattern: string): readonly string[] {
  const unescaped = pattern.replaceAll(/\\(.)/g, (_, char: string) => (isGlob(char) ? `\\${char}` : char));
  const folderOnly = unescaped.endsWith('/');
  const body = unescaped.replace(/^\//, '').replace(/\/$/, '');
  if (body === '') return ['**'];
  const anchored = unescaped.startsWith('/') || body.includes('/');
  const glob = literal(anchored ? body : `**/${body}`);
  if (folderOnly) return [`${glob}/**/*`]; // `dir/**` would match a file of that name too
  if (body === '*' || body === '**') return anchored && body === '*' ? ['*'] : ['**'];
  if (body.endsWith('/*') || body.endsWith('/**')) return [glob];
  return [glob, `${glob}/**`];
}

/**
 * Which of these lists of globs match, by their places. Most of hundreds of rules are told by how a path begins: they are
 * looked up, and a glob is made ready only for a path that begins so.
 */
export function matchersOf(lists: readonly (readonly string[])[]): (path: string) => readonly number[] {
  const byBegin = new Map<string, { readonly place: number; readonly matches: (path: string) => boolean }[]>();
  for (const [place, globs] of lists.entries()) {
    for (const glob of globs) {
      const begin = beginOf(glob);
      const alike = byBegin.get(begin) ?? [];
      alike.push({ place, matches: lazily(glob) });
      byBegin.set(begin, alike);
    }
  }
  const lengths = [...new Set([...byBegin.keys()].map((begin) => begin.length))];
  return (path) => {
    const begun = lengths.filter((length) => length <= path.length);
    const likely = begun.flatMap((length) => byBegin.get(path.slice(0, length)) ?? []);
    const places = likely.filter(({ matches }) => matches(path)).map(({ place }) => place);
    return [...new Set(places)].toSorted((a, b) => a - b);
  };
}

/** What every path begins with that the glob matches. */
function beginOf(glob: string): string {
  // A leading `./` is dropped, and `dir/**` is `dir`, too.
  return (/^(?!\.\/)[\w./-]*/.exec(glob)?.[0] ?? '').replace(/\/$/, '');
}

function lazily(glob: string): (path: string) => boolean {
  let matches: ((path: string) => boolean) | undefined;
  return (path) => {
    matches ??= globMatcher([glob]);
    return matches(path);
  };
}

function isGlob(char: string): boolean {
  return '*?\\'.includes(char);
}

/** Globs know braces, groups, ranges and quotes, which CODEOWNERS does not. */
function literal(glob: string): string {
  return glob.replaceAll(/[[\]{}()!|"]/g, String.raw`\$&`);
}
