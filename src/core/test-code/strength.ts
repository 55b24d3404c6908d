import { testLanguageOf } from './language.ts';
import { type Threshold, thresholdsIn } from './thresholds.ts';

/** A file before and after a change; a side that does not exist is empty. */
export interface BeforeAfter {
  readonly pathBefore: string;
  readonly pathAfter: string;
  readonly before: string;
  readonly after: string;
}

/** How much test code there is in the files that changed. */
interface Strength {
  readonly cases: readonly string[];
  readonly skips: number;
  readonly onlys: number;
  readonly assertions: number;
}

export interface StrengthChange {
  readonly testFiles: number;
  readonly casesBefore: number;
  readonly casesAfter: number;
  /** Tests that are nowhere in the changed files any more; a test that moved to another file is still there. */
  readonly gone: readonly string[];
  readonly newSkips: number;
  readonly newOnlys: number;
  readonly fewerAssertions: number;
  readonly lowered: readonly {
    readonly path: string;
    readonly key: string;
    readonly from: number;
    readonly to: number;
  }[];
}

export function strengthChange(files: readonly BeforeAfter[]): StrengthChange {
  const before = together(files.map(({ pathBefore, before: text }) => strengthOf(pathBefore, text)));
  const after = together(files.map(({ pathAfter, after: text }) => strengthOf(pathAfter, text)));
  return {
    testFiles: files.filter(
      ({ pathBefore, pathAfter }) => (testLanguageOf(pathBefore) ?? testLanguageOf(pathAfter)) !== undefined,
    ).length,
    casesBefore: before.cases.length,
    casesAfter: after.cases.length,
    gone: without(before.cases, after.cases),
    newSkips: Math.max(0, after.skips - before.skips),
    newOnlys: Math.max(0, after.onlys - before.onlys),
    fewerAssertions: Math.max(0, before.assertions - after.assertions),
    lowered: files.flatMap(lowered),
  };
}

/** Fewer tests or assertions, more skips, lower thresholds. Tests that were replaced by as many others are no loss. */
export function isWeaker({
  casesBefore,
  casesAfter,
  newSkips,
  newOnlys,
  fewerAssertions,
  lowered: low,
}: StrengthChange): boolean {
  return casesAfter < casesBefore || newSkips + newOnlys + fewerAssertions + low.length > 0;
}

function strengthOf(path: string, text: string): Strength {
  const language = testLanguageOf(path);
  if (language === undefined) return { cases: [], skips: 0, onlys: 0, assertions: 0 };
  const { comments, skips, onlys, assertions } = language;
  const code = text.replaceAll(comments, '');
  return {
    cases: language.cases.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match.at(-1) ?? '')),
    skips: matches(code, skips),
    onlys: onlys === undefined ? 0 : matches(code, onlys),
    assertions: matches(code, assertions),
  };
}

function matches(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}

function together(all: readonly Strength[]): Strength {
  const sum = (key: 'skips' | 'onlys' | 'assertions'): number => all.reduce((total, one) => total + one[key], 0);
  return {
    cases: all.flatMap(({ cases }) => cases),
    skips: sum('skips'),
    onlys: sum('onlys'),
    assertions: sum('assertions'),
  };
}

/** What `all` has more of than `taken`, the same name counted as often as it is there. */
function without(all: readonly string[], taken: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const name of taken) left.set(name, (left.get(name) ?? 0) + 1);
  return all.filter((name) => {
    const count = left.get(name) ?? 0;
    left.set(name, count - 1);
    return count <= 0;
  });
}

function lowered({ pathBefore, pathAfter, before, after }: BeforeAfter): StrengthChange['lowered'] {
  const now = new Map(thresholdsIn(pathAfter, after).map(({ key, value }: Threshold) => [key, value]));
  return thresholdsIn(pathBefore, before).flatMap(({ key, value }) => {
    const to = now.get(key) ?? (after === '' ? undefined : 0);
    return to === undefined || to >= value ? [] : [{ path: pathAfter, key, from: value, to }];
  });
}
