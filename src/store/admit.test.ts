import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { isForGood } from '../core/ledger/admission.ts';
import { sourceOf } from '../core/ledger/peer.ts';
import { claimId } from '../../test/make/claim-values.ts';
import { entryMaker, humanKey, machineKey } from '../../test/make/ledger-entries.ts';
import { storePlace } from '../../test/make/store-contract.ts';
import { sha256Hex } from '../../test/make/envelope-ref.ts';
import type { Store } from './store.ts';

const envelopes = new Map<string, Uint8Array>();
const machine = machineKey();
const ada = humanKey();
const bob = humanKey();

beforeAll(async () => {
  const { entries, keyEntry, claim, look, attest } = entryMaker();
  await keyEntry('request', ada, ada, { holder: 'ada' });
  await keyEntry('enroll', machine, ada, { holder: 'laptop' });
  await keyEntry('enroll', bob, ada, { holder: 'bob' });
  await keyEntry('request', machine, machine, { holder: 'laptop' });
  await claim(machine);
  await claim(machine, { id: claimId(2), relays: claimId(1) });
  await claim(machine, { id: claimId(3), relays: claimId(2) });
  await look(machine);
  await look(machine, claimId(3));
  await attest(ada, 'ada');
  await attest(bob, 'bob', { claim: claimId(3) });
  for (const entry of entries) envelopes.set(sha256Hex(entry), entry);
});

async function freshStore(): Promise<Store> {
  return (await storePlace()).open();
}

/** All that a verdict is made of; not where it stands, which each log says differently. */
async function said(store: Store): Promise<unknown> {
  const claims = await store.read.claims();
  const told = claims.map((claim) => ({ ...claim, index: 0, uncounted: claim.uncounted.map(({ why }) => why) }));
  return told.toSorted((a, b) => (a.claim.id < b.claim.id ? -1 : 1));
}

test('law: in whatever order and pieces envelopes come, the end is the same, and once more changes nothing', async () => {
  const whole = await freshStore();
  expect((await whole.admit(sourceOf(envelopes))).refused).toEqual([]);
  const expected = await said(whole);
  const all = [...envelopes];
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(all, { minLength: all.length }),
      fc.array(fc.nat(all.length), { maxLength: 3 }),
      async (shuffled, cuts) => {
        const store = await freshStore();
        for (const cut of cuts) await store.admit(sourceOf(new Map(shuffled.slice(0, cut))));
        await store.admit(sourceOf(new Map(shuffled)));
        expect(new Set((await store.envelopes.names()).keys())).toEqual(new Set(envelopes.keys()));
        expect(await said(store)).toEqual(expected);
        const again = await store.admit(sourceOf(new Map(shuffled)));
        expect(again).toEqual({ admitted: [], known: shuffled.map(([name]) => name), refused: [] });
        await store.close();
      },
    ),
    { numRuns: 25 },
  );
});

test('the same envelopes from several at once are there once', async () => {
  const there = await storePlace();
  const stores = [there.open(), there.open(), there.open()];
  const done = await Promise.all(stores.map((store) => store.admit(sourceOf(envelopes))));
  expect(done.flatMap(({ refused }) => refused)).toEqual([]);
  expect((await there.open().envelopes.names()).size).toBe(envelopes.size);
});

describe('what is refused, with its reason, while the rest is taken', () => {
  test.each([
    ['not-an-envelope', () => bytes('{}')],
    ['not-an-envelope', () => bytes('')],
    ['not-plain', () => bytes(`${firstText()}\n`)],
    ['not-plain', () => bytes(firstText().replace('{', '{"x":"\u001b[31m",'))],
    ['too-large', () => bytes(firstText().replace('{', `{"x":"${'x'.repeat(65_536)}",`))],
    ['signature-mismatch', () => bytes(firstText().replace('vnd.in-toto+json', 'vnd.in-toto+json;x'))],
    ['several-signatures', () => bytes(firstText().replace(/"signatures":\[(.*)\]/, '"signatures":[$1,$1]'))],
  ] as const)('%s', async (code, make) => {
    const store = await freshStore();
    const bad = make();
    const name = sha256Hex(bad);
    const { admitted, refused } = await store.admit(sourceOf(new Map([[name, bad], ...envelopes])));
    // Another payload type is found before the signature is checked.
    const codes = code === 'signature-mismatch' ? ['not-in-toto', code] : [code];
    expect(refused.map((each) => each.name)).toEqual([name]);
    expect(codes).toContain(refused[0]?.code);
    expect(new Set(admitted)).toEqual(new Set(envelopes.keys()));
  });

  test('a name that is not that of its bytes, and bytes that are not there', async () => {
    const store = await freshStore();
    const [first = new Uint8Array()] = envelopes.values();
    const source = { names: ['a', 'b'], read: async () => [first, 'missing'] as const };
    const { refused } = await store.admit(source);
    expect(refused.map(({ name, code }) => [name, code])).toEqual([
      ['a', 'wrong-name'],
      ['b', 'missing'],
    ]);
    expect(refused.map(({ code }) => isForGood(code))).toEqual([true, false]);
  });

  test('another claim with an id that is taken, what is about it, and what is about no claim', async () => {
    const store = await freshStore();
    await store.admit(sourceOf(envelopes));
    const other = entryMaker();
    await other.claim(machine, { statement: 'Something else.' });
    await other.look(machine);
    await other.claim(machine, { id: claimId(9) });
    await other.look(machine, claimId(9));
    const [taken, about, , orphan] = other.entries;
    const strangers = [taken, about, orphan].map((entry = new Uint8Array()) => [sha256Hex(entry), entry] as const);
    const { admitted, refused } = await store.admit(sourceOf(new Map(strangers)));
    expect(admitted).toEqual([]);
    expect(new Set(refused.map(({ code }) => code))).toEqual(
      new Set(['claim-id-taken', 'other-claim', 'claim-unknown']),
    );
    expect(refused.some(({ code }) => isForGood(code))).toBe(false);
  });
});

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function firstText(): string {
  return new TextDecoder().decode([...envelopes.values()][0]);
}
