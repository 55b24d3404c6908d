import { describe, expect, test } from 'vitest';
import { notationOf } from '../../../../test/extraction/notation.ts';
import { halfA, halfB, lastHoldOut, third } from '../../../../test/extraction/public-sentences.ts';
import { scoreOf } from '../../../../test/extraction/score.ts';
import { sentences } from '../../../../test/extraction/sentences.ts';
import { Part } from '../part.ts';
import { explainExtraction, extract } from './extract.ts';

function reasonOf(statement: string): readonly string[] {
  return explainExtraction(statement).map((finding) => ('part' in finding ? notationOf(finding.part) : finding.reason));
}

test.each([
  ['e2e passes too.', 'tests-pass', ['e2e']],
  ['The test `test_words` passes.', 'tests-pass', ['test_words']],
  ['TestWidth passes.', 'tests-pass', ['TestWidth']],
  ['go test ./... passes.', 'tests-pass', ['go test ./...']],
  ['go build is fine.', 'build-succeeds', undefined],
  ['go vet is clean.', 'lint-clean', undefined],
] as const)('%s: %s %s', (statement, kind, names) => {
  const [part, ...others] = extract(statement);
  expect([part?.kind, part?.names, others]).toEqual([kind, names, []]);
});

describe('labelled sentences', () => {
  test('precision is at least .97 and recall at least .95, over a table of at least 200', () => {
    const score = scoreOf(sentences);
    expect(score.sentences).toBeGreaterThanOrEqual(200);
    expect(score.wrong).toEqual([]);
    expect(score.right / score.found).toBeGreaterThanOrEqual(0.97);
    expect(score.right / score.expected).toBeGreaterThanOrEqual(0.95);
  });

  test('the score notices a part too many, one too few and a wrong scope', () => {
    const score = scoreOf([
      ['All tests pass.'],
      ['Tests do not pass.', 'tests-pass all'],
      ['Tests pass.', 'tests-pass all'],
    ]);
    expect(score).toMatchObject({ expected: 2, found: 2, right: 0 });
    expect(score.wrong).toHaveLength(3);
  });

  test.each([
    ['half A', halfA, 0.97, 0],
    ['half B', halfB, 0.95, 0],
    ['third', third, 0.92, 1],
    ['hold-out', lastHoldOut, 0.95, 0],
  ])(
    'public excerpts, %s: precision and mistakes that could accuse do not get worse',
    (_, table, precision, refutable) => {
      const score = scoreOf(table);
      expect(score.sentences).toBeGreaterThan(40);
      expect(score.right / score.found).toBeGreaterThanOrEqual(precision);
      expect(score.refutable).toBeLessThanOrEqual(refutable);
    },
  );

  test('a label may allow several readings, or none', () => {
    const label = 'none or tests-pass all | tests-pass unknown or tests-pass all';
    expect(scoreOf([['Nothing.', 'none or tests-pass all']])).toMatchObject({ expected: 0, found: 0, wrong: [] });
    expect(scoreOf([['All tests pass.', label]])).toMatchObject({ expected: 1, right: 1, wrong: [] });
    expect(scoreOf([['Tests pass.', 'none or tests-pass all']])).toMatchObject({ right: 0, found: 1 });
  });

  test('every part keeps to its schema', () => {
    for (const [statement] of sentences) for (const part of extract(statement)) expect(Part.parse(part)).toEqual(part);
  });
});

