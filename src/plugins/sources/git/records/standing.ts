import type { ChangeFact } from '../../../../core/signal/fact.ts';

/** Says of each review since when its human is on record, as author or reviewer; changes are told in their order. */
export function standing(): (change: ChangeFact) => ChangeFact {
  const first = new Map<string, number>();
  return (change) => {
    const { mergedAt, authors, reviews } = change;
    const humans = reviews.filter(({ byKind }) => byKind === 'human').map(({ by }) => by);
    for (const person of [...authors, ...humans]) if (!first.has(person)) first.set(person, mergedAt);
    const known = reviews.map((review) => ({ ...review, since: first.get(review.by) ?? mergedAt }));
    return { ...change, reviews: known };
  };
}
