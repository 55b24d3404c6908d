import { type Attestation, isIndependent } from './attestation.ts';
import { type Demand, demandOf } from './consequence.ts';
import { type Evidence, inOrder, isConclusive, lookKeyOf } from './evidence.ts';
import { judgeByMachine } from './machine-judgement.ts';
import type { Part } from './part.ts';
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
  const counting = lastWordOfEach(
    input.attestations.filter((each) => whyNotCounting(each, input, demand) === undefined),
  );
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

/** What a human's answer is judged by. */
export type AnswerInput = Pick<VerdictInput, 'claim' | 'evidence' | 'policy'>;

/** Only humans of the pod other than the claimant count; agents and bots never do. */
function whyNotCounting({ person, assurance, claim }: Attestation, input: AnswerInput, demand: Demand) {
  if (claim !== input.claim.id) return 'it is about another claim';
  if (person.kind !== 'human') return 'only humans attest';
  if (isClaimant(person.id, input.claim)) return 'a claimant never counts on their own claim';
  if (!input.policy.humans.includes(person.id)) return `factum.yaml names no such human of pod ${input.policy.pod}`;
  if (demand.assurance === 'presence' && assurance !== 'presence') return 'a claim of this level needs a touch';
  return undefined;
}

function isClaimant(person: string, { claimant, beside = [] }: AnswerInput['claim']): boolean {
  return [claimant, ...beside].some(({ id }) => id === person);
}

/** A human's answer and what it weighs. */
export interface WeighedAnswer {
  readonly attestation: Attestation;
  readonly independent: boolean;
  /** False: a later look changed the machine outcome. */
  readonly current: boolean;
  /** Why it changes nothing; undefined when it counts. */
  readonly doesNotCount?: string;
}

/** Every answer, oldest first; of one person's several the newest counts. */
export function weighAnswers(attestations: readonly Attestation[], input: AnswerInput): readonly WeighedAnswer[] {
  const demand = demandOf(input.claim, input.policy.policy);
  const whyNot = new Map(attestations.map((each) => [each, whyNotCounting(each, input, demand)]));
  const last = new Set(lastWordOfEach(attestations.filter((each) => whyNot.get(each) === undefined)));
  return attestations.map((attestation) => {
    const doesNotCount = whyNot.get(attestation) ?? (last.has(attestation) ? undefined : 'the person answered again');
    return {
      attestation,
      independent: isIndependent(attestation),
      current: isCurrent(attestation, input),
      ...(doesNotCount === undefined ? {} : { doesNotCount }),
    };
  });
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
function isCurrent({ attestedAt }: Attestation, input: AnswerInput): boolean {
  return input.claim.parts.every((part) => {
    const own = inOrder(input.evidence.filter((look) => look.part === part.id && look.annotation !== true));
    const before = outcomeAt(attestedAt, part, input);
    if (before === undefined || before === 'stale') return true;
    const later = own.filter((look, at) => isAfter(look.observedAt, attestedAt) && tellsNews(look, own.slice(0, at)));
    return later.every(({ observedAt }) => (outcomeAt(observedAt, part, input) ?? before) === before);
  });
}

/** Only such a look can change an outcome; a standing claim has thousands of others. */
function tellsNews({ outcome, verifier }: Evidence, earlier: readonly Evidence[]): boolean {
  const key = lookKeyOf(verifier);
  const last = earlier.findLast((look) => lookKeyOf(look.verifier) === key && isConclusive(look.outcome));
  return isConclusive(outcome) && outcome !== last?.outcome;
}

/** As the machine judged at that time; undefined where it could not, or was about to. Age alone is no look. */
function outcomeAt(time: string, part: Part, { claim, evidence, policy }: AnswerInput) {
  const seen = evidence.filter(({ observedAt }) => !isAfter(observedAt, time));
  const ageless = { ...policy, policy: { ...policy.policy, freshness: {} } };
  const { state } = judgeByMachine({ claim, evidence: seen, policy: ageless, asOf: time }, part);
  if (state === 'drifted') return 'refuted';
  return state === 'supported' || state === 'refuted' || state === 'stale' ? state : undefined;
}

function isAfter(time: string, other: string): boolean {
  return Date.parse(time) > Date.parse(other);
}

function whyUnsafe({ policy, claim }: VerdictInput, demand: Demand): string | undefined {
  const { humans, pod } = policy;
  if (humans.length === 0) return `pod ${pod} names no humans in factum.yaml`;
  if (humans.length < 2) return `pod ${pod} has one human: structurally unsafe, it can reach supported, never verified`;
  const others = humans.filter((id) => !isClaimant(id, claim)).length;
  if (others >= demand.quorum) return undefined;
  return `pod ${pod} has ${others} ${others === 1 ? 'human' : 'humans'} besides the claimant and the quorum is ${demand.quorum}`;
}
