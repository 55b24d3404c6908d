import type { Erasure } from '../../claim/erasure.ts';
import type { Findings } from './finding.ts';
import type { AboutClaim, ReadEntries, ReadEntry, ReadEntryPorts } from './read-entry.ts';
import { type KnownClaim, voices } from './voices.ts';

export interface EntryPorts extends ReadEntryPorts {
  /** What `entryReader` does, on several threads; default: on this one. */
  readonly readEntries?: ReadEntries;
}

/** What the entries of a log say, one after the other, and whether it holds together. */
export interface EntryCheck {
  /** In the order of the log. */
  take(entries: readonly ReadEntry[], first: number): void;
  /** After the last entry. */
  end(): void;
  readonly envelopes: number;
  readonly twins: number;
  /** Digests that looks name, each with the first entry that does. */
  readonly artifacts: ReadonlyMap<string, number>;
  /** After the end: by digest, the first that counts. */
  readonly erasures: ReadonlyMap<string, SignedErasure>;
}

export interface SignedErasure extends Erasure {
  /** Index of its entry. */
  readonly entry: number;
  /** `SHA256:...` of the key that signed it. */
  readonly signer: string;
}

interface Spoken {
  readonly index: number;
  readonly said: AboutClaim;
}

export function checkEntries(findings: Findings, placeOf: (entry: number) => string): EntryCheck {
  const claims = new Map<string, KnownClaim>();
  const early: Spoken[] = [];
  const artifacts = new Map<string, number>();
  const spoke = voices();
  const erasing: { claim: KnownClaim; said: AboutClaim; index: number }[] = [];
  const erasures = new Map<string, SignedErasure>();
  const counts = { envelope: 0, twin: 0, other: 0 };

  function fault(code: Parameters<Findings['report']>[0], entry: number, details: object = {}): void {
    findings.report(code, placeOf(entry), { entry, ...details });
  }

  function takeEntry({ kind, fault: found, says }: ReadEntry, index: number): void {
    counts[kind] += 1;
    if (found !== undefined) return fault(found.code, index, found.got === undefined ? {} : { got: found.got });
    if (says?.type === 'claim') takeClaim(says.id, { ...says.claim, index });
    else if (says?.type === 'key') spoke.keys({ ...says.event, index });
    else if (says?.type === 'about') about({ said: says, index });
  }

  function takeClaim(id: string, claim: KnownClaim): void {
    const known = claims.get(id);
    if (known === undefined) claims.set(id, claim);
    else fault('claim-twice', claim.index, { got: `${id}, first at entry ${known.index}` });
  }

  function about(spoken: Spoken): void {
    const { said, index } = spoken;
    for (const digest of said.artifacts) if (!artifacts.has(digest)) artifacts.set(digest, index);
    const claim = claims.get(said.claim);
    // Entries that came from another clone may stand before their claim.
    if (claim === undefined) early.push(spoken);
    else takeSaying(claim, spoken);
  }

  function takeSaying(claim: KnownClaim, { index, said }: Spoken): void {
    const { bound, signer, attested } = said;
    if (bound !== claim.envelope) return fault('wrong-subject', index, { expected: claim.envelope, got: bound });
    if (said.erased !== undefined) erasing.push({ claim, said, index });
    if (attested === undefined) return spoke.observes(claim, signer, index);
    const { claimLeaf } = attested.body;
    if (claimLeaf !== claim.leafHash)
      return fault('wrong-claim-leaf', index, { expected: claim.leafHash, got: claimLeaf });
    spoke.attests(claim, { index, ...attested });
  }

  function takeErasure({ claim, said: { erased, signer }, index }: (typeof erasing)[number]): void {
    if (erased === undefined || erasures.has(erased.digest)) return;
    if (spoke.whyNot(claim, signer, index) !== undefined) return;
    erasures.set(erased.digest, { ...erased, entry: index, signer: signer.fingerprint });
  }

  return {
    take(entries, first) {
      for (const [at, entry] of entries.entries()) takeEntry(entry, first + at);
    },
    end() {
      for (const spoken of early) {
        const claim = claims.get(spoken.said.claim);
        if (claim === undefined) fault('claim-missing', spoken.index, { got: spoken.said.claim });
        else takeSaying(claim, spoken);
      }
      spoke.judge(findings, placeOf);
      for (const each of erasing) takeErasure(each);
    },
    get envelopes() {
      return counts.envelope;
    },
    get twins() {
      return counts.twin;
    },
    artifacts,
    erasures,
  };
}
