import { expect, test } from 'vitest';
import { aClaim, aPolicy, claimId, minute } from '../../../test/make/claim-values.ts';
import type { Claim } from './claim.ts';
import { openClaims } from './open.ts';
import type { VerdictName } from './verdict.ts';

const { policy } = aPolicy({ keep_open: '2h' });
const session = { agent: 'codex', id: 's1' };

function open(claims: readonly Claim[], asOf: string, verdict: VerdictName = 'supported'): readonly string[] {
  const inputs = claims.map((claim) => ({ claim, withdrawals: [], verdict }));
  return [...openClaims(inputs, policy, asOf)];
}

test('a claim is open until it is withdrawn, verified or old', () => {
  expect(open([aClaim()], minute(119))).toHaveLength(1);
  expect(open([aClaim()], minute(121))).toEqual([]);
  expect(open([aClaim()], minute(1), 'verified')).toEqual([]);
  expect(open([aClaim()], minute(1), 'withdrawn')).toEqual([]);
});

test('a standing claim does not grow old', () => {
  expect(open([aClaim({ standing: true })], minute(10_000))).toHaveLength(1);
});

test('a later claim of the same session, kind and scope supersedes', () => {
  const first = aClaim({ session });
  const second = aClaim({ id: claimId(2), session, claimedAt: minute(5) });
  expect(open([first, second], minute(6))).toEqual([second.id]);
  expect(open([second, first], minute(6))).toEqual([second.id]);
  const lint = aClaim({ ...second, parts: [{ id: 'p1', kind: 'lint-clean', scope: 'all', options: {} }] });
  expect(open([first, lint], minute(6))).toHaveLength(2);
  expect(open([first, aClaim({ ...second, session: { ...session, id: 's2' } })], minute(6))).toHaveLength(2);
});
