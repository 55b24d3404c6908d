import { expect, test } from 'vitest';
import { examples } from '../../../test/make/example-diagnoses.ts';
import { looked, tooShort } from '../../../test/make/example-scopes.ts';
import type { Diagnosis } from '../../core/debt/diagnosis.ts';
import { diagnosisHtml } from '../html/page.ts';
import { diagnosisMarkdown } from '../markdown/diagnosis.ts';
import { diagnoseText } from '../terminal/diagnose.ts';

const paper = { width: 80, colour: false };
const counted = `${tooShort.length} too short for it (fewer than 26 weeks with data in the baseline)`;

const doors = [
  ['terminal', (told: Diagnosis) => diagnoseText(paper, told), `${looked.length} series watched; ${counted}.`],
  ['HTML', diagnosisHtml, `${counted}: `],
  ['Markdown', diagnosisMarkdown, `${counted}: `],
] as const;

test.each(doors)('%s says how fast a drift goes, and how sure that is', (_, door) => {
  const text = door(examples.broken)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\\(?=\W)/g, '');
  expect(text).toContain('Corrected changes went from 3.1 % to 6.2 % gradually');
  expect(text).toContain('by 5 points in 52 weeks (95 % interval 2 to 7 points): worse.');
});

test.each(doors)(
  '%s says how many series were watched and how many are too short, with and without an alarm',
  (_, door, said) => {
    expect(tooShort.length).toBeGreaterThan(0);
    const promise = 'Where nothing changes, a report raises anything at all with a probability of at most 10';
    for (const told of [examples.rich, examples.broken]) {
      const text = door(told).replaceAll(/\s+/g, ' ');
      expect(text).toContain(said);
      expect(text).toContain(promise);
    }
  },
);
