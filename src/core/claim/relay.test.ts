import { expect, test } from 'vitest';
import { aClaim, anInput, claimId } from '../../../test/make/claim-values.ts';
import { verdictsOf } from './relay.ts';

/** Why each of these claims is what it is; `[1, 2]`: claim 1 passes on claim 2. */
function because(...links: readonly (readonly [number, number])[]): ReadonlyMap<string, string | undefined> {
  const claims = links.map(([from, to]) => aClaim({ id: claimId(from), relays: claimId(to) }));
  const verdicts = [...verdictsOf(claims.map((claim) => anInput({ claim })))];
  expect(verdicts.map(([, { verdict }]) => verdict)).toEqual(links.map(() => 'hearsay'));
  return new Map(verdicts.map(([id, { parts }]) => [id, parts[0]?.because]));
}

test('hearsay names the claim that is passed on, and what is wrong with it', () => {
  const chain = because([1, 2], [2, 9]);
  expect(chain.get(claimId(1))).toBe(`it only passes on claim ${claimId(2)}, which is hearsay`);
  expect(chain.get(claimId(2))).toBe(`it only passes on claim ${claimId(9)}, which this ledger does not have`);
});

const round = (to: number): string => `it only passes on claim ${claimId(to)}, which in the end passes on this one`;

test('in a circle each says so, and who stands outside does not', () => {
  const circle = because([3, 1], [1, 2], [2, 1], [4, 4]);
  expect([1, 2, 4].map((n) => circle.get(claimId(n)))).toEqual([round(2), round(1), round(4)]);
  expect(circle.get(claimId(3))).toBe(`it only passes on claim ${claimId(1)}, which is hearsay`);
});
