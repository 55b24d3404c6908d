import type { Inquiry } from './inquiry.ts';

/** What submodules hold that no commit of theirs has; paths from the top. */
export interface DirtInSubmodules {
  readonly changed: readonly string[];
  readonly untracked: readonly string[];
}

/** Arguments of `git config` that tell what `overlookedIn` reads: the project's words, then this user's own. */
export const submoduleSettings = ['--file=.gitmodules', '--local'].map(
  (where) => ['config', '-z', where, '--get-regexp', String.raw`^submodule\..*\.(path|ignore)$`] as const,
);

/** Paths of submodules in `git ls-files --stage -z`. */
export function submodulesIn(stage: string): readonly string[] {
  const links = stage.split('\0').filter((line) => line.startsWith('160000 '));
  return [...new Set(links.map((line) => line.slice(line.indexOf('\t') + 1)))];
}

/** Paths of submodules whose changes git was told to overlook, as where a build writes into them. */
export function overlookedIn(settings: readonly string[]): ReadonlySet<string> {
  const paths = new Map<string, string>();
  const ignored = new Map<string, string>();
  for (const entry of settings.flatMap((listing) => listing.split('\0'))) {
    const [, name, key, value = ''] = /^submodule\.(.*)\.(path|ignore)\n(.*)$/s.exec(entry) ?? [];
    if (name !== undefined) (key === 'path' ? paths : ignored).set(name, value);
  }
  const overlooked = [...ignored].filter(([, how]) => how !== 'none').map(([name]) => paths.get(name) ?? name);
  return new Set(overlooked);
}

/**
 * Looks into each submodule that is checked out, and theirs: `git status` would run programs of theirs if it did. One
 * whose content filters nobody trusts yet is left out, as its files only look changed.
 */
export async function dirtInSubmodules(inquiry: Inquiry): Promise<DirtInSubmodules> {
  const links = submodulesIn(await inquiry.text('ls-files', '--stage', '-z'));
  const changed: string[] = [];
  const untracked: string[] = [];
  if (links.length === 0) return { changed, untracked };
  const settings: string[] = [];
  for (const args of submoduleSettings) settings.push((await inquiry.git(...args)).stdout);
  const overlooked = overlookedIn(settings);
  for (const path of links.filter((each) => !overlooked.has(each))) {
    const inner = inquiry.within(path);
    const flags = ['--porcelain=v1', '-z', '--untracked-files=all', '--ignored=no', '--no-renames'];
    const { exit, stdout } = await inner.git('status', ...flags);
    if (exit !== 0 || (await hasInertFilter(inner))) continue;
    for (const entry of stdout.split('\0').filter((each) => each.length > 3))
      (entry.startsWith('??') ? untracked : changed).push(`${path}/${entry.slice(3)}`);
    const deeper = await dirtInSubmodules(inner);
    changed.push(...deeper.changed.map((each) => `${path}/${each}`));
    untracked.push(...deeper.untracked.map((each) => `${path}/${each}`));
  }
  return { changed, untracked };
}

/** A filter that was made to do nothing has an empty command. */
async function hasInertFilter(inquiry: Inquiry): Promise<boolean> {
  const listing = await inquiry.git('config', '-z', '--get-regexp', String.raw`^filter\..*\.(clean|process)$`);
  return listing.stdout.split('\0').some((entry) => entry.endsWith('\n'));
}
