import type { Change } from './changes.ts';
import { endsOf } from './changes.ts';
import { counted, type Inquiry, some } from './inquiry.ts';
import type { Range } from './range.ts';

/** What differs, in words: a rename, a mode or white space alone is a change, and said to be only that. */
export async function describeChanges(inquiry: Inquiry, range: Range, changes: readonly Change[]): Promise<string> {
  const paths = changes.map(({ path }) => path);
  const modified = changes.filter(({ status }) => status === 'modified').map(({ path }) => path);
  const blank = modified.length === 0 ? [] : await whitespaceOnly(inquiry, range, modified);
  const modes = changes.filter(({ modeChanged }) => modeChanged === true).map(({ path }) => path);
  const remarks = [
    ...remark(
      'deleted',
      changes.filter(({ status }) => status === 'deleted').map(({ path }) => path),
    ),
    ...remark(
      'only renamed',
      changes.filter(({ sameContent }) => sameContent === true).map(({ path }) => path),
    ),
    ...remark('the mode', modes),
    ...remark(
      'no more than white space',
      blank.filter((path) => !modes.includes(path)),
    ),
    ...remark(
      'not tracked yet',
      changes.filter(({ untracked }) => untracked === true).map(({ path }) => path),
    ),
  ];
  const what = `${counted(changes.length, 'claimed file differs', 'claimed files differ')}: ${some(paths)}`;
  return remarks.length === 0 ? what : `${what} (${remarks.join('; ')})`;
}

function remark(what: string, paths: readonly string[]): readonly string[] {
  return paths.length === 0 ? [] : [`${what}: ${some(paths, 3)}`];
}

/** Files that git leaves out, or counts no lines of, once white space does not matter. */
async function whitespaceOnly(inquiry: Inquiry, range: Range, paths: readonly string[]): Promise<readonly string[]> {
  const asked = paths.slice(0, 200);
  const literal = asked.map((path) => `:(top,literal)${path}`);
  const flags = [
    '--no-color',
    '--no-relative',
    '--no-renames',
    '-z',
    '--numstat',
    '--ignore-all-space',
    '--ignore-blank-lines',
  ];
  const counts = await inquiry.text('diff', ...flags, ...endsOf(range), '--', ...literal);
  const real = counts.split('\0').filter((line) => line !== '' && !line.startsWith('0\t0\t'));
  const changed = new Set(real.map((line) => line.split('\t').slice(2).join('\t')));
  return asked.filter((path) => !changed.has(path));
}
