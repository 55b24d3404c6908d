import { looksAt } from './changes.ts';
import type { ChangeFact, ReviewFact } from './fact.ts';

/** The vote of somebody other than the authors, where votes are on record: a trailer or a merge can only approve. */
export interface Vote {
  readonly by: string;
  /** At any time, whatever they said later. */
  readonly objects: boolean;
  readonly isWithdrawn: boolean;
  /** Whose approval came before: of somebody longer on record than the voter, of others alone, of nobody else; undefined: times are missing. */
  readonly after?: 'longer' | 'others' | 'nobody';
}

/** One for each voter, in the order of their names. */
export function votesOn(change: ChangeFact): readonly Vote[] {
  const votes = looksAt(change).filter(
    ({ voice, from }) => voice !== 'comments' && from !== 'merge' && from !== 'trailer',
  );
  const said = votes.map(atFirst);
  const approvals = said.filter(({ voice }) => voice === 'approves');
  const voters = [...new Set(said.map(({ by }) => by))].toSorted();
  return voters.flatMap((by) => {
    const objection = said.find((each) => each.by === by && each.voice === 'objects');
    const own = objection ?? said.find((each) => each.by === by);
    if (own === undefined) return [];
    const after = approvedBefore(own, approvals);
    return [
      {
        by,
        objects: objection !== undefined,
        isWithdrawn: objection?.withdrawn === true,
        ...(after === undefined ? {} : { after }),
      },
    ];
  });
}

function approvedBefore({ by, at, since }: ReviewFact, approvals: readonly ReviewFact[]): Vote['after'] {
  const others = approvals.filter((each) => each.by !== by);
  if (at === undefined || others.some((each) => each.at === undefined)) return undefined;
  const before = others.filter((each) => (each.at ?? at) < at);
  if (before.length === 0) return 'nobody';
  if (since === undefined) return undefined;
  return before.some((each) => each.since !== undefined && each.since < since) ? 'longer' : 'others';
}

/** Objections tell their first time: by the last one of approvals those that were renewed would all come after. */
function atFirst(review: ReviewFact): ReviewFact {
  return review.firstAt === undefined ? review : { ...review, at: review.firstAt };
}
