import fc from 'fast-check';
import { expect, test } from 'vitest';
import { notationOf } from '../../../../test/extraction/notation.ts';
import { sentences } from '../../../../test/extraction/sentences.ts';
import { extract } from './extract.ts';

const runs = { numRuns: 1000 };
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        'all',
        'tests',
        'pass',
        'lint',
        '`',
        '``',
        '```',
        '**',
        '|',
        '\n',
        '\n\n',
        '> ',
        '- ',
        '[x] ',
        '"',
        '✅',
        ',',
        '. ',
        '? ',
        'if',
        '27',
        '3/4',
        'src/a.ts',
        'committed',
        ' ',
      ),
      { maxLength: 80 },
    )
    .map((words) => words.join(' ')),
  fc.constantFrom(...sentences.map(([statement]) => statement)),
);
/** One sentence in one line, without an end, that does claim something. */
const claims = sentences.filter(
  ([statement, parts]) => parts !== undefined && /^[^\n|>[\]]+$/.test(statement) && !/[.!?:]\s/.test(statement),
);
const claim = fc.constantFrom(
  ...claims.map(([statement]) => statement.replace(/^[-\d][.)]? /, '').replace(/[.!?]$/, '')),
);

test('there are claims to wrap', () => {
  expect(claims.length).toBeGreaterThan(100);
});

test('never throws; spans lie inside the text, are not empty and in order; ids count up', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      let before = 0;
      for (const [index, { id, span }] of extract(text).entries()) {
        expect(id).toBe(`p${index + 1}`);
        expect(span).toBeDefined();
        if (span === undefined) return;
        expect(span.start).toBeGreaterThanOrEqual(before);
        expect(span.end).toBeGreaterThan(span.start);
        expect(span.end).toBeLessThanOrEqual(text.length);
        before = span.start;
      }
    }),
    runs,
  );
});

test('the same text gives the same parts', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(extract(text)).toEqual(extract(text));
    }),
    runs,
  );
});

test('nothing in a code block or a block quote is a claim', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const fence = '`'.repeat(Math.max(3, ...(text.match(/`+/g) ?? []).map((run) => run.length + 1)));
      expect(extract(`${fence}\n${text}\n${fence}`)).toEqual([]);
      expect(
        extract(
          text
            .split(/\r\n|\r|\n/)
            .map((line) => `> ${line}`)
            .join('\n'),
        ),
      ).toEqual([]);
    }),
    runs,
  );
});

test('a claim under "if" or as a question is none', () => {
  fc.assert(
    fc.property(claim, (statement) => {
      expect(extract(`If ${statement}, we merge.`)).toEqual([]);
      expect(extract(`${statement}?`)).toEqual([]);
      expect(extract(`We merge once ${statement}.`)).toEqual([]);
    }),
    runs,
  );
});

const prose = fc.constantFrom(
  'The parser reads one token at a time.',
  'Here is a short overview of the design.',
  'It keeps a small cache in memory.\nLines may wrap.',
  'Thanks for the report.',
);

test('unrelated paragraphs before and after change nothing but the offsets', () => {
  fc.assert(
    fc.property(claim, prose, prose, (statement, before, after) => {
      const lead = `${before}\n\n`;
      const alone = extract(statement);
      const amid = extract(`${lead}${statement}\n\n${after}`);
      expect(amid.map(notationOf)).toEqual(alone.map(notationOf));
      expect(amid.map(({ span }) => (span?.start ?? 0) - lead.length)).toEqual(alone.map(({ span }) => span?.start));
    }),
    runs,
  );
});