describe('explanations', () => {
  test.each([
    ['If all tests pass, we merge.', 'conditional'],
    ['Tests do not pass.', 'negated'],
    ['I think all tests pass.', 'hedged'],
    ['Do all tests pass?', 'question'],
    ['The worker says the tests pass.', 'reported'],
    ['As stated by the worker, all tests pass.', 'reported'],
    ['I said all tests pass, which was wrong.', 'reported'],
    ['It is not as I said, all tests pass.', 'reported'],
    ['As I said, all tests pass.', 'tests-pass all'],
    ['As mentioned above, all tests pass.', 'tests-pass all'],
    ['Make sure all tests pass.', 'instruction'],
    ['I will push to origin/main.', 'future'],
    ['Previously all tests passed.', 'historical'],
    ['The suite is passing so far.', 'unfinished'],
    ['The test verifies that the build succeeds.', 'description'],
    ['The goal: all tests pass.', 'plan'],
    ['- [ ] all tests pass', 'not ticked'],
    ['  □ All tests pass', 'not ticked'],
    ['// All tests pass', 'tool output'],
    ['> all tests pass', 'quote'],
    ['**And** all tests pass', 'quote'],
    ['## All tests pass', 'heading'],
    ['```\nall tests pass\n```', 'code'],
    ['<!-- all tests pass -->', 'code'],
    ['<!--\nall tests pass\n-->', 'code'],
    ['Perfect! <!-- all tests pass -->', 'nothing checkable'],
    ['Perfect! <!-- all\ntests pass.\nAll tests pass. -->', 'nothing checkable'],
    ['$ npm test', 'tool output'],
    ['| Tests pass |\n|---|', 'table header'],
    [`All tests pass ${'and so on '.repeat(80)}`, 'too long'],
    ['Perfect!', 'nothing checkable'],
    ['The design is easy to understand.', 'nothing checkable'],
  ])('%s', (statement, reason) => {
    expect(new Set(reasonOf(statement))).toEqual(new Set([reason]));
  });

  test('parts and reasons stand side by side, with the words they are about', () => {
    const statement = 'All tests pass. I have not pushed.';
    const findings = explainExtraction(statement);
    expect(findings.map(({ span }) => statement.slice(span.start, span.end))).toEqual([
      'All tests pass',
      'I have not pushed.',
    ]);
    expect(reasonOf(statement)).toEqual(['tests-pass all', 'negated']);
  });
});

describe('context', () => {
  test('an honest failure in the same paragraph takes the "all" away, in another it does not', () => {
    expect(extract('All tests pass. 2 tests still fail.').map(({ scope }) => scope)).toEqual(['unknown', 'unknown']);
    expect(extract('All tests pass.\n\n2 tests still fail.').map(({ scope }) => scope)).toEqual(['all', 'unknown']);
  });

  test('a plan ends with its section', () => {
    const statement = '## Plan\n\n- all tests pass\n\n## Verification\n\n- all tests pass';
    expect(extract(statement).map(({ span }) => span?.start)).toEqual([statement.lastIndexOf('all')]);
  });

  test('a rule in a list is claimed, but cannot be refuted; a report in one can', () => {
    expect(extract('## House style\n\n- Lint is clean').map(({ scope }) => scope)).toEqual(['unknown']);
    expect(extract('## Verification\n\n- Lint is clean').map(({ scope }) => scope)).toEqual(['all']);
    expect(extract('## House style\n\n- ✅ Lint is clean').map(({ scope }) => scope)).toEqual(['all']);
  });

  test('a clause in a table counts only beside a result', () => {
    expect(extract('| All tests pass | run `npm test` |')).toEqual([]);
    expect(extract('| All tests pass | PASS |').map(({ scope }) => scope)).toEqual(['all']);
    expect(extract('| | State |\n|---|---|\n| `apps/web` | builds are clean |').map(({ scope }) => scope)).toEqual([
      'unknown',
    ]);
  });

  test('what is said twice in a sentence is one part, the one with numbers', () => {
    const parts = extract('The tests pass, lint passes, 27 tests pass, 27 tests pass.');
    expect(parts.map(notationOf)).toEqual(['lint-clean all', 'tests-pass unknown passed=27']);
  });

  test('words around a comment keep their places', () => {
    const statement = 'Fine. <!-- All tests pass. --> Lint is clean. <!-- not closed';
    const words = extract(statement).map(({ span }) => statement.slice(span?.start, span?.end));
    expect(words).toEqual(['Lint is clean']);
  });

  test('at most 100 parts are read', () => {
    expect(extract('All tests pass. '.repeat(200))).toHaveLength(100);
  });
});
