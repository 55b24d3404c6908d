import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyDiagnosis, spoken } from '../../../test/make/diagnosis.ts';
import { examples } from '../../../test/make/example-diagnoses.ts';
import { measured, tooFew } from '../../../test/make/figures.ts';
import type { Diagnosis } from '../../core/debt/diagnosis.ts';
import { markup } from './markup.ts';
import { diagnosisHtml } from './page.ts';
import { style, styleHash } from './style.ts';
import { weeklyChart } from './weekly.ts';

/** All tags with the names of their attributes: what a text may not change. */
function skeleton(html: string): readonly string[] {
  return [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replaceAll(/="[^"]*"/g, '=""'));
}

const pieces = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'",
  '</title>',
  '</style>',
  '</svg>',
  '<!--',
  ']]>',
  '&lt;',
  '&#60;',
  'javascript:',
  '\u202E',
  '\u2067',
  '\u0000',
  '\u200B',
  '\n',
  '`${',
  '\uD800',
];
const hostileText = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));

/** Each mark and its repository, as the numbers of charts have them. */
function marksIn(html: string): readonly string[] {
  return [...html.matchAll(/<tr><td>(\w+)<\/td><td><bdi>([^<]+)/g)].map(([, mark, name]) => `${mark} ${name}`);
}

test('a repository has the same mark in a chart that does not show those before it', () => {
  const [funnel] = examples.several.funnels;
  if (funnel === undefined) throw new Error('no example');
  const later = { ...funnel, points: funnel.points.slice(1) };
  const all = ['A harbour/payments', 'B harbour/search', 'C fresh-start'];
  expect(marksIn(diagnosisHtml({ ...examples.several, funnels: [funnel] }))).toEqual(all);
  expect(marksIn(diagnosisHtml({ ...examples.several, funnels: [later] }))).toEqual(all.slice(1));
});

test('a repository that a chart does not show is named, and equal ends of a scale are written once', () => {
  const html = diagnosisHtml(examples.several);
  expect(html.match(/Not observed here, or too seldom: [^<]+/g)).toEqual([
    'Not observed here, or too seldom: fresh-start.',
  ]);
  const funnel = html.slice(html.indexOf('<title>Corrected changes, by repository'));
  expect(funnel.slice(0, funnel.indexOf('few observations')).match(/text-anchor="end">/g)).toHaveLength(1);
});

test.each([
  [1, ['0 people', '1 person']],
  [5, ['0 people', '2 people', '4 people', '6 people']],
])('an axis for %i has whole persons', (most, labels) => {
  const [signal] = examples.rich.repositories[0]?.scopes[0]?.signals ?? [];
  if (signal === undefined) throw new Error('no example');
  const weekly = [{ ...signal.weekly.at(-1), week: signal.windows.now.from, value: most, n: most }];
  const now = measured(most, 0, 9);
  const chart = weeklyChart({ ...signal, unit: 'people', weekly, now, before: tooFew(0, 8) }, []);
  const found = [...(chart?.text ?? '').matchAll(/text-anchor="end">([^<]+)/g)].map(([, label]) => label);
  expect(found).toEqual(labels.map((label) => label.replace(' ', '\u00A0')));
});

describe('hostile text', () => {
  test('changes no tag and turns no direction', () => {
    const plain = skeleton(diagnosisHtml(spoken(examples.several, 'x')));
    expect(plain.length).toBeGreaterThan(1000);
    fc.assert(
      fc.property(hostileText, (text) => {
        const html = diagnosisHtml(spoken(examples.several, text));
        expect(skeleton(html)).toEqual(plain);
        expect(html).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}](?<!\n)/u);
      }),
      { numRuns: 15 },
    );
  });

  test('is caught where it is not escaped', () => {
    const html = diagnosisHtml(spoken(examples.rich, '<script>alert(1)</script>'));
    expect(html).toContain('&lt;script&gt;');
    expect(skeleton(html.replace('&lt;', '<'))).not.toEqual(skeleton(html));
  });

  test('cannot leave an attribute', () => {
    expect(markup`<a href="#${`" onclick='x'`}">`.text).toBe('<a href="#&quot; onclick=&#39;x&#39;">');
  });
});

/** Only the style is taken as it is, and every attribute that takes a text stands in quotation marks. */
test('no template goes around escaping', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.ts') && !name.includes('.test.'));
  const texts = files.map((name) => [name, readFileSync(`${import.meta.dirname}/${name}`, 'utf8')] as const);
  expect(texts.length).toBeGreaterThan(10);
  expect(texts.filter(([, text]) => text.includes('new Markup(')).map(([name]) => name)).toEqual([
    'markup.ts',
    'shell.ts',
  ]);
  const bare = /<[a-z][^<>`]*=\$\{/;
  expect(texts.filter(([, text]) => bare.test(text))).toEqual([]);
  expect('markup`<a href=${url}>`').toMatch(bare);
});

describe('any diagnosis', () => {
  const any = anyDiagnosis(fc.string({ unit: 'grapheme', maxLength: 12 }));

  test('is shown without a number that is none, an id twice or a link to nowhere', () => {
    fc.assert(fc.property(any, wholesome), { numRuns: 150 });
    for (const example of Object.values(examples)) wholesome(example);
  });
});

function wholesome(diagnosis: Diagnosis): void {
  const html = diagnosisHtml(diagnosis);
  const tags = skeletonWithValues(html);
  expect(tags.join('')).not.toMatch(/NaN|Infinity|undefined|\[object/);
  const ids = tags.flatMap((tag) => / id="([^"]*)"/.exec(tag)?.[1] ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  const links = tags.flatMap((tag) => / href="#([^"]*)"/.exec(tag)?.[1] ?? []);
  expect(links.filter((link) => !ids.includes(link))).toEqual([]);
}

function skeletonWithValues(html: string): readonly string[] {
  return [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag);
}

test('two runs give the same bytes, and texts have no word of a program', () => {
  for (const example of Object.values(examples)) {
    const html = diagnosisHtml(example);
    expect(diagnosisHtml(structuredClone(example))).toBe(html);
    expect(html).not.toMatch(/NaN|Infinity|undefined|\[object/);
  }
});

function skipped(html: string): readonly number[] {
  const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
  return levels.filter((level, at) => level > (levels[at - 1] ?? 0) + 1);
}

test('headings skip no level', () => {
  for (const example of Object.values(examples)) expect(skipped(diagnosisHtml(example))).toEqual([]);
  expect(skipped(diagnosisHtml(examples.young).replace('<h2', '<p'))).toEqual([3]);
});

test('the policy allows this style, and no other', () => {
  expect(styleHash).toBe(`sha256-${createHash('sha256').update(style).digest('base64')}`);
  expect(diagnosisHtml(examples.young)).toContain(
    `default-src &#39;none&#39;; style-src &#39;${styleHash}&#39;; img-src data:`,
  );
});

test('a drawing, letter by letter', async () => {
  const [signal] =
    examples.broken.repositories[0]?.scopes[0]?.signals.filter(({ id }) => id === 'review-density') ?? [];
  const alarms = examples.broken.repositories[0]?.scopes[0]?.alarms.found.slice(0, 1) ?? [];
  const chart = signal && weeklyChart({ ...signal, weekly: signal.weekly.slice(44, 52) }, alarms);
  await expect(`${chart?.text ?? ''}\n`).toMatchFileSnapshot('../../../test/fixtures/report/weekly.svg.html');
});
