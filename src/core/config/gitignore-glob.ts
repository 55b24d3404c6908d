import picomatch from 'picomatch';

/**
 * Globs (picomatch, with `dot`) that match what a gitignore pattern of CODEOWNERS matches. A pattern without a slash
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
  if (body === '*' || body === '**') return anchored && body === '*' ? ['*'] : ['**'];
  if (folderOnly) return [`${glob}/**/*`]; // `dir/**` would match a file of that name too
  if (body.endsWith('/*') || body.endsWith('/**')) return [glob];
  return [glob, `${glob}/**`];
}

/** What matches these globs: most of hundreds of rules are told by how a path begins, which costs next to nothing. */
export function matcherOf(globs: readonly string[]): (path: string) => boolean {
  const matchers = globs.map((glob) => {
    // Picomatch drops a leading `./`.
    const begin = /^(?!\.\/)[\w./-]*/.exec(glob)?.[0] ?? '';
    const matches = picomatch(glob, { dot: true });
    // `dir/**` is `dir`, too.
    const needed = begin.replace(/\/$/, '');
    return (path: string): boolean => path.startsWith(needed) && matches(path);
  });
  return (path) => matchers.some((matches) => matches(path));
}

function isGlob(char: string): boolean {
  return '*?\\'.includes(char);
}

/** Picomatch knows braces, extended globs and ranges, which CODEOWNERS does not. */
function literal(glob: string): string {
  return glob.replaceAll(/[[\]{}()!|]/g, String.raw`\$&`);
}
