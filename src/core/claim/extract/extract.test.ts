import { describe, expect, test } from 'vitest';
import { notationOf } from '../../../../test/extraction/notation.ts';
import { scoreOf } from '../../../../test/extraction/score.ts';
import { sentences } from '../../../../test/extraction/sentences.ts';
import { Part } from '../part.ts';
import { explainExtraction, extract } from './extract.ts';

function reasonOf(statement: string): readonly string[] {
  return explainExtraction(statement).map((finding) => ('part' in finding ? notationOf(finding.part) : finding.reason));
}

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
    ['Make sure all tests pass.', 'instruction'],
    ['I will push to origin/main.', 'future'],
    ['Previously all tests passed.', 'historical'],
    ['The suite is passing so far.', 'unfinished'],
    ['The test verifies that the build succeeds.', 'description'],
    ['The goal: all tests pass.', 'plan'],
    ['- [ ] all tests pass', 'not ticked'],
    ['> all tests pass', 'quote'],
    ['## All tests pass', 'heading'],
    ['```\nall tests pass\n```', 'code'],
    ['$ npm test', 'tool output'],
    ['| Tests pass |\n|---|', 'table header'],
    [`All tests pass ${'and so on '.repeat(80)}`, 'too long'],
    ['Perfect!', 'nothing checkable'],
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

  test('at most 100 parts are read', () => {
    expect(extract('All tests pass. '.repeat(200))).toHaveLength(100);
  });
});
