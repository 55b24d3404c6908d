import { describe, expect, test } from 'vitest';
import { readDirt } from './dirt.ts';
import { rawId } from './tree-object.ts';

const [one, two, none] = ['1'.repeat(40), '2'.repeat(40), '0'.repeat(40)];

function dirtOf(...lines: readonly string[]): ReturnType<typeof readDirt> {
  return readDirt(lines.map((line) => `${line}\0`).join(''));
}

describe('what git status tells', () => {
  test('what is only staged is known; what the working tree has otherwise is not', () => {
    const dirt = dirtOf(
      `# branch.oid ${one}`,
      '# branch.head main',
      `1 M. N... 100644 100755 100755 ${one} ${two} staged file`,
      `1 D. N... 100644 000000 000000 ${one} ${none} removed`,
      `1 AD N... 000000 100644 000000 ${none} ${two} added and gone`,
      `1 MM N... 100644 100644 100755 ${one} ${two} both`,
      `1 .A N... 000000 000000 100644 ${none} ${none} intended`,
      '? new file',
    );
    expect(dirt).toEqual({
      head: one,
      known: new Map<string, unknown>([
        ['staged file', { mode: '100755', id: rawId(two) }],
        ['removed', 'gone'],
        ['added and gone', 'gone'],
      ]),
      unknown: new Map([
        ['both', { mode: '100644', id: rawId(two) }],
        ['intended', undefined],
        ['new file', undefined],
      ]),
      nested: [],
    });
  });

  test('in a conflict our side is the one that the file continues', () => {
    const dirt = dirtOf(
      `u UU N... 100644 100755 100644 100755 ${none} ${one} ${two} both changed`,
      `u DU N... 100644 000000 100644 100644 ${none} ${none} ${two} ours has gone`,
      `u UD N... 100644 100644 000000 000000 ${none} ${one} ${none} not there`,
    );
    expect(dirt.unknown).toEqual(
      new Map([
        ['both changed', { mode: '100755', id: rawId(one) }],
        ['ours has gone', undefined],
      ]),
    );
    expect(dirt.known).toEqual(new Map([['not there', 'gone']]));
  });

  test('a repository in a folder counts as one, also where a file was', () => {
    const dirt = dirtOf('? nested/', `1 .T N... 100644 100644 160000 ${one} ${one} was a file`);
    expect(dirt.nested).toEqual(['nested', 'was a file']);
    expect(dirtOf(`1 .M SC.. 160000 160000 160000 ${one} ${one} sub`).nested).toEqual([]);
  });

  test('before the first commit there is no head', () => {
    expect(dirtOf('# branch.oid (initial)')).not.toHaveProperty('head');
  });

  test('a line of another kind stops it', () => {
    expect(() => dirtOf(`2 R. N... 100644 100644 100644 ${one} ${one} R100 new`, 'old')).toThrow('unknown kind');
  });
});
