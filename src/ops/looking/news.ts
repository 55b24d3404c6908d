import type { Claim } from '../../core/claim/claim.ts';
import type { Evidence } from '../../core/claim/evidence.ts';
import type { PlannedLook } from './plan.ts';

// What the ledger has already need not be looked at, or written, a second time.

/** An annotation of the same tree would say the same again. */
export function isAnnotated(
  { verifier, part }: PlannedLook,
  claim: Claim,
  known: readonly Evidence[],
  tree: string | undefined,
): boolean {
  if (verifier.annotates !== true || tree === undefined) return false;
  return known.some(
    (look) =>
      look.annotation === true &&
      look.claim === claim.id &&
      look.part === part.id &&
      look.verifier.id === verifier.id &&
      look.boundTo.tree === tree,
  );
}

/** Not news: support used again that stands under this very part, and that nothing says how to look. */
export function isNews(evidence: Evidence, known: readonly Evidence[]): boolean {
  const own = known.filter(({ claim, part }) => claim === evidence.claim && part === evidence.part);
  const { reusedFrom, outcome, message } = evidence;
  if (reusedFrom !== undefined) return !own.some((look) => (look.reusedFrom ?? look.observedAt) === reusedFrom);
  return outcome !== 'not-applicable' || !own.some((look) => look.outcome === outcome && look.message === message);
}
