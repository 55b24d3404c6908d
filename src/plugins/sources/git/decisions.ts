import type { ChangeFact, DecisionFact, DecisionStep } from '../../../core/signal/fact.ts';
import type { SourcePorts } from '../../../core/signal/source.ts';
import { objectsOf } from './objects.ts';
import type { ParsedCommit } from './commit.ts';
import { isRequestPath } from './decision-path.ts';
import { decisionIn, type DecisionText } from './decision-text.ts';

/** A change wrote a decision's document. */
export interface Writing {
  /** Name of the version's content. */
  readonly blob: string;
  readonly path: string;
  readonly oldPath?: string;
  readonly at: number;
  /** When a branch with it was begun; absent where nothing shows it. */
  readonly begunAt?: number;
  /** What this version of it says, once it was read. */
  said?: DecisionText;
}

interface Known {
  readonly step: DecisionStep;
  readonly proposedAt?: number;
  readonly isDecided: boolean;
}

export interface Deciding {
  /** Remembers which documents a change wrote. */
  note(change: ChangeFact, own: ParsedCommit): void;
  /** Reads the versions that were not read yet: what is kept need not be read again. */
  read(ports: SourcePorts): Promise<void>;
  /** Versions that could not be read or whose names before are not known, and changes that may have held some. */
  readonly unread: () => number;
  /** Reads what is left, and tells the steps of all. */
  facts(ports: SourcePorts, podsOf: (path: string) => readonly string[]): Promise<readonly DecisionFact[]>;
  readonly state: DecisionsState;
}

export interface DecisionsState {
  readonly writings: Writing[];
  /** Changes that may have held versions whose names before are not known. */
  unfollowed: number;
}

/** Steps of ADRs, RFCs and PEP-like documents, from the status that each version of them has on the branch. */
export function deciding(kept?: DecisionsState): Deciding {
  const state = kept ?? { writings: [], unfollowed: 0 };
  const { writings } = state;
  return {
    state,
    note({ form, mergedAt, begunAt }, { depth, parents, files }) {
      const mayHide = depth === 'raw' && files.some(({ status, blob }) => status === 'added' && blob !== undefined);
      if (mayHide || (depth === 'nothing' && parents.length > 0)) state.unfollowed++;
      for (const { path, oldPath, status, what, blob } of files) {
        if (what !== 'file' || status === 'deleted' || blob === undefined) continue;
        const begun = form === 'merge' && begunAt < mergedAt ? { begunAt } : {};
        writings.push({ blob, path, at: mergedAt, ...begun, ...(oldPath === undefined ? {} : { oldPath }) });
      }
    },
    read: (ports) => readAll(ports, writings),
    unread: () => state.unfollowed + writings.filter(({ said }) => said === undefined).length,
    async facts(ports, podsOf) {
      await readAll(ports, writings);
      const known = new Map<string, Known>();
      return writings.flatMap((writing) => {
        const pods = podsOf(writing.path);
        return writing.said === undefined
          ? []
          : stepsOf(writing, writing.said, known).map((fact) => ({ ...fact, pods }));
      });
    },
  };
}

/** Path by path: versions of one follow on each other, for git and for what they say. */
async function readAll(ports: SourcePorts, writings: readonly Writing[]): Promise<void> {
  const moved = movedFrom(writings);
  const ordered = writings.toSorted((one, other) => (one.path === other.path ? 0 : one.path < other.path ? -1 : 1));
  const unread = ordered.filter((writing) => writing.said === undefined && !moved.has(writing));
  const objects = objectsOf(
    ports,
    unread.map(({ blob }) => blob),
  );
  const last = new Map<string, DecisionText>();
  for (const writing of ordered) {
    const { path, oldPath } = writing;
    if (moved.has(writing)) {
      // What was there before is another document.
      last.delete(path);
      continue;
    }
    const read = writing.said === undefined ? await objects.next() : undefined;
    const content = read?.done === true ? undefined : read?.value?.content;
    // What is looked for is ASCII: the bytes will do.
    if (content !== undefined) writing.said = decisionIn(content, oldPath === undefined ? last.get(path) : undefined);
    if (writing.said !== undefined) last.set(path, writing.said);
  }
  for (const [writing, { said }] of moved) if (said !== undefined) writing.said = said;
}

/** Documents that were moved as they were say what they said, unless the new place says more. */
function movedFrom(writings: readonly Writing[]): ReadonlyMap<Writing, Writing> {
  const latest = new Map<string, Writing>();
  const moved = new Map<Writing, Writing>();
  for (const writing of writings) {
    const { path, oldPath, blob } = writing;
    const before = oldPath === undefined ? undefined : latest.get(oldPath);
    if (before?.blob === blob && isRequestPath(path) === isRequestPath(before.path)) moved.set(writing, before);
    latest.set(path, writing);
  }
  return moved;
}

/** A step is what differs from the version before. What was merged with a request for comments is accepted. */
function stepsOf(
  { path, oldPath, at, begunAt }: Writing,
  text: DecisionText,
  known: Map<string, Known>,
): readonly Omit<DecisionFact, 'pods'>[] {
  const before = known.get(oldPath ?? path) ?? known.get(path);
  const step = text.step ?? (isRequestPath(path) ? 'accepted' : undefined);
  if (step === undefined) return [];
  const { hasDeciders, hasAlternatives } = text;
  const hasOutcome = text.hasOutcome || text.step === undefined;
  const fact = { kind: 'decision', id: path, at, step, hasDeciders, hasAlternatives, hasOutcome } as const;
  if (step === 'proposed') {
    known.set(path, before ?? { step, proposedAt: at, isDecided: false });
    return before === undefined ? [fact] : [];
  }
  const isDecision = step !== 'superseded' && before?.isDecided !== true;
  const proposedAt = before?.proposedAt ?? (before === undefined && isDecision ? begunAt : undefined);
  known.set(path, { step, isDecided: true, ...(proposedAt === undefined ? {} : { proposedAt }) });
  if (before?.step === step) return [];
  // The branch that brought it was the proposal.
  const proposal =
    before === undefined && proposedAt !== undefined ? [{ ...fact, at: proposedAt, step: 'proposed' } as const] : [];
  return [...proposal, { ...fact, ...(isDecision && proposedAt !== undefined ? { proposedAt } : {}) }];
}
