import picomatch from 'picomatch';

/** Whether any of these globs matches a path. */
export function globMatcher(globs: readonly string[]): (path: string) => boolean {
  const matchers = globs.map((glob) => {
    // Without `posix` its `[!a]` would be an `a` or an exclamation mark.
    if (!isPlain(glob)) return picomatch(glob, { dot: true, posix: true });
    // As picomatch has it: a leading `./` is nothing, and `**.ts` is any name that ends so.
    const pattern = wildmatch(glob.replace(/^\.\//, '').replace(/^\*\*(?=(?:\.\w+)+$)/, '**/*'));
    return (path: string) => pattern.test(path);
  });
  return (path) => matchers.some((matches) => matches(path));
}

/** Braces, groups, classes, quotes and negation are picomatch's, whose stars try all ways to share what is between them. */
function isPlain(glob: string): boolean {
  return /^(?:\\.|[^\\[{()!|"])*\\?$/s.test(glob);
}

/**
 * What a pattern of gitignore(5) without POSIX classes matches, save that `a/**` is also `a`. A stranger's takes no more time than its length times the
 * path's: the first place where what follows a star fits leaves most for the rest, so that no later one is tried
 * (Cox 2017, "Glob Matching Can Be Simple And Fast Too").
 */
export function wildmatch(pattern: string): RegExp {
  const body = pattern.replace(/(?:(?:^|\/)\*{2,})+$/, '');
  if (body === '' && pattern !== '') return /^/;
  let groups = 0;
  /** What was found in a lookahead is not looked for again. */
  function first(source: string): string {
    groups++;
    return `(?=(?<g${groups}>${source}))\\k<g${groups}>`;
  }
  function nameOf(name: string): string {
    let [source, star, piece] = ['', '', ''];
    for (const token of name.match(tokens) ?? []) {
      if (token.startsWith('*')) {
        source += star === '' ? piece : first(star + piece);
        [star, piece] = ['[^/]*?', ''];
      } else piece += oneOf(token);
    }
    return source + star + piece;
  }
  const runs = body.split(/(?:^|\/)(?:\*{2,}\/)+/).map((run) => run.split('/').map(nameOf).join('/'));
  const inside = /(?<!\\)\*$/.test(body) ? '/.*$' : '(?:/.*)?$';
  const end = (runs.pop() ?? '') + (body === pattern ? '/?$' : inside);
  const [begin, ...between] = runs;
  const folders = between.map((run) => first(`(?:.*?/)??${run}/`)).join('');
  if (groups > mostGroups) return nothing;
  const source = begin === undefined ? end : `${begin === '' ? '' : `${begin}/`}${folders}(?:.*/)?${end}`;
  try {
    return new RegExp(`^${source}`, 's');
  } catch {
    return nothing; // a range that ends before it begins
  }
}

/** Of some 2,500 V8 makes no expression any more. Nobody writes so many stars. */
const mostGroups = 1000;
const nothing = /(?!)/;

const tokens = /\\.|\*+|\[[!^]?\]?(?:\\.|[^\]\\])*\]|./gs;

/** One character of a name. What is not closed matches nothing. */
function oneOf(token: string): string {
  if (token === '?') return '[^/]';
  if (token === '[' || token === '\\') return '(?!)';
  if (!token.startsWith('[')) return literal(token.replace('\\', ''));
  const [, not, chars = ''] = /^\[([!^]?)(.*)\]$/s.exec(token) ?? [];
  const escaped = chars.replaceAll(/\\?(.)/gs, (two, char: string) => (two === '-' ? two : literal(char)));
  return `(?!/)[${not === '' ? '' : '^'}${escaped}]`;
}

function literal(char: string): string {
  return char.replace(/[\\^$.*+?()[\]{}|/-]/, String.raw`\$&`);
}
