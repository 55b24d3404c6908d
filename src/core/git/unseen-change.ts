import { isMadeByPrograms } from './generated-path.ts';
import { counted, type Inquiry, short } from './inquiry.ts';
import type { NamedPaths } from './named-paths.ts';
import { isShallow, type Range } from './range.ts';

/** People report on Monday or Tuesday what they did on Friday. */
const recentMs = 4 * 24 * 60 * 60 * 1000;

/** Why a file that shows no change may have been changed all the same. Undefined: it was not. */
export async function whyUnseen(
  inquiry: Inquiry,
  range: Range,
  { name, paths, unambiguous }: NamedPaths,
  claimedAt: string,
): Promise<string | undefined> {
  if (paths.length === 0) return whyUnknown(inquiry, name);
  if (paths.some(isMadeByPrograms))
    return `${name} is as it was; programs write such files, and may have written the same again`;
  if (!unambiguous) return `${counted(paths.length, 'file is', 'files are')} called ${name}, and none of them differs`;
  const literal = paths.slice(0, 200).map((path) => `:(top,literal)${path}`);
  // In lower case: git was told to take it for unchanged; S: it is left out of a sparse checkout.
  const flags = await inquiry.text('ls-files', '-v', '-z', '--', ...literal);
  if (flags.split('\0').some((line) => /^[a-zS] /.test(line))) return `git was told not to look at ${name}`;
  return range.chosen ? undefined : whyEarlier(inquiry, range, { name, literal, claimedAt });
}

async function whyUnknown(inquiry: Inquiry, name: string): Promise<string> {
  const ignored = await inquiry.git('check-ignore', '--quiet', '--', name);
  return ignored.exit === 0
    ? `${name} is ignored by git, which cannot say whether it changed`
    : `no file here is called ${name}`;
}

/**
 * Nobody named the base, so the work may have begun before it. A change within days of the claim, or of the claimed
 * commit, can be the claimed one, in a first commit too: new projects begin with one that holds all the work.
 */
async function whyEarlier(
  inquiry: Inquiry,
  { commit }: Range,
  {
    name,
    literal,
    claimedAt,
  }: { readonly name: string; readonly literal: readonly string[]; readonly claimedAt: string },
): Promise<string | undefined> {
  const end = commit ?? 'HEAD';
  const last = (await inquiry.text('log', '--max-count=1', '--format=%H %cI %P', end, '--', ...literal)).trim();
  const [changedBy = '', changedAt = '', parent] = last.split(' ');
  if (changedBy === '') return `git does not say when ${name} changed`;
  if (parent === undefined && (await isShallow(inquiry)))
    return `the history here is too shallow to say when ${name} changed`;
  const ends = [claimedAt];
  if (commit !== undefined) ends.push((await inquiry.text('log', '--max-count=1', '--format=%cI', commit)).trim());
  if (Math.min(...ends.map((time) => Date.parse(time))) - Date.parse(changedAt) > recentMs) return undefined;
  return `${name} was last changed in ${short(changedBy)} at ${changedAt}, which is before the base`;
}
