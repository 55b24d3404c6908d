import { expect, test } from 'vitest';
import { aClaim, aLook, aPolicy, claimId, minute } from '../../test/make/claim-values.ts';
import type { ClaimRecord, ReadContext } from '../core/operation.ts';
import { defaultConfig } from '../core/config/default-config.ts';
import { list } from './list.ts';

/** An index of so many claims, oldest first, that counts how many were asked for. */
function indexOf(count: number): { readonly context: ReadContext; readonly asked: number[] } {
  const asked: number[] = [];
  const records = Array.from({ length: count }, (_, n): ClaimRecord => {
    const claim = aClaim({ id: claimId(n), claimedAt: minute(n), pod: 'sums' });
    const outcome = n % 10 === 0 ? 'refuted' : 'supported';
    const evidence = [aLook({ claim: claim.id, outcome, observedAt: minute(n) })];
    return { claim, index: n, leafHash: '', evidence, attestations: [], withdrawals: [], erasures: [], uncounted: [] };
  });
  const read = {
    claims: async (newest = count) => {
      asked.push(newest);
      return records.slice(-newest);
    },
    policyInForce: async () => aPolicy(),
  };
  const context = {
    read,
    settings: { config: defaultConfig('sums'), configured: false, detected: [] },
    ports: { now: () => minute(count) },
  };
  return { context: context as unknown as ReadContext, asked };
}

async function listed(context: ReadContext, input: object): Promise<{ claims: { id: string }[]; more: boolean }> {
  return (await list.run(context as never, list.input.parse(input))) as never;
}

test('the newest come first, and no more than needed are read', async () => {
  const { context, asked } = indexOf(1000);
  const answer = await listed(context, { limit: 5 });
  expect(answer.claims.map(({ id }) => id)).toEqual([999, 998, 997, 996, 995].map(claimId));
  expect(answer.more).toBe(true);
  expect(asked).toEqual([10]);
});

test('older ones are read until the list is full or there are none', async () => {
  const { context } = indexOf(100);
  const contradicted = await listed(context, { limit: 5, verdict: ['contradicted'] });
  expect(contradicted.claims.map(({ id }) => id)).toEqual([90, 80, 70, 60, 50].map(claimId));
  expect(contradicted.more).toBe(true);
  const all = await listed(context, { limit: 500, verdict: ['contradicted'] });
  expect(all.claims).toHaveLength(10);
  expect(all.more).toBe(false);
  expect((await listed(context, { limit: 100 })).more).toBe(false);
});
