import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KeyRecord } from './key-record.ts';
import { isActive, type KeyEvent, keyRingOf, machineRingOf, personsOf, type RingKey, spokeFor } from './key-ring.ts';

const pod = 'core';

function print(name: string): string {
  return `SHA256:${name.padEnd(43, 'x')}`;
}

interface Told {
  readonly action: KeyRecord['action'];
  readonly key: string;
  readonly holder: string;
  readonly by: string;
  readonly kind?: KeyRecord['kind'];
}

function events(...told: readonly Told[]): readonly KeyEvent[] {
  return told.map(({ action, key, holder, by, kind = 'human' }, index) => ({
    index,
    signer: print(by),
    record: {
      pod,
      action,
      kind,
      holder: { id: holder },
      key: `ssh-ed25519 ${key}`,
      fingerprint: print(key),
      recordedAt: '2026-11-24T00:00:00Z',
    },
  }));
}

const ann = { action: 'request', key: 'a1', holder: 'ann', by: 'a1' } as const;
const bob = { action: 'request', key: 'b1', holder: 'bob', by: 'b1' } as const;
const bobByAnn = { action: 'enroll', key: 'b1', holder: 'bob', by: 'a1' } as const;

function persons(...told: readonly Told[]): readonly string[] {
  return personsOf(keyRingOf(pod, events(...told)));
}

function second(...told: readonly Told[]): RingKey | undefined {
  return keyRingOf(pod, events(...told)).get(print('a2'));
}

describe('who is a person of a pod', () => {
  test('the first enrols alone, the next only with another, in either order of asking and vouching', () => {
    expect(persons(ann)).toEqual(['ann']);
    expect(persons(ann, bob)).toEqual(['ann']);
    expect(persons(ann, bob, bobByAnn)).toEqual(['ann', 'bob']);
    expect(persons(ann, bobByAnn, bob)).toEqual(['ann', 'bob']);
  });

  test('nobody vouches for a key that its holder did not show', () => {
    expect(persons(ann, bobByAnn)).toEqual(['ann']);
    expect(persons(ann, { ...bob, by: 'a1' }, bobByAnn)).toEqual(['ann']);
  });

  test('nobody vouches without being enrolled, a machine never', () => {
    expect(persons(ann, bob, { ...bobByAnn, by: 'b1' })).toEqual(['ann']);
    const machine = { action: 'request', key: 'm1', holder: 'laptop', by: 'm1', kind: 'machine' } as const;
    expect(persons(ann, machine, { ...machine, action: 'enroll', by: 'a1' }, bob, { ...bobByAnn, by: 'm1' })).toEqual([
      'ann',
    ]);
  });

  test('a further key: one person alone may add it, of two the other must', () => {
    const further = [
      { action: 'request', key: 'a2', holder: 'ann', by: 'a2' },
      { action: 'enroll', key: 'a2', holder: 'ann', by: 'a1' },
    ] as const;
    expect(isActive(second(ann, ...further))).toBe(true);
    expect(isActive(second(ann, bob, bobByAnn, ...further))).toBe(false);
    expect(isActive(second(ann, bob, bobByAnn, ...further, { ...further[1], by: 'b1' }))).toBe(true);
  });

  test('vouching again for a key that is enrolled changes nothing, its own least of all', () => {
    const enrolled = [ann, { ...ann, key: 'a2', by: 'a2' }, { ...ann, action: 'enroll', key: 'a2' }] as const;
    expect(second(...enrolled, { ...ann, action: 'enroll', key: 'a2', by: 'a2' })?.enrolledBy).toBe(print('a1'));
  });

  test('what a key signed before its removal stays valid, what it signs later does not', () => {
    const ring = keyRingOf(pod, events(ann, bob, bobByAnn, { action: 'remove', key: 'b1', holder: 'bob', by: 'a1' }));
    const key = ring.get(print('b1'));
    expect(personsOf(ring)).toEqual(['ann']);
    expect(spokeFor(key, 2)).toBe(true);
    expect(spokeFor(key, 3)).toBe(false);
  });

  test('a removed key is not enrolled again, and a pod without keys left is not free for the next', () => {
    const gone = { action: 'remove', key: 'a1', holder: 'ann', by: 'a1' } as const;
    expect(persons(ann, gone, ann)).toEqual([]);
    expect(persons(ann, gone, bob)).toEqual([]);
  });

  test('another pod is another ring', () => {
    expect(personsOf(keyRingOf('other', events(ann)))).toEqual([]);
  });
});

test('a pod that never had persons is judged by those of the others, its machines among them', () => {
  const machine = { action: 'request', key: 'm1', holder: 'laptop', by: 'm1', kind: 'machine' } as const;
  const told = events(ann, machine, { ...machine, action: 'enroll', by: 'a1' });
  expect([...machineRingOf('other', told).keys()].toSorted()).toEqual([print('a1'), print('m1')].toSorted());
  expect(machineRingOf(pod, told)).toEqual(keyRingOf(pod, told));
  expect(machineRingOf('other', events(machine)).size).toBe(0);
});

const names = fc.constantFrom('a', 'b', 'c');
const told = fc.record({
  action: fc.constantFrom('request', 'enroll', 'remove'),
  key: names,
  holder: names,
  by: names,
}) as fc.Arbitrary<Told>;

test('law: nobody becomes a person without the first, or a chain of vouching that begins with the first', () => {
  fc.assert(
    fc.property(fc.array(told, { maxLength: 20 }), (all) => {
      const ring = keyRingOf(pod, events(...all));
      const enrolled = [...ring.values()].filter((key) => key.enrolledBy !== undefined && key.requested);
      const roots = enrolled.filter((key) => key.enrolledBy === key.fingerprint);
      expect(roots.length).toBeLessThanOrEqual(1);
      for (const key of enrolled) expect(ring.has(key.enrolledBy ?? '')).toBe(true);
    }),
    { numRuns: 5000 },
  );
});

test('law: events of keys that nobody enrolled change nothing', () => {
  fc.assert(
    fc.property(fc.array(told, { maxLength: 12 }), fc.array(told, { maxLength: 6 }), (all, noise) => {
      const before = keyRingOf(pod, events(ann, ...all));
      const strangers = noise.map((each) => ({ ...each, key: `s${each.key}`, by: `s${each.by}` }));
      const after = keyRingOf(pod, events(ann, ...all, ...strangers));
      expect(personsOf(after)).toEqual(personsOf(before));
    }),
    { numRuns: 5000 },
  );
});

test('law: behind the first person, who asked and who vouched for whom may come in any order', () => {
  const chain = ['b1', 'c1', 'd1'].flatMap((key, at): Told[] => [
    { action: 'request', key, holder: key, by: key },
    { action: 'enroll', key, holder: key, by: ['a1', 'b1', 'c1'][at] ?? '' },
  ]);
  const machine = { action: 'request', key: 'm1', holder: 'laptop', by: 'm1', kind: 'machine' } as const;
  const all = [...chain, machine, { ...machine, action: 'enroll', by: 'd1' } as const];
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
      const ring = keyRingOf(pod, events(ann, ...shuffled));
      expect([...ring.values()].filter(isActive).map(({ enrolledBy }) => enrolledBy)).toHaveLength(5);
      expect(ring.get(print('m1'))?.enrolledBy).toBe(print('d1'));
    }),
  );
});
