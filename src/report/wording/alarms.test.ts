import { expect, test } from 'vitest';
import { examples } from '../../../test/make/example-diagnoses.ts';
import { looked, tooShort } from '../../../test/make/example-scopes.ts';
import type { Diagnosis } from '../../core/debt/diagnosis.ts';
import { diagnosisHtml } from '../html/page.ts';
import { diagnosisMarkdown } from '../markdown/diagnosis.ts';
import { diagnoseText } from '../terminal/diagnose.ts';

const paper = { width: 80, colour: false };
const counted = `${tooShort.length} too short for it (fewer than 26 weeks with data in the baseline)`;

test.each([
  ['terminal', (told: Diagnosis) => diagnoseText(paper, told), `${looked.length} series watched; ${counted}.`],
  ['HTML', diagnosisHtml, `${counted}: `],
  ['Markdown', diagnosisMarkdown, `${counted}: `],
])('%s says how many series were watched and how many are too short, with and without an alarm', (_, door, said) => {
  expect(tooShort.length).toBeGreaterThan(0);
  const promise = 'Where nothing changes, a report raises anything at all with a probability of at most 10';
  for (const told of [examples.rich, examples.broken]) {
    const text = door(told).replaceAll(/\s+/g, ' ');
    expect(text).toContain(said);
    expect(text).toContain(promise);
  }
});
