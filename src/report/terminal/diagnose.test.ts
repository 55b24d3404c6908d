import { expect, test } from 'vitest';
import { examples } from '../../../test/make/example-diagnoses.ts';
import type { Diagnosis } from '../../core/debt/diagnosis.ts';
import { diagnosisMarkdown } from '../markdown/diagnosis.ts';
import { diagnosisHtml } from '../html/page.ts';
import { executionDebtWhat } from '../wording/terms.ts';
import { diagnoseText } from './diagnose.ts';

const paper = { width: 80, colour: false };
const earlier = { from: '2020-01-06T00:00:00.000Z', to: '2020-04-06T00:00:00.000Z' };

/** The example with these signals, by title, in a window of their own; all others in that of the report. */
function readIn(id: string | undefined): string {
  const repositories = examples.rich.repositories.map((repository) => ({
    ...repository,
    scopes: repository.scopes.map((scope) => ({
      ...scope,
      signals: scope.signals.map((signal) => {
        const now = signal.id === id ? earlier : repository.windows.now;
        return { ...signal, windows: { ...signal.windows, now } };
      }),
    })),
  }));
  return diagnoseText(paper, { ...examples.rich, repositories } as Diagnosis);
}

test('a figure that is read of another window says of which, and no other does', () => {
  const [scope] = examples.rich.repositories[0]?.scopes ?? [];
  const signal = scope?.executionDebt.measured.signal;
  const told = readIn(signal);
  expect(told.replaceAll(/\s+/g, ' ')).toMatch(/n = \d+, 2020-01-06 to 2020-04-06/);
  expect(told.replaceAll(/\s+/g, ' ')).toContain('is read of an earlier window. 2020-01-06 to 2020-04-06: ');
  expect(Math.max(...told.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(readIn(undefined)).not.toMatch(/earlier window|2020-01-06/);
});

test.each([
  ['terminal', (told: Diagnosis) => diagnoseText(paper, told)],
  ['HTML', diagnosisHtml],
  ['Markdown', diagnosisMarkdown],
])('what is predicted is an index and what is measured a share: %s', (_, tell) => {
  const told = tell(examples.rich as Diagnosis).replaceAll(/\s+/g, ' ');
  expect(told).toContain(executionDebtWhat.predicted);
  expect(told.toLowerCase()).toContain(executionDebtWhat.measured.toLowerCase());
  expect(told).not.toContain('is not real. 0 is none');
});

test.each([
  ['terminal', (told: Diagnosis) => diagnoseText(paper, told)],
  ['HTML', diagnosisHtml],
  ['Markdown', diagnosisMarkdown],
])('that visibility stands on one factor alone is said: %s', (_, tell) => {
  const told = (missing?: 'execution') => {
    const repositories = examples.rich.repositories.map((repository) => ({
      ...repository,
      scopes: repository.scopes.map((scope) => ({ ...scope, visibility: { ...scope.visibility, missing } })),
    }));
    return tell({ ...examples.rich, repositories } as Diagnosis).replaceAll(/\s+/g, ' ');
  };
  expect(told('execution')).toContain('Visibility stands on decisions alone; execution was not seen.');
  expect(told()).not.toContain('stands on');
});

test.each([
  [
    'terminal',
    (told: Diagnosis) => diagnoseText(paper, told),
    /Contribution asymmetry +0\.62 .* effectively 4\.2 of 9 people/,
  ],
  [
    'HTML',
    diagnosisHtml,
    /Contribution asymmetry<\/h3>.*<p class="number large"><b>4\.2<\/b><span>of 9 people, effectively<\/span>/,
  ],
  ['Markdown', diagnosisMarkdown, /Contribution asymmetry \| \S+ \| effectively 4\.2 of 9 people; 0\.62/],
])('how many people the work effectively rests on stands beside the index: %s', (_, tell, expected) => {
  expect(tell(examples.rich as Diagnosis).replaceAll(/\s+/g, ' ')).toMatch(expected);
});

test.each([
  ['terminal', (told: Diagnosis) => diagnoseText(paper, told)],
  ['HTML', diagnosisHtml],
  ['Markdown', diagnosisMarkdown],
])('what rework costs in money stands in every form: %s', (_, tell) => {
  const told = structuredClone(examples.rich) as Diagnosis;
  for (const { scopes } of told.repositories)
    for (const { cost } of scopes)
      cost.money = { value: 56_431.4, band: { lo: 30_122, hi: 85_001, level: 0.8 }, currency: 'EUR' };
  expect(tell(told)).toContain('EUR 56,431 (30,122 to 85,001)');
});
