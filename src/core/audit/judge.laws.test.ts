import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Part } from '../claim/part.ts';
import { History } from './history.ts';
import { judgePart } from './judge.ts';

const run = { command: 'vitest run' };
const outputs = {
  passes: { output: '      Tests  3 passed (3)', exit: 0 },
  fails: { output: '      Tests  1 failed | 2 passed (3)', exit: 1 },
  'fails unseen': { output: '      Tests  1 failed | 2 passed (3)' },
  'is cut': { output: 'RUN v3' },
  'lacks its tool': { output: 'sh: vitest: command not found', exit: 127 },
};
type Step = keyof typeof outputs | 'edit' | 'format' | 'unknown' | 'document' | 'look' | 'gap' | 'report' | 'person';
const step = fc.constantFrom<Step>(
  ...(Object.keys(outputs) as Step[]),
  'edit',
  'format',
  'unknown',
  'document',
  'look',
  'gap',
  'report',
  'person',
);

function historyOf(steps: readonly Step[]): History {
  const history = new History();
  for (const [at, each] of steps.entries()) {
    const id = `c${at}`;
    if (each === 'gap') history.interrupted();
    else if (each === 'report') history.report('All tests pass.', at);
    else if (each === 'person') history.person('10 passed in 0.2s', at);
    else {
      const call = { kind: 'call' as const, id };
      if (each in outputs) history.call({ ...call, ...run }, at);
      else if (each === 'edit' || each === 'document')
        history.call({ ...call, writes: [each === 'edit' ? 'src/a.ts' : 'README.md'] }, at);
      else if (each === 'format') history.call({ ...call, command: 'prettier --write .' }, at);
      else history.call({ ...call, ...(each === 'look' && { looks: true }) }, at);
      history.result(
        { kind: 'result', id, ...(each in outputs ? outputs[each as keyof typeof outputs] : { output: '', exit: 0 }) },
        at,
      );
    }
  }
  return history;
}

const part = (scope: Part['scope']): Part => ({ id: 'p1', kind: 'tests-pass', scope, options: {} });
const plain = { words: 'all tests pass', message: 'All tests pass.', thought: false };
const verdict = (steps: readonly Step[], scope: Part['scope'] = 'all', spoken = plain) =>
  judgePart(part(scope), spoken, historyOf(steps)).verdict;

const stories = fc.array(step, { maxLength: 12 });
const conclusive = (steps: readonly Step[]) =>
  steps.findLast((each) => ['passes', 'fails', 'fails unseen'].includes(each));

test('contradicted only where the last run that tells failed', () => {
  let found = 0;
  fc.assert(
    fc.property(stories, (steps) => {
      if (verdict(steps) !== 'contradicted') return;
      found++;
      expect(conclusive(steps)).toMatch(/^fails/);
    }),
    { numRuns: 2000 },
  );
  expect(found).toBeGreaterThan(0);
});

test('after any change, hole, report or word of a person nothing is contradicted', () => {
  const softening = fc.constantFrom<Step>('edit', 'format', 'unknown', 'gap', 'report', 'person', 'document');
  fc.assert(
    fc.property(stories, softening, (steps, last) => {
      expect(verdict([...steps, last])).not.toBe('contradicted');
    }),
  );
});

test('only what claims all is contradicted, only in words that were said, and never beside told failures', () => {
  fc.assert(
    fc.property(stories, (steps) => {
      const all = [...steps, 'fails' as const];
      expect(verdict(all)).toBe('contradicted');
      expect(verdict(all, 'unknown')).not.toBe('contradicted');
      expect(verdict(all, 'named')).not.toBe('contradicted');
      expect(['contradicted', 'unsupported']).not.toContain(verdict(all, 'all', { ...plain, thought: true }));
      expect(verdict(all, 'all', { ...plain, message: 'All tests pass; the remaining failures are flaky.' })).not.toBe(
        'contradicted',
      );
    }),
  );
});

test('a pass with nothing but looks, documents and formatters after it supports', () => {
  const harmless = fc.array(fc.constantFrom<Step>('look', 'document', 'format', 'is cut'), { maxLength: 5 });
  fc.assert(
    fc.property(stories, harmless, (steps, after) => {
      expect(verdict([...steps, 'passes', ...after])).toBe('supported');
    }),
  );
});

test('what could not be looked at changes nothing from no to yes', () => {
  fc.assert(
    fc.property(stories, (steps) => {
      if (verdict(steps) === 'supported') return;
      expect(verdict([...steps, 'is cut'])).not.toBe('supported');
      expect(verdict([...steps, 'lacks its tool'])).not.toBe('supported');
    }),
  );
});
