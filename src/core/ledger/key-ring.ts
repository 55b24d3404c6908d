import type { KeyRecord, PasskeyScope } from './key-record.ts';

/** A key entry of the ledger and the key that signed it; the signature was checked before. */
export interface KeyEvent {
  /** Index of its entry: the log's time. */
  readonly index: number;
  readonly record: KeyRecord;
  readonly signer: string;
}

/** What became of one key in one pod. */
export interface RingKey {
  readonly fingerprint: string;
  readonly key: string;
  readonly kind: KeyRecord['kind'];
  readonly holder: KeyRecord['holder'];
  readonly passkey?: PasskeyScope;
  /** Whoever asked has the key. */
  readonly requested: boolean;
  /** By whom a person of the pod vouched for it: fingerprint of that key; its own for the first person of a pod. */
  readonly enrolledBy?: string;
  /** Index of the entry that removed it: what it signed before stays valid. */
  readonly removedAt?: number;
  /** When whoever removed it says that it was (UTC). */
  readonly removalRecordedAt?: string;
}

/** The keys of one pod, by fingerprint. */
export type KeyRing = ReadonlyMap<string, RingKey>;

/**
 * Who may speak for whom in a pod, from its key entries in the order of the log. The first person enrols alone; while
 * there is one person, that person vouches for further keys; from two on, another person than the holder must. Logs of
 * several clones have several orders, so a vouching counts as soon as whoever gave it is a person of the pod.
 */
export function keyRingOf(pod: string, events: readonly KeyEvent[]): KeyRing {
  const ring = new Map<string, RingKey>();
  const early = new Map<string, KeyEvent[]>();
  for (const event of events.toSorted((a, b) => a.index - b.index)) {
    if (event.record.pod !== pod) continue;
    const turn = [event];
    for (const each of turn) {
      const { signer, record } = each;
      if (record.action === 'enroll' && !isActive(ring.get(signer))) {
        early.set(signer, [...(early.get(signer) ?? []), each]);
        continue;
      }
      take(ring, each);
      if (!isActive(ring.get(record.fingerprint))) continue;
      turn.push(...(early.get(record.fingerprint) ?? []));
      early.delete(record.fingerprint);
    }
  }
  return ring;
}

/**
 * Which machines may see for a pod. A pod that never had persons is judged by all those that had: else whoever names a
 * new pod would be believed in it.
 */
export function machineRingOf(pod: string, events: readonly KeyEvent[]): KeyRing {
  const own = keyRingOf(pod, events);
  if (hadPersons(own)) return own;
  const pods = new Set(events.map(({ record }) => record.pod));
  return new Map(
    [...pods].flatMap((each) => [...keyRingOf(each, events)].filter(([, key]) => key.enrolledBy !== undefined)),
  );
}

/** Enrolled, shown to be held, and not removed. */
export function isActive(key: RingKey | undefined): key is RingKey & { readonly enrolledBy: string } {
  return key !== undefined && key.requested && key.enrolledBy !== undefined && key.removedAt === undefined;
}

/** True when a signature in the entry at `index` counts as this key's: enrolment may come later, removal may not come before. */
export function spokeFor(key: RingKey | undefined, index: number): key is RingKey {
  return (
    key !== undefined &&
    key.requested &&
    key.enrolledBy !== undefined &&
    (key.removedAt === undefined || index < key.removedAt)
  );
}

/** Ids of persons with an active key. */
export function personsOf(ring: KeyRing): readonly string[] {
  const active = [...ring.values()].filter((key) => key.kind === 'human' && isActive(key));
  return [...new Set(active.map(({ holder }) => holder.id))];
}

/** Why this person's signature would not do; undefined when it does. */
export function whyMayNot(ring: KeyRing, signer: string, record: KeyRecord): string | undefined {
  const by = ring.get(signer);
  if (by?.kind !== 'human' || !isActive(by)) return `${signer} is no enrolled key of a person of pod ${record.pod}`;
  if (record.action === 'remove' || record.kind === 'machine') return undefined;
  if (by.holder.id !== record.holder.id || personsOf(ring).length < 2) return undefined;
  return `another person than ${record.holder.id} must vouch for this key`;
}

function take(ring: Map<string, RingKey>, { index, record, signer }: KeyEvent): void {
  const { fingerprint, key, kind, holder, passkey } = record;
  const known = ring.get(fingerprint);
  // A key that was removed stays removed, and a key never changes its holder.
  if (known?.removedAt !== undefined || (known !== undefined && !isSameHolder(known, record))) return;
  const base: RingKey = known ?? { fingerprint, key, kind, holder, ...(passkey ? { passkey } : {}), requested: false };
  switch (record.action) {
    case 'request': {
      if (signer !== fingerprint) return;
      const isFirst = kind === 'human' && !hadPersons(ring);
      ring.set(fingerprint, { ...base, requested: true, ...(isFirst ? { enrolledBy: fingerprint } : {}) });
      return;
    }
    case 'enroll':
      // Who vouched first stays: a key does not vouch for itself later.
      if (base.enrolledBy === undefined && whyMayNot(ring, signer, record) === undefined)
        ring.set(fingerprint, { ...base, enrolledBy: signer });
      return;
    case 'remove':
      if (known !== undefined && whyMayNot(ring, signer, record) === undefined)
        ring.set(fingerprint, { ...known, removedAt: index, removalRecordedAt: record.recordedAt });
  }
}

/** With its last person's key removed a pod is not free for the next to take. */
export function hadPersons(ring: KeyRing): boolean {
  return [...ring.values()].some((key) => key.kind === 'human' && key.requested && key.enrolledBy !== undefined);
}

function isSameHolder(known: RingKey, { kind, holder, key }: KeyRecord): boolean {
  return known.kind === kind && known.holder.id === holder.id && known.key === key;
}
