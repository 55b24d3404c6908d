import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import { anyDiagnosis, spoken } from '../../../test/make/diagnosis.ts';
import { examples } from '../../../test/make/example-diagnoses.ts';
import { visible } from '../../core/visible.ts';
import { diagnosisMarkdown } from './diagnosis.ts';
import { plain } from './text.ts';

/** What a forge makes of it, without empty comments. */
function rendered(markdown: string): string {
  const html = micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
  return html.replaceAll('<!-- -->', '');
}

function tagsOf(html: string): readonly string[] {
  return [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag);
}

function textOf(html: string): string {
  const names = { lt: '<', gt: '>', amp: '&', quot: '"' } as const;
  return html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(lt|gt|amp|quot);/g, (_, name: keyof typeof names) => names[name]);
}

const blocks = [
  '\n',
  '\n\n# ',
  '- ',
  '1. ',
  '1) ',
  '+',
  '=',
  '---',
  '> ',
  '\t',
  '    ',
  '|',
  '\\|',
  '```',
  '</details>',
];
const inline = [
  '`',
  '**',
  '__',
  '~~',
  '[a](http://b)',
  '![a](b)',
  '[^1]',
  '\\',
  '&lt;',
  '&#35;',
  '$x$',
  ':',
  'a',
  '日',
];
const calls = ['<script>alert(1)</script>', '<!--', '-->', '<http://a.b>', 'https://a.b/c', 'www.a.b', '@b', '#12'];
const hostile = fc
  .array(fc.constantFrom(...blocks, ...inline, ...calls, '\u202E', '\u0000'), { minLength: 1, maxLength: 6 })
  .map((pieces) => pieces.join(''))
  .filter((text) => text.trim() !== '');

describe('hostile text', () => {
  test('is read as it is and makes nothing, where a line, an item or a quotation begins', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom('', '- ', '> ', '1. ', 'a '), (text, before) => {
        const html = rendered(before + plain(text));
        expect(tagsOf(html)).toEqual(tagsOf(rendered(`${before}a`)));
        const read = textOf(html)
          .trim()
          .replace(/^a /, before === 'a ' ? '' : '$&');
        expect(read).toBe(visible(text).replaceAll(/\s+/g, ' ').trim());
      }),
      { numRuns: 250 },
    );
  });

  test('changes no tag of a whole report', () => {
    const before = tagsOf(rendered(diagnosisMarkdown(spoken(examples.broken, 'x'))));
    expect(before.length).toBeGreaterThan(300);
    fc.assert(
      fc.property(hostile, (text) => {
        expect(tagsOf(rendered(diagnosisMarkdown(spoken(examples.broken, `${text}x`))))).toEqual(before);
      }),
      { numRuns: 10 },
    );
  });

  test.each(['<b>', '[a](b)', 'https://a.b', '`a`', '- a', '~~a~~', '# a'])(
    '%s is caught where it is not escaped',
    (text) => {
      expect(tagsOf(rendered(text))).not.toEqual(tagsOf(rendered('a')));
      expect(tagsOf(rendered(plain(text)))).toEqual(tagsOf(rendered('a')));
    },
  );
});

test('any diagnosis is told without a number that is none', () => {
  fc.assert(
    fc.property(anyDiagnosis(fc.constant('x')), (diagnosis) => {
      expect(diagnosisMarkdown(diagnosis)).not.toMatch(/NaN|Infinity|undefined|\[object/);
    }),
    { numRuns: 50 },
  );
});

describe.each(['rich', 'broken', 'young'] as const)('%s', (name) => {
  test('is told the same twice, and fits into a comment', async () => {
    const markdown = diagnosisMarkdown(examples[name]);
    expect(diagnosisMarkdown(structuredClone(examples[name]))).toBe(markdown);
    expect(markdown.length).toBeLessThan(65_536);
    expect(rendered(markdown)).toContain('<table>');
    if (name === 'young') await expect(markdown).toMatchFileSnapshot(`../../../test/fixtures/report/${name}.md`);
  });
});
