import { type Verdict, type VerdictInput, verdictOf } from './verdict.ts';

/** Verdicts of many claims at once, following what each relays. A cycle, or a claim that is not here, is hearsay. */
export function verdictsOf(inputs: readonly Omit<VerdictInput, 'relayed'>[]): ReadonlyMap<string, Verdict> {
  const byId = new Map(inputs.map((input) => [input.claim.id, input]));
  const done = new Map<string, Verdict>();
  for (const input of inputs) {
    // From the end of the chain back to its beginning, without recursion: chains may be long.
    const chain: Omit<VerdictInput, 'relayed'>[] = [];
    const onChain = new Set<string>();
    let next: Omit<VerdictInput, 'relayed'> | undefined = input;
    while (next !== undefined && !done.has(next.claim.id) && !onChain.has(next.claim.id)) {
      chain.push(next);
      onChain.add(next.claim.id);
      next = next.claim.relays === undefined ? undefined : byId.get(next.claim.relays);
    }
    const cycleFrom = next !== undefined && onChain.has(next.claim.id) ? chain.indexOf(next) : chain.length;
    for (const [index, link] of [...chain.entries()].toReversed()) {
      const { relays } = link.claim;
      const known = relays === undefined ? undefined : done.get(relays)?.verdict;
      const relayed = index >= cycleFrom ? 'circular' : known;
      done.set(link.claim.id, verdictOf({ ...link, ...(relayed === undefined ? {} : { relayed }) }));
    }
  }
  return done;
}
