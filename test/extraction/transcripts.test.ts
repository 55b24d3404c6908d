import { describe, expect, test } from 'vitest';
import { extract } from '../../src/core/claim/extract/extract.ts';
import { messagesOf, quotesOf, transcriptFolder } from './transcripts.ts';

const folder = transcriptFolder();
if (folder === undefined) process.stderr.write('skipped: no reference transcripts; set FACTUM_TEST_DATA\n');

describe.skipIf(folder === undefined)('final messages of real sessions', () => {
  const quotes = folder === undefined ? [] : quotesOf(folder);

  test('there are quotes to look for', () => {
    expect(quotes.length).toBeGreaterThanOrEqual(11);
  });

  test.each(quotes)('$file: "$quote"', ({ file, quote, expected }) => {
    const message = messagesOf(folder ?? '', file).find((text) => text.includes(quote)) ?? '';
    const start = message.indexOf(quote);
    expect(start).toBeGreaterThanOrEqual(0);
    const inside = extract(message).filter(
      ({ span }) => span !== undefined && span.start >= start && span.end <= start + quote.length,
    );
    expect(inside.map(({ kind }) => kind)).toContain('tests-pass');
    if (/lint/.test(quote)) expect(inside.map(({ kind }) => kind)).toContain('lint-clean');
    if (/typecheck/.test(quote)) expect(inside.map(({ kind }) => kind)).toContain('types-check');
    const admits = /failure|failed/.test(quote) || expected === 'disputed';
    if (admits) expect(inside.map(({ scope }) => scope)).not.toContain('all');
  });
});
