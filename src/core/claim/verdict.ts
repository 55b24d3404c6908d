import type { PartKind } from './part.ts';
import type { Attestation } from './attestation.ts';
import type { Evidence } from './evidence.ts';
import type { Claim, Withdrawal } from './claim.ts';
import type { PolicyInForce } from '../ledger/record.ts';
import { type Demand, demandOf } from './consequence.ts';
import { type HumanJudgement, judgeByHumans } from './human-judgement.ts';
import { type MachineJudgement, judgeByMachine } from './machine-judgement.ts';

/** Worst first: a claim's verdict is that of its worst part. */
export const verdictsWorstFirst = [
  'contradicted',
  'disputed',
  'drifted',
  'stale',
  'unsupported',
  'hearsay',
  'unverifiable',
  'unverified',
  'supported',
  'verified',
] as const;

/** A claim is `withdrawn` when every part is. */
export type VerdictName = (typeof verdictsWorstFirst)[number] | 'withdrawn';

export interface PartVerdict {
  readonly part: string;
  readonly verdict: VerdictName;
  /** One sentence: which row of the table held and why. */
  readonly because: string;
  /** The evidence that decided, if evidence did. */
  readonly decidedBy?: Evidence;
  /** What a reader should know beside it: what was skipped, what annotating verifiers found. */
  readonly notes: readonly string[];
}

export interface Verdict {
  readonly claim: string;
  readonly verdict: VerdictName;
  readonly parts: readonly PartVerdict[];
  readonly demand: Demand;
  /** Part kinds that the consequence level requires and the claim does not have. */
  readonly missing: readonly PartKind[];
  /** Independent, current human confirmations that count. */
  readonly confirmations: number;
  /** Why the quorum cannot be reached at all, if so. */
  readonly unsafe?: string;
}

/** Everything a verdict is computed from. Nothing else may influence it: anyone recomputes it from the ledger. */
export interface VerdictInput {
  readonly claim: Claim;
  readonly withdrawals: readonly Withdrawal[];
  readonly evidence: readonly Evidence[];
  readonly attestations: readonly Attestation[];
  readonly policy: PolicyInForce;
  /** The verdict of the claim that this one relays; undefined when the ledger has no such claim. */
  readonly relayed?: VerdictName | 'circular';
  readonly asOf: string;
}

export function verdictOf(input: VerdictInput): Verdict {
  const demand = demandOf(input.claim, input.policy.policy);
  const humans = judgeByHumans(input, demand);
  const present = new Set(input.claim.parts.map((part) => part.kind));
  const missing = demand.required.filter((kind) => !present.has(kind));
  const parts = input.claim.parts.map((part): PartVerdict => {
    const withdrawal = input.withdrawals.find(({ parts: own }) => own === undefined || own.includes(part.id));
    if (withdrawal !== undefined) {
      return { part: part.id, verdict: 'withdrawn', because: whoWithdrew(withdrawal, input.claim), notes: [] };
    }
    const machine = judgeByMachine(input, part);
    return { part: part.id, ...decide(machine, humans, input), notes: machine.notes };
  });
  const standing = parts.filter((part) => part.verdict !== 'withdrawn').map((part) => part.verdict);
  const worst = verdictsWorstFirst.find((name) => standing.includes(name)) ?? 'withdrawn';
  return {
    claim: input.claim.id,
    verdict: worst === 'verified' && missing.length > 0 ? 'supported' : worst,
    parts,
    demand,
    missing,
    confirmations: humans.confirmations,
    ...(humans.unsafe === undefined ? {} : { unsafe: humans.unsafe }),
  };
}

function whoWithdrew({ by, reason }: Withdrawal, { claimant }: Claim): string {
  if (by.id === claimant.id && by.kind === claimant.kind) return 'its claimant withdrew it';
  return `${by.name ?? by.id} withdrew it${reason === undefined ? '' : `: ${reason}`}`;
}

type Decision = Pick<PartVerdict, 'verdict' | 'because' | 'decidedBy'>;

/** The rows of the specification's table from 2 on; the first that holds. */
function decide(machine: MachineJudgement, humans: HumanJudgement, input: VerdictInput): Decision {
  const { disputedBy, confirmedBy } = humans;
  const { because } = machine;
  const looked = machine.decidedBy === undefined ? {} : { decidedBy: machine.decidedBy };
  const backed = machine.state === 'supported' || machine.state === 'drifted';
  if (disputedBy !== undefined && (backed || confirmedBy !== undefined)) {
    const against = backed ? 'what evidence supports' : `what ${confirmedBy} confirms`;
    return { verdict: 'disputed', because: `${disputedBy} disputes ${against}`, ...looked };
  }
  if (machine.state === 'refuted') return { verdict: 'contradicted', because, ...looked };
  if (machine.state === 'undecidable' && disputedBy !== undefined) {
    return { verdict: 'contradicted', because: `no verifier can decide it and ${disputedBy} disputes it` };
  }
  if (machine.state === 'drifted') return { verdict: 'drifted', because, ...looked };
  if (humans.quorumReached && (machine.state === 'supported' || machine.state === 'undecidable')) {
    return { verdict: 'verified', because: `${humans.confirmations} independent humans confirm it`, ...looked };
  }
  if (machine.state === 'supported' || machine.state === 'stale') return { verdict: machine.state, because, ...looked };
  if (input.claim.relays !== undefined) return lent(input.claim.relays, input.relayed);
  switch (machine.state) {
    case 'inconclusive':
      return { verdict: 'unsupported', because, ...looked };
    case 'undecidable':
      return { verdict: 'unverifiable', because };
    case 'unseen':
      return { verdict: 'unverified', because, ...looked };
  }
}

function lent(relays: string, relayed: VerdictInput['relayed']): Decision {
  if (relayed === 'supported' || relayed === 'verified') {
    return { verdict: relayed, because: `the claim it passes on is ${relayed}` };
  }
  const passes = `it only passes on claim ${relays}`;
  if (relayed === undefined) return { verdict: 'hearsay', because: `${passes}, which this ledger does not have` };
  if (relayed === 'circular') return { verdict: 'hearsay', because: `${passes}, which in the end passes on this one` };
  return { verdict: 'hearsay', because: `${passes}, which is ${relayed}` };
}
