import type { ClaimView } from '../../core/claim/view.ts';
import type { ReadContext } from '../../core/operation.ts';
import { policyOf } from '../judging/pods.ts';

/** Whether this claim waits for the answer of this person. `members`: humans of its pod. */
export function waitsFor(
  { claimant, confirmations, quorum, humans }: ClaimView,
  person: string,
  members: readonly string[],
): boolean {
  if (!members.includes(person) || claimant.id === person || confirmations >= quorum) return false;
  return !humans.some((each) => each.person.id === person && each.current && each.doesNotCount === undefined);
}

/** Ids of the humans of each pod that these claims are of. */
export async function humansOf(
  context: ReadContext,
  views: readonly ClaimView[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const pods = new Map<string, readonly string[]>();
  for (const pod of new Set(views.map((view) => view.pod))) pods.set(pod, (await policyOf(context, pod)).humans);
  return pods;
}
