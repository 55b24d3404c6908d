import type { DetectedCheck } from '../detect.ts';
import { succeeds, testsPass } from './detected.ts';
import { firstOf, type Listing } from './listing.ts';

export function makefileChecks(listing: Listing): readonly DetectedCheck[] {
  const path = firstOf(listing, 'GNUmakefile', 'makefile', 'Makefile');
  const targets = targetsOf(path === undefined ? '' : (listing.read(path) ?? ''));
  const because = (target: string) => `${path}: target ${target}`;
  const test = ['test', 'check', 'tests'].find((name) => targets.has(name));
  return [
    ...(test === undefined ? [] : [testsPass(`make ${test}`, because(test))]),
    ...(targets.has('build') ? [succeeds('build-succeeds', 'make build', because('build'))] : []),
    ...(targets.has('lint') ? [succeeds('lint-clean', 'make lint', because('lint'))] : []),
  ];
}

/** Targets whose rules do not call Factum. */
function targetsOf(makefile: string): ReadonlySet<string> {
  const found = rulesOf(makefile).filter(({ lines }) => !/(?:^|[\s/@])factum(?:\s|$)/m.test(lines));
  return new Set(found.map(({ target }) => target).filter((name) => !name.startsWith('.')));
}

interface Rule {
  readonly target: string;
  /** What stands before, as calls of make, and the recipe. */
  readonly lines: string;
}

export function rulesOf(makefile: string): readonly Rule[] {
  const rules = makefile.matchAll(/^([\w.-]+(?: +[\w.-]+)*) *::?(?!=)(.*)((?:\n\t.*)*)/gm);
  return [...rules].flatMap(([, targets = '', needs = '', recipe = '']) => {
    const lines = needs.replaceAll(/[\w.-]+/g, '; make $&') + recipe;
    return targets.split(/ +/).map((target) => ({ target, lines }));
  });
}
