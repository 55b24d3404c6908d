import type { Draft } from '../../../core/draft.ts';
import type { ReviewFact } from '../../../core/signal/fact.ts';
import type { Signature } from './commit.ts';
import { type Identities, isNobody, normalised } from './identity.ts';
import type { Reviewer } from './records/record.ts';
import { personIn, type Trailer } from './trailers.ts';

/** Trailers in which somebody says to have looked. `Signed-off-by` is none: it certifies where code comes from. */
const voices: Readonly<Record<string, ReviewFact['voice']>> = {
  'reviewed-by': 'approves',
  'acked-by': 'approves',
  'tested-by': 'approves',
  'nacked-by': 'objects',
};

export function reviewersIn(trailers: readonly Trailer[]): readonly Reviewer[] {
  return trailers.flatMap(({ key, value }) => {
    const voice = Object.hasOwn(voices, key) ? voices[key] : undefined;
    if (voice === undefined) return [];
    return peopleIn(value).map((person): Reviewer => ({ ...person, voice, from: 'trailer' }));
  });
}

/** `A <a@b>`, or names with commas between them (`kib, markj`); never both. */
function peopleIn(value: string): readonly { readonly name: string; readonly email: string }[] {
  const parts = value.includes('<') ? [value] : value.split(',');
  return parts.flatMap((part) => personIn(part) ?? []);
}

/** A pull request that somebody other than its authors merged, in the form that GitHub gives merge commits. */
export function mergerOf(subject: string, author: Signature): readonly Reviewer[] {
  if (!/^Merge pull request #\d+ from \S/.test(subject)) return [];
  return [{ name: author.name, email: author.email, voice: 'approves', from: 'merge', at: author.at }];
}

interface Authors {
  readonly writers: readonly Signature[];
  /** Co-authors of whom nothing but a name is on record: too little to be somebody, and enough to be no other one. */
  readonly named: readonly string[];
}

/**
 * Each voice of each reviewer once, without the authors, under whatever name they have there. Of the same said twice the
 * first counts; remarks of somebody with another voice do not.
 */
export function reviewsBy(
  reviewers: readonly Reviewer[],
  { writers, named }: Authors,
  identities: Identities,
): readonly ReviewFact[] {
  if (reviewers.length === 0) return [];
  const isOwn = (id: string): boolean => writers.some(({ name, email }) => identities.of(name, email).id === id);
  const found: ReviewFact[] = [];
  for (const { name, email, voice, from, at, firstAt, withdrawn } of reviewers) {
    if (isNobody({ email })) continue;
    if (email === '' && writers.some((writer) => isCalled(writer, name))) continue;
    if (named.some((one) => isCalled({ name, email }, one))) continue;
    const { id, kind } = identities.of(name, email);
    if (isOwn(id) || found.some((other) => other.by === id && other.voice === voice)) continue;
    const review: Draft<ReviewFact> = { by: id, byKind: kind, voice, from };
    if (at !== undefined) review.at = at;
    if (firstAt !== undefined) review.firstAt = firstAt;
    if (withdrawn !== undefined) review.withdrawn = withdrawn;
    found.push(review);
  }
  const isHeard = (id: string): boolean => found.some(({ by, voice }) => by === id && voice !== 'comments');
  return found.filter(({ by, voice }) => voice !== 'comments' || !isHeard(by));
}

function isCalled({ name, email }: Pick<Signature, 'name' | 'email'>, said: string): boolean {
  const sought = normalised(said);
  return sought !== '' && (normalised(name) === sought || loginIn(email) === said.toLowerCase());
}

function loginIn(email: string): string {
  return email
    .toLowerCase()
    .replace(/@.*$/, '')
    .replace(/^\d+\+/, '');
}
