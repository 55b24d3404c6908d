import { expect, test } from 'vitest';
import { defaultConfig } from '../core/config/default-config.ts';
import { trustGate } from './trust-gate.ts';

test('a person is asked about all of a command: nothing moves the cursor, hides, or looks like another line', async () => {
  const asked: string[] = [];
  const gate = trustGate({
    trust: { isTrusted: () => Promise.resolve(false), record: () => Promise.reject(new Error('nobody said yes')) },
    settings: { config: defaultConfig('r'), configured: true, detected: [], trustDigest: '' },
    dir: '/r\u001B[2J',
    vouched: false,
    ask: (question) => (asked.push(question), Promise.resolve('n')),
    now: () => '2026-01-01T00:00:00Z',
    redact: (text) => text,
  });
  await expect(gate.pass(['rm x\r\u001B[2Kls \u202E\u200B', 'one\n  two'])).rejects.toThrow('would do this as you');
  await expect(gate.pass(['one\n  two'])).rejects.toThrow('would do this as you');
  expect(asked).toEqual([
    'a claim in /r\\u{1b}[2J would do this as you:\n  rm x\\u{d}\\u{1b}[2Kls \\u{202e}\\u{200b}\nTrust it? [y/N] ',
    'a claim in /r\\u{1b}[2J would do this as you:\n  one\n        two\nTrust it? [y/N] ',
  ]);
});
