import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noteKey } from '../../../test/make/note-keys.ts';
import { sha256 } from '../../../test/make/trees.ts';
import { formatVkey, verifierKey } from '../ledger/vkey.ts';
import { parseConfig } from './parse.ts';
import { witnessesIn, withoutWitness, withWitness } from './witnesses.ts';

const [a, b] = ['a.example', 'b.example'].map((name) => ({
  vkey: formatVkey(noteKey(name, 0x04).key),
  url: `https://${name}/witness`,
})) as [{ vkey: string; url: string }, { vkey: string; url: string }];

const start = `# ours
version: 1
pods:
- id:   core # not indented, with spaces
  paths: ["**"]
`;

function witnesses(text: string): unknown {
  return parseConfig(text, []).ledger.witnesses;
}

test('a first witness is appended: what was there stays byte for byte', () => {
  const added = withWitness(start, a);
  expect(added.startsWith(start)).toBe(true);
  expect(witnesses(added)).toEqual([a]);
  expect(withWitness(start.trimEnd(), a)).toBe(added);
});

test.each([
  ['', [a, b]],
  ['ledger: {}\n', [b]],
  ['ledger:\n', [b]],
  ['ledger:\n  require_witness: true # strict\n', [b]],
  ['ledger:\n  witnesses: []\n', [b]],
  [`ledger:\n  # who\n  witnesses:\n    # first\n    - { vkey: ${a.vkey}, url: ${a.url} }\n`, [a, b]],
  ['---\n', [b]],
])('a witness is added after %j, and comments stay', (block, expected) => {
  const text = block === '' ? withWitness(start, a) : block === '---\n' ? `---\n${start}...\n` : `${start}${block}`;
  const added = withWitness(text, b);
  expect(witnesses(added)).toEqual(expected);
  for (const [comment] of text.matchAll(/#.*$/gm)) expect(added).toContain(comment);
  expect(parseConfig(added, [])).toMatchObject({ pods: [{ id: 'core' }] });
});

test('law: who is added and removed leaves the others', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 6 })), (order) => {
      let text = start;
      const held: string[] = [];
      for (const at of order) {
        const vkey = `w${at}+0000000${at}+BAAA`;
        if (held.includes(vkey)) text = withoutWitness(text, held.splice(held.indexOf(vkey), 1)[0] ?? '');
        else {
          text = withWitness(text, { vkey, url: 'http://127.0.0.1:1' });
          held.push(vkey);
        }
        expect(parseConfig(text, []).ledger.witnesses.map((each) => each.vkey)).toEqual(held);
      }
    }),
  );
});

test('only keys of witnesses that can be checked are taken', () => {
  const ledger = (vkey: string) => ({ twin_leaves: true, require_witness: false, witnesses: [{ vkey, url: a.url }] });
  expect(witnessesIn(ledger(a.vkey), sha256)).toMatchObject([{ key: { name: 'a.example' }, url: a.url }]);
  const mlDsa = verifierKey({ name: 'm.example', type: 0x06, publicKey: new Uint8Array(1312) }, sha256);
  const keys = [formatVkey(noteKey('log').key), formatVkey(mlDsa), a.vkey.replace('a.', 'b.')];
  for (const vkey of keys) expect(() => witnessesIn(ledger(vkey), sha256)).toThrow(/ledger\.witnesses/);
});

test.each(['ftp://a', 'https://a b', 'https://user@a', 'https://a?b', 'a.example'])('no address: %s', (url) => {
  expect(() => witnesses(withWitness(start, { ...a, url }))).toThrow(/url/);
});
