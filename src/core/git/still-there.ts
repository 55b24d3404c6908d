import type { Change } from './changes.ts';
import type { Inquiry } from './inquiry.ts';
import { namedPaths } from './named-paths.ts';
import type { Range } from './range.ts';

/** A file that is said to be gone and that git still tracks. */
export interface StillThere {
  readonly path: string;
  /** False: something else of that name may be meant, or it was gone and came back. */
  readonly surely: boolean;
}

interface Seen {
  readonly range: Range;
  readonly changes: readonly Change[];
  readonly tracked: readonly string[];
}

/** The first of the names whose file is there at the end of the range. */
export async function stillThere(
  inquiry: Inquiry,
  { range, changes, tracked }: Seen,
  names: readonly string[],
): Promise<StillThere | undefined> {
  if (names.length === 0) return undefined;
  const left = changes.flatMap(({ path, from, status }) =>
    status === 'deleted' ? [path] : from === undefined ? [] : [from],
  );
  const there = tracked.filter((path) => !left.includes(path));
  for (const name of names) {
    const wanted = name.replace(/^\.\//, '');
    if (left.some((path) => path === wanted || path.endsWith(`/${wanted}`))) continue;
    const { paths, unambiguous } = namedPaths(name, there);
    const [path] = paths;
    if (path === undefined || !unambiguous) continue;
    return { path, surely: path === wanted && !(await mayHaveGone(inquiry, range, wanted)) };
  }
  return undefined;
}

/** Git was told not to look at it, or something of that name was deleted once: it may have come back since, or not be meant. */
async function mayHaveGone(inquiry: Inquiry, { commit }: Range, path: string): Promise<boolean> {
  const flags = commit === undefined ? await inquiry.text('ls-files', '-v', '-z', '--', `:(top,literal)${path}`) : '';
  if (/^(?:[a-z]|S) /.test(flags)) return true;
  const once = `:(top,glob)**/${path.replace(/[*?[\]\\]/g, String.raw`\$&`)}`;
  const asked = ['--max-count=1', '--format=%H', '--no-renames', '--diff-filter=D', commit ?? 'HEAD', '--', once];
  return (await inquiry.text('log', ...asked)).trim() !== '';
}
