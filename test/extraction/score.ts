import { extract } from '../../src/core/claim/extract/extract.ts';
import { notationOf } from './notation.ts';
import type { Labelled } from './sentences.ts';

/** How extraction did on a labelled table. A part counts as right when kind, scope, names and numbers all agree. */
interface Score {
  readonly sentences: number;
  readonly expected: number;
  readonly found: number;
  readonly right: number;
  /** As `right`, comparing kinds alone. */
  readonly rightKinds: number;
  /** Parts that a run could refute (scope all or named) although the label has no such part. */
  readonly refutable: number;
  readonly wrong: readonly {
    readonly statement: string;
    readonly expected: readonly string[];
    readonly found: readonly string[];
  }[];
}

export function scoreOf(table: readonly Labelled[]): Score {
  const rows = table.map(([statement, parts]) => {
    const expected = parts?.split(' | ') ?? [];
    const found = extract(statement).map(notationOf);
    return {
      statement,
      expected,
      found,
      right: common(expected, found),
      rightKinds: common(expected.map(kindOf), found.map(kindOf)),
    };
  });
  return {
    sentences: rows.length,
    expected: sum(rows.map(({ expected }) => expected.length)),
    found: sum(rows.map(({ found }) => found.length)),
    right: sum(rows.map(({ right }) => right)),
    rightKinds: sum(rows.map(({ rightKinds }) => rightKinds)),
    refutable: sum(
      rows.map(({ expected, found }) => {
        const refutable = found.filter((part) => !part.includes(' unknown'));
        return refutable.length - common(expected.map(claimOf), refutable.map(claimOf));
      }),
    ),
    wrong: rows.filter(({ expected, found }) => expected.join(' | ') !== found.join(' | ')),
  };
}

function kindOf(part: string): string {
  return part.split(' ', 1).join('');
}

/** Kind, scope and names, without the numbers, which are only notes. */
function claimOf(part: string): string {
  return part.replaceAll(/ (?:passed|failed|skipped|total)=\d+/g, '');
}

function common(expected: readonly string[], found: readonly string[]): number {
  const left = [...expected];
  return found.filter((part) => {
    const at = left.indexOf(part);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  }).length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
