import { expect, test } from 'vitest';
import { seen } from '../core/ports.ts';
import { matchPattern } from './pattern.ts';

test('a pattern is matched as the language does it', async () => {
  expect(await matchPattern({ pattern: '^b.$', flags: 'mu', text: 'a\nb✓\nc' })).toEqual(seen(true));
  expect(await matchPattern({ pattern: '^b.$', flags: 'u', text: 'a\nb✓\nc' })).toEqual(seen(false));
});

test('one that would take years ends, and is no answer', async () => {
  const text = `${'a'.repeat(60)}!`;
  for (const pattern of ['^(a+)+$', '^(a|a)*$', '^(a|aa)+$']) {
    const answer = await matchPattern({ pattern, flags: 'mu', text }, 100);
    expect(answer, pattern).toMatchObject({ ok: false, why: 'time-out' });
  }
});

test('one that is none is no answer', async () => {
  expect(await matchPattern({ pattern: '(', flags: 'u', text: '' })).toMatchObject({ ok: false, why: 'broken' });
});
