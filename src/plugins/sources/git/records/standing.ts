import type { ChangeFact } from '../../../../core/signal/fact.ts';

/** Since when somebody is on record, as author or reviewer (milliseconds since 1970). */
export type Standing = Map<string, number>;

/** Says it of each review; changes are told in their order. */
export function standing(first: Standing): (change: ChangeFact) => ChangeFact {
  return (change) => {
    const { mergedAt, authors, reviews } = change;
    const humans = reviews.filter(({ byKind }) => byKind === 'human').map(({ by }) => by);
    for (const person of [...authors, ...humans]) if (!first.has(person)) first.set(person, mergedAt);
    const known = reviews.map((review) => ({ ...review, since: first.get(review.by) ?? mergedAt }));
    return { ...change, reviews: known };
  };
}
