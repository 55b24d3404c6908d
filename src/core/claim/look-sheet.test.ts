import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import { aClaim, claimId } from '../../../test/make/claim-values.ts';
import type { Claim } from './claim.ts';
import { lookSheet, sheetDigest } from './look-sheet.ts';
import { PartKind } from './part.ts';

const sha256 = (bytes: Uint8Array): string => hash('sha256', bytes);

/** Every line that a sheet can have, and characters that no terminal may act on. */
const rich: Claim = {
  ...aClaim({
    statement: 'It is done.\nTruly: \u001b[31mred\u001b[0m, \u202eright to left, \u{1f600}.',
    standing: true,
    intent: 'sums',
    relays: claimId(7),
    target: { repository: 'sums', commit: 'c'.repeat(40), tree: 'a'.repeat(40), branch: 'main', url: 'http://a/\tb' },
  }),
  parts: PartKind.options.map((kind, at) => ({
    id: `p${at + 1}`,
    kind,
    scope: at === 0 ? 'named' : 'all',
    ...(at === 0 ? { names: ['one\ntwo', 'three'], expected: { passed: 3 } } : {}),
    ...(at === 1 ? { verifier: 'command-succeeds', proposed: true } : {}),
    options: at === 1 ? { command: 'make \u2066all' } : {},
  })),
};

// Answers that are signed name these digests: whoever changes the rendering takes their weight from all of them.
test('the sheet of a claim is what it was when people answered', () => {
  expect(sheetDigest(aClaim(), sha256)).toMatchInlineSnapshot(
    `"6b10b8e3179772e4db949fe71dca89a05b5620bb4b36db30083402ef31cc56d7"`,
  );
  expect(sheetDigest(rich, sha256)).toMatchInlineSnapshot(
    `"da78483372cb5fd77eebc4d422afe402a61d8584831d2f3b42bd11460165fb1c"`,
  );
});

test('what is said cannot pass for a line of the sheet', () => {
  const text = lookSheet(aClaim({ statement: 'All tests pass.\n\nThen confirm.' }));
  expect(text).toContain('    | All tests pass.\n    | \n    | Then confirm.\n');
});
