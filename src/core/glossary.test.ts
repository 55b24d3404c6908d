import { describe, expect, test } from 'vitest';
import { glossary, meaningsOf } from './glossary.ts';
import { glossaryMarkdown } from '../report/reference/glossary.ts';

describe('the glossary', () => {
  test('has one meaning per word and group, and no word is an alias of another in its group', () => {
    const names = glossary.flatMap(({ group, term, aliases }) => [term, ...aliases].map((name) => `${group}: ${name}`));
    expect(names.length).toBeGreaterThan(120);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('every entry ends like a sentence and says its source', () => {
    for (const { term, definition, sources } of glossary) {
      expect(definition, term).toMatch(/^[A-Z0-9].*\.$/s);
      expect(sources.length, term).toBeGreaterThan(0);
    }
  });

  test.each([
    ['Execution Debt', ['framework']],
    ['execution-debt', ['framework']],
    ['claims', ['word']],
    ['supported', ['verdict', 'outcome']],
    ['tests-pass', ['part kind']],
    ['all', ['scope']],
    ['EI score', ['framework']],
    ['quorum', ['word']],
    ['the chain', ['framework']],
    ['bands', ['word']],
    ['pillars', ['word']],
    ['changes', ['word']],
    ['support', ['verdict', 'outcome']],
    ['Execution De…', ['framework']],
  ])('%s is found', (word, groups) => {
    expect(meaningsOf(word).map(({ group }) => group)).toEqual(groups);
  });

  test('each entry is found by its own name and aliases', () => {
    for (const entry of glossary) {
      expect(meaningsOf(entry.term)).toContain(entry);
      for (const alias of entry.aliases) expect(meaningsOf(alias).length, alias).toBeGreaterThan(0);
    }
  });

  test('a beginning of several words names them', () => {
    const told = 'no term `execution`: expected one of Execution Integrity, Execution Pods, Execution Debt';
    expect(() => meaningsOf('execution')).toThrow(told);
  });

  test('an unknown word has a suggestion where one is near', () => {
    expect(() => meaningsOf('quorom')).toThrow('no term `quorom`: did you mean `quorum`?');
    expect(() => meaningsOf('xyzzy')).toThrow(/^no term `xyzzy`$/);
  });
});

test('the reference page has every term with its source', () => {
  const page = glossaryMarkdown();
  for (const { term, definition } of glossary) {
    expect(page).toContain(`**${term}**`);
    expect(page).toContain(definition);
  }
  expect(page).toContain('## Verdicts');
});
