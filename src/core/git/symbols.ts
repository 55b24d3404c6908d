import type { Change } from './changes.ts';
import { endsOf } from './changes.ts';
import type { Inquiry } from './inquiry.ts';
import { patchFlags, readPatch } from './patch.ts';
import type { Range } from './range.ts';

/** Those symbols that neither a changed line, nor the heading of a changed place, nor a new file mentions. */
export async function symbolsMissing(
  inquiry: Inquiry,
  range: Range,
  changes: readonly Change[],
  symbols: readonly string[],
): Promise<readonly string[]> {
  const tracked = changes.filter(({ untracked }) => untracked !== true).slice(0, 500);
  const literal = tracked.map(({ path }) => `:(top,literal)${path}`);
  const patch =
    literal.length === 0 ? '' : await inquiry.text('diff', ...patchFlags, ...endsOf(range), '--', ...literal);
  const lines = readPatch(patch).flatMap(({ hunks }) =>
    hunks.flatMap(({ around, removed, added }) => [around, ...removed, ...added]),
  );
  const missing = symbols.filter((symbol) => !lines.some((line) => mentions(line, symbol)));
  const untracked = changes.filter((change) => change.untracked === true).slice(0, 200);
  const found = await Promise.all(missing.map((symbol) => inNewFiles(inquiry, untracked, symbol)));
  return missing.filter((_, at) => found[at] === false);
}

async function inNewFiles(inquiry: Inquiry, untracked: readonly Change[], symbol: string): Promise<boolean> {
  if (untracked.length === 0) return false;
  const literal = untracked.map(({ path }) => `:(top,literal)${path}`);
  const grep = ['--untracked', '--no-color', '--quiet', '--fixed-strings', '--word-regexp'];
  return (await inquiry.git('grep', ...grep, '-e', symbol, '--', ...literal)).exit === 0;
}

/** As a whole word: `parse` is not mentioned by `parseAll`. */
function mentions(line: string, symbol: string): boolean {
  const word = /[\p{L}\p{N}_$]/u;
  for (let at = line.indexOf(symbol); at >= 0; at = line.indexOf(symbol, at + 1)) {
    const before = line[at - 1] ?? ' ';
    const after = line[at + symbol.length] ?? ' ';
    if (!(word.test(before) && word.test(symbol[0] ?? ' ')) && !(word.test(after) && word.test(symbol.at(-1) ?? ' ')))
      return true;
  }
  return false;
}
