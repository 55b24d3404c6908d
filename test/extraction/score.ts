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
  const rows = table.map(([statement, label]) => {
    const found = extract(statement).map(notationOf);
    const expected = partsOf(label);
    const right = agreeing(expected, found, (part) => part);
    return {
      statement,
      expected: expected.map(({ text }) => text),
      found,
      firm: expected.filter(({ optional }) => !optional).length + right.filter(({ optional }) => optional).length,
      right: right.length,
      rightKinds: agreeing(expected, found, kindOf).length,
      refutable: refutableIn(found) - agreeing(expected, found.filter(isRefutable), claimOf).length,
    };
  });
  return {
    sentences: rows.length,
    expected: sum(rows.map(({ firm }) => firm)),
    found: sum(rows.map(({ found }) => found.length)),
    right: sum(rows.map(({ right }) => right)),
    rightKinds: sum(rows.map(({ rightKinds }) => rightKinds)),
    refutable: sum(rows.map(({ refutable }) => refutable)),
    wrong: rows.filter(({ firm, found, right }) => right !== firm || right !== found.length),
  };
}

/** One labelled part: any of its readings is right, and an optional one may be left out. */
interface Expectation {
  readonly text: string;
  readonly readings: readonly string[];
  readonly optional: boolean;
}

function partsOf(label: string | undefined): readonly Expectation[] {
  return (label?.split(' | ') ?? []).map((text) => {
    const readings = text.split(' or ');
    return { text, readings: readings.filter((reading) => reading !== 'none'), optional: readings[0] === 'none' };
  });
}

/** The expectations that some found part meets, each part used once; those that must be met choose first. */
function agreeing(
  expected: readonly Expectation[],
  found: readonly string[],
  viewOf: (part: string) => string,
): readonly Expectation[] {
  const left = found.map(viewOf);
  return expected
    .toSorted((one, other) => Number(one.optional) - Number(other.optional))
    .filter(({ readings }) => {
      const at = left.findIndex((part) => readings.some((reading) => viewOf(reading) === part));
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    });
}

function isRefutable(part: string): boolean {
  return !part.includes(' unknown');
}

function refutableIn(found: readonly string[]): number {
  return found.filter(isRefutable).length;
}

function kindOf(part: string): string {
  return part.split(' ', 1).join('');
}

/** Kind, scope and names, without the numbers, which are only notes. */
function claimOf(part: string): string {
  return part.replaceAll(/ (?:passed|failed|skipped|total)=\d+/g, '');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
