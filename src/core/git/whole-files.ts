import type { BeforeAfter } from '../test-code/strength.ts';
import { type Change, endsOf, pathsOf } from './changes.ts';
import type { Inquiry } from './inquiry.ts';
import { patchFlags, patchSections } from './patch.ts';
import type { Range } from './range.ts';

/** Both states of changed files, by one diff that has every line as context. New files are read where they are. */
export async function beforeAndAfter(
  inquiry: Inquiry,
  range: Range,
  changes: readonly Change[],
  readNew: (path: string) => Promise<{ readonly text: string } | undefined>,
): Promise<readonly BeforeAfter[]> {
  const tracked = changes
    .filter(({ untracked }) => untracked !== true)
    .flatMap(pathsOf)
    .slice(0, 2000);
  const literal = tracked.map((path) => `:(top,literal)${path}`);
  const flags = [...patchFlags, '--unified=100000000'];
  const patch = literal.length === 0 ? '' : await inquiry.text('diff', ...flags, ...endsOf(range), '--', ...literal);
  const files: BeforeAfter[] = readWhole(patch).slice();
  for (const { path } of changes.filter(({ untracked }) => untracked === true).slice(0, 200)) {
    files.push({ pathBefore: path, pathAfter: path, before: '', after: (await readNew(path))?.text ?? '' });
  }
  return files;
}

function readWhole(patch: string): readonly BeforeAfter[] {
  return patchSections(patch).map(({ from, to, places }) => {
    const lines = places.flatMap((place) => place.split('\n').slice(1));
    return {
      pathBefore: from ?? to ?? '',
      pathAfter: to ?? from ?? '',
      before: side(lines, '-'),
      after: side(lines, '+'),
    };
  });
}

function side(lines: readonly string[], mark: '-' | '+'): string {
  return lines
    .filter((line) => line.startsWith(mark) || line.startsWith(' '))
    .map((line) => line.slice(1))
    .join('\n');
}
