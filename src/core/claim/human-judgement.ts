import { type Attestation, isIndependent } from './attestation.ts';
import type { Demand } from './consequence.ts';
import { isConclusive, newest } from './evidence.ts';
import type { VerdictInput } from './verdict.ts';

/** What the counting humans say about a claim. */
export interface HumanJudgement {
  /** Independent, current confirmations by different persons of the demanded assurance. */
  readonly confirmations: number;
  readonly quorumReached: boolean;
  readonly confirmedBy?: string;
  readonly disputedBy?: string;
  /** Why no number of signatures could reach the quorum. */
  readonly unsafe?: string;
}

export function judgeByHumans(input: VerdictInput, demand: Demand): HumanJudgement {
  const counting = lastWordOfEach(input.attestations.filter((attestation) => counts(attestation, input, demand)));
  const confirming = counting.filter(({ decision }) => decision === 'confirm');
  const disputing = counting.filter(({ decision }) => decision === 'dispute');
  const independent = confirming.filter((attestation) => isIndependent(attestation) && isCurrent(attestation, input));
  const unsafe = whyUnsafe(input, demand);
  return {
    confirmations: independent.length,
    quorumReached: unsafe === undefined && independent.length >= demand.quorum,
    ...named('confirmedBy', confirming[0]),
    ...named('disputedBy', disputing[0]),
    ...(unsafe === undefined ? {} : { unsafe }),
  };
}

function named<Key extends string>(key: Key, attestation: Attestation | undefined): { [K in Key]?: string } {
  if (attestation === undefined) return {};
  return { [key]: attestation.person.name ?? attestation.person.id } as { [K in Key]?: string };
}

/** Humans of the pod other than the claimant; agents and bots never count. */
function counts({ person, assurance, claim }: Attestation, input: VerdictInput, demand: Demand): boolean {
  if (claim !== input.claim.id || person.kind !== 'human') return false;
  if (person.id === input.claim.claimant.id) return false;
  if (demand.assurance === 'presence' && assurance !== 'presence') return false;
  return input.policy.humans.includes(person.id);
}

/** One voice per person: the newest; of those given at one time the most cautious, whatever the order of arrival. */
function lastWordOfEach(attestations: readonly Attestation[]): readonly Attestation[] {
  const byPerson = new Map<string, Attestation>();
  for (const attestation of attestations) {
    const known = byPerson.get(attestation.person.id);
    if (known === undefined || outranks(attestation, known)) byPerson.set(attestation.person.id, attestation);
  }
  return [...byPerson.values()].toSorted((a, b) => a.person.id.localeCompare(b.person.id));
}

function outranks(attestation: Attestation, known: Attestation): boolean {
  const later = Date.parse(attestation.attestedAt) - Date.parse(known.attestedAt);
  return later === 0 ? weight(attestation) < weight(known) : later > 0;
}

/** A dispute weighs less than an abstention, that less than a confirmation, and what was not independent less than what was. */
function weight(attestation: Attestation): number {
  const caution = { dispute: 0, abstain: 2, confirm: 4 } as const;
  return caution[attestation.decision] + Number(isIndependent(attestation));
}

/** A later look that changed the machine outcome makes a judgement stale; one that agrees does not. */
function isCurrent({ attestedAt }: Attestation, { evidence }: VerdictInput): boolean {
  const conclusive = evidence.filter(({ outcome }) => isConclusive(outcome));
  return [...new Set(conclusive.map(({ part }) => part))].every((part) => {
    const looks = conclusive.filter((look) => look.part === part);
    const isBefore = (look: (typeof looks)[number]): boolean => Date.parse(look.observedAt) <= Date.parse(attestedAt);
    const outcome = newest(looks.filter(isBefore))?.outcome;
    return outcome === undefined || looks.every((look) => isBefore(look) || look.outcome === outcome);
  });
}

function whyUnsafe({ policy, claim }: VerdictInput, demand: Demand): string | undefined {
  const { humans, pod } = policy;
  if (humans.length === 0) return `pod ${pod} names no humans in factum.yaml`;
  if (humans.length < 2) return `pod ${pod} has one human: structurally unsafe, it can reach supported, never verified`;
  const others = humans.filter((id) => id !== claim.claimant.id).length;
  if (others >= demand.quorum) return undefined;
  return `pod ${pod} has ${others} ${others === 1 ? 'human' : 'humans'} besides the claimant and the quorum is ${demand.quorum}`;
}
