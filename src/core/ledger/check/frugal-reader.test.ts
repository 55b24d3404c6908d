import { describe, expect, test } from 'vitest';
import { readerOf } from '../../../../test/make/ledger-files.ts';
import { sha256 } from '../../../../test/make/trees.ts';
import { frugalReader } from './frugal-reader.ts';
import type { LedgerReader } from './reader.ts';

const endless: LedgerReader = { place: 'nowhere', layout: 'log', read: () => Promise.resolve(new Uint8Array(1)) };

async function readAll(reader: LedgerReader): Promise<number> {
  for (let read = 0; ; read++) await reader.read(`tile/entries/${read}`);
}

describe('a ledger of a stranger', () => {
  test('says what it says', async () => {
    const files = new Map([['checkpoint', new Uint8Array([1, 2])]]);
    const reader = frugalReader(readerOf(files), { sha256, maxBytes: 2 ** 20 });
    expect(await reader.read('checkpoint')).toEqual(new Uint8Array([1, 2]));
    expect(await reader.read('vkey')).toBeUndefined();
  });

  test('that never ends is left', async () => {
    const reader = frugalReader(endless, { sha256, maxBytes: 2 ** 20 });
    await expect(readAll(reader)).rejects.toMatchObject({ code: 'LEDGER_TOO_LARGE' });
  });

  test('that never ends with files that are not there is left', async () => {
    const reader = frugalReader(readerOf(new Map()), { sha256, maxBytes: 2 ** 20 });
    await expect(readAll(reader)).rejects.toMatchObject({ code: 'LEDGER_TOO_LARGE' });
  });

  test('is read again at no cost', async () => {
    const reader = frugalReader(endless, { sha256, maxBytes: 2 ** 14 });
    for (let again = 0; again < 100; again++) await reader.read('checkpoint');
  });

  test.each([
    ['other bytes', new Uint8Array([3])],
    ['nothing', undefined],
  ])('that says %s when it is asked again is refused', async (_name, second) => {
    const files = new Map([['checkpoint', new Uint8Array([1, 2])]]);
    const reader = frugalReader(readerOf(files), { sha256, maxBytes: 2 ** 20 });
    await reader.read('checkpoint');
    if (second === undefined) files.delete('checkpoint');
    else files.set('checkpoint', second);
    await expect(reader.read('checkpoint')).rejects.toMatchObject({ code: 'LEDGER_UNREADABLE' });
  });
});
