import type { Claim, Withdrawal } from './claim.ts';
import type { Part } from './part.ts';
import { durationMs, type Policy } from './policy.ts';
import type { VerdictName } from './verdict.ts';

/** What decides whether a claim still wants an answer. */
export interface OpenInput {
  readonly claim: Claim;
  readonly withdrawals: readonly Withdrawal[];
  readonly verdict: VerdictName;
}

/** Ids of the open claims: not withdrawn, not superseded, neither verified nor older than the policy keeps them open. */
export function openClaims(all: readonly OpenInput[], policy: Policy, asOf: string): ReadonlySet<string> {
  const newestOf = new Map<string, number>();
  for (const { claim } of all) {
    for (const key of sessionKeys(claim)) {
      newestOf.set(key, Math.max(newestOf.get(key) ?? 0, Date.parse(claim.claimedAt)));
    }
  }
  const keepOpen = durationMs(policy.keep_open);
  const open = all.filter(({ claim, verdict }) => {
    if (verdict === 'withdrawn' || verdict === 'verified') return false;
    if (!claim.standing && Date.parse(asOf) - Date.parse(claim.claimedAt) > keepOpen) return false;
    const keys = sessionKeys(claim);
    const superseded = keys.length > 0 && keys.every((key) => (newestOf.get(key) ?? 0) > Date.parse(claim.claimedAt));
    return !superseded;
  });
  return new Set(open.map(({ claim }) => claim.id));
}

/** A later claim of the same session, kind and scope takes an earlier one's place. */
function sessionKeys({ session, parts }: Claim): readonly string[] {
  if (session === undefined) return [];
  return parts.map((part: Part) =>
    JSON.stringify([session.agent, session.id, part.kind, part.scope, part.names ?? []]),
  );
}
