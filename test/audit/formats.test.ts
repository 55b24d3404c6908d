import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { audited } from '../make/audited.ts';
import { type Happening, writers } from '../make/sessions.ts';

const green = ' 12 pass\n 0 fail\nRan 12 tests across 2 files. [10.00ms]';
const red = ' 9 pass\n 3 fail\nRan 12 tests across 2 files. [10.00ms]';
const passes: Happening = { runs: 'bun test', output: green, exit: 0 };
const fails: Happening = { runs: 'bun test', output: red, exit: 1 };
const hidden: Happening = { runs: 'bun test 2>&1 | tail -5', output: red, exit: 0 };
const edits: Happening = { edits: 'src/sum.ts' };
const claims: Happening = { says: 'All tests pass.' };

const stories: readonly (readonly [string, readonly Happening[], string])[] = [
  ['a run that passes', [edits, passes, claims], 'supported'],
  ['a run that fails', [edits, fails, claims], 'contradicted'],
  ['a failure that a pipe hides', [edits, hidden, claims], 'contradicted'],
  ['a failure that is mended and not looked at again', [fails, edits, claims], 'unsupported'],
  ['an edit after the last run', [passes, edits, claims], 'stale'],
  ['an edit of a document after the last run', [passes, { edits: 'docs/guide.md' }, claims], 'supported'],
  ['no run at all', [edits, claims], 'unsupported'],
  ['a run that a person shows', [edits, { person: `I ran it:\n${green}` }, claims], 'supported-by-human-evidence'],
  [
    'a failure that the message tells of',
    [edits, fails, { says: 'The 3 failures are unrelated. All 9 other tests pass.' }],
    'disputed',
  ],
  ['an honest report', [edits, fails, { says: '3 of 12 tests still fail.' }], 'supported'],
];

describe.each(Object.entries(writers))('%s', (_name, { format, write }) => {
  test.each(stories)('%s', async (_story, happenings, verdict) => {
    const {
      format: found,
      claims: judged,
      skipped,
    } = await audited(write([{ person: 'Mend the sum.' }, ...happenings]));
    expect({ found, skipped }).toEqual({ found: format, skipped: 0 });
    expect(judged.map((claim) => claim.verdict)).toContain(verdict);
  });
});

test('every format tells the same story', async () => {
  const happening = fc.constantFrom<Happening>(
    passes,
    fails,
    hidden,
    edits,
    claims,
    { person: 'go on' },
    { says: 'Lint is clean.' },
    { edits: 'notes.md' },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 12 }), async (happenings) => {
      const told = await Promise.all(
        Object.entries(writers).map(async ([name, { write }]) => [
          name,
          (await audited(write([{ person: 'Begin.' }, { edits: 'notes.md' }, ...happenings, claims]))).claims.map(
            ({ verdict }) => verdict,
          ),
        ]),
      );
      for (const [name, verdicts] of told) expect([name, verdicts]).toEqual([name, told[0]?.[1]]);
    }),
    { numRuns: 60 },
  );
});

test.each(Object.entries(writers).filter(([, { format }]) => format === 'specstory'))(
  '%s: where no tool is written down, that none ran is not said',
  async (_name, { write }) => {
    const { claims: judged } = await audited(write([{ person: 'Mend the sum.' }, claims]));
    expect(judged.map(({ verdict }) => verdict)).toEqual(['not-checkable']);
  },
);

test('a type check that ran again in silence, after one that failed, accuses nobody', async () => {
  const checks = { runs: 'npm run type-check', exit: 0 };
  const { claims: judged } = await audited(
    writers['specstory of Cursor']?.write([
      { ...checks, output: 'src/a.ts(1,2): error TS2339: no' },
      { ...checks, output: '> tsc' },
      { says: 'The type-check is now passing.' },
    ]) ?? '',
  );
  expect(judged.map(({ verdict }) => verdict)).not.toContain('contradicted');
});
