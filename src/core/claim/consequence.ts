import { globMatcher } from '../glob.ts';
import type { Assurance } from './attestation.ts';
import type { Claim } from './claim.ts';
import type { PartKind } from './part.ts';
import type { ConsequenceRule, Level, Policy } from './policy.ts';

/** What the policy demands of one claim. */
export interface Demand {
  readonly level: Level;
  readonly required: readonly PartKind[];
  /** Independent humans. */
  readonly quorum: number;
  readonly assurance: Assurance;
  /** Share of such claims that must get a human look, in (0, 1]. */
  readonly humanLook: number;
}

const levelsHighestFirst = ['critical', 'important', 'routine'] as const satisfies readonly Level[];
const defaultHumanLook = { routine: 0.2, important: 1, critical: 1 } as const;

export function demandOf(claim: Claim, policy: Policy): Demand {
  const chosen = policy.consequence.filter((rule) => matches(rule, claim)).map(({ level }) => level);
  const level = levelsHighestFirst.find((candidate) => chosen.includes(candidate)) ?? 'routine';
  const rules = policy.levels[level];
  return {
    level,
    required: rules.required,
    quorum: rules.quorum ?? policy.quorum,
    assurance: rules.assurance ?? (level === 'critical' ? 'presence' : policy.assurance),
    humanLook: rules.human_look ?? defaultHumanLook[level],
  };
}

function matches(rule: ConsequenceRule, claim: Claim): boolean {
  const { paths, kinds, environments } = rule;
  if (kinds !== undefined && !claim.parts.some((part) => kinds.includes(part.kind))) return false;
  if (environments !== undefined && !environments.includes(claim.target.environment ?? '')) return false;
  if (paths === undefined) return true;
  const named = claim.parts.flatMap((part) => part.names ?? []);
  const hits = globMatcher(paths);
  return named.some((name) => hits(name));
}
