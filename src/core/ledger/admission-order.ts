import { type Examined, type Refused, refused } from './admission.ts';

export interface AdmissionOrder {
  readonly order: readonly Examined[];
  readonly refused: readonly Refused[];
}

/** When an entry has its turn: by time, and at one time what others are about before those. */
interface Turn {
  readonly at: number;
  readonly depth: number;
}

/**
 * In which order envelopes are appended: enrolments of keys first, then by the time in the statement, but never before
 * the claim that they are about. `known`: envelope hashes of claims that are here, by id.
 */
export function admissionOrder(examined: readonly Examined[], known: ReadonlyMap<string, string>): AdmissionOrder {
  const refusals: Refused[] = [];
  const chosen = chooseClaims(examined, known, refusals);
  const turns = turnsOf(chosen, known);

  function turnOf({ name, at, claim, about }: Examined): Turn | undefined {
    if (claim !== undefined) return chosen.get(claim.id)?.name === name ? turns.get(claim.id) : undefined;
    if (about === undefined) return { at, depth: 0 };
    const envelope = known.get(about.claim) ?? (turns.has(about.claim) ? chosen.get(about.claim)?.name : undefined);
    if (envelope === undefined) refusals.push(refused(name, 'claim-unknown'));
    else if (envelope !== about.envelope) refusals.push(refused(name, 'other-claim'));
    else return after(at, turns.get(about.claim));
    return undefined;
  }

  const placed = examined.flatMap((each) => {
    const turn = turnOf(each);
    if (turn !== undefined) return [{ each, turn }];
    if (each.claim !== undefined && chosen.get(each.claim.id)?.name === each.name)
      refusals.push(refused(each.name, 'claim-unknown'));
    return [];
  });
  const order = placed.toSorted(
    (a, b) =>
      Number(b.each.isEnrolment) - Number(a.each.isEnrolment) ||
      compare(a.turn.at, b.turn.at) ||
      a.turn.depth - b.turn.depth ||
      (a.each.name < b.each.name ? -1 : 1),
  );
  return { order: order.map(({ each }) => each), refused: refusals };
}

/**
 * One claim per id. A signature can be written in two ways by anybody, so that there may be several with one id: the one
 * that most entries are about was there first.
 */
function chooseClaims(
  examined: readonly Examined[],
  known: ReadonlyMap<string, string>,
  refusals: Refused[],
): ReadonlyMap<string, Examined> {
  const mentions = new Map<string, number>();
  for (const { about } of examined) {
    if (about?.envelope !== undefined) mentions.set(about.envelope, (mentions.get(about.envelope) ?? 0) + 1);
  }
  const outranks = (a: Examined, b: Examined): boolean =>
    ((mentions.get(b.name) ?? 0) - (mentions.get(a.name) ?? 0) || compare(a.at, b.at) || (a.name < b.name ? -1 : 1)) <
    0;
  const chosen = new Map<string, Examined>();
  for (const each of examined) {
    if (each.claim === undefined) continue;
    const { id } = each.claim;
    const rival = chosen.get(id);
    // The very same one may have been appended by another process since it was looked for.
    const here = known.get(id);
    const isTaken = here === undefined ? rival !== undefined && !outranks(each, rival) : here !== each.name;
    if (!isTaken && rival !== undefined) refusals.push(refused(rival.name, 'claim-id-taken'));
    if (isTaken) refusals.push(refused(each.name, 'claim-id-taken'));
    else chosen.set(id, each);
  }
  return chosen;
}

/** Of claims, by id; without those whose chain of relays ends at a claim that is not here. No recursion: a chain may be long. */
function turnsOf(claims: ReadonlyMap<string, Examined>, known: ReadonlyMap<string, string>): ReadonlyMap<string, Turn> {
  const turns = new Map<string, Turn>();
  const hopeless = new Set<string>();
  for (const start of claims.keys()) {
    const chain = new Set<string>();
    let id: string | undefined = start;
    while (id !== undefined && !chain.has(id) && !turns.has(id) && !hopeless.has(id) && claims.has(id)) {
      chain.add(id);
      id = claims.get(id)?.claim?.relays;
    }
    const isLost = id !== undefined && (hopeless.has(id) || !(chain.has(id) || turns.has(id) || known.has(id)));
    for (const link of [...chain].toReversed()) {
      if (isLost) hopeless.add(link);
      else turns.set(link, after(claims.get(link)?.at ?? Infinity, turns.get(claims.get(link)?.claim?.relays ?? '')));
    }
  }
  return turns;
}

function after(at: number, before: Turn | undefined): Turn {
  if (before === undefined || at > before.at) return { at, depth: 0 };
  return { at: before.at, depth: before.depth + 1 };
}

/** Infinity is equal to itself. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
