/** A commit of a stretch of history. */
export interface Step {
  readonly id: string;
  readonly parents: readonly string[];
  /** Its state is that of this earlier commit again: what came between is undone. */
  readonly restoredTo?: string;
}

/**
 * Commits behind the tip that a rollback undid, each with the oldest rollback in force that did. From a rollback history goes on at
 * what it restored; what is reached no more is undone, so that one that is itself rolled back, or forward again, undoes nothing.
 */
export function undoneBehind(tip: string, steps: readonly Step[]): ReadonlyMap<string, string> {
  const known = new Map(steps.map((step) => [step.id, step]));
  const inForce = reachedFrom([tip], known, ({ parents, restoredTo }) =>
    restoredTo === undefined ? parents : [restoredTo],
  );
  const undone = new Map<string, string>();
  for (const id of [...inForce].toReversed()) {
    const { restoredTo, parents = [] } = known.get(id) ?? {};
    if (restoredTo === undefined) continue;
    for (const behind of reachedFrom(parents, known, (step) => step.parents)) {
      if (!inForce.has(behind) && !undone.has(behind)) undone.set(behind, id);
    }
  }
  return undone;
}

function reachedFrom(
  from: readonly string[],
  known: ReadonlyMap<string, Step>,
  next: (step: Step) => readonly string[],
): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const step = known.get(id);
    if (step === undefined || reached.has(id)) continue;
    reached.add(id);
    open.push(...next(step));
  }
  return reached;
}
