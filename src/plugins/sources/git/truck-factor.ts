/** What one person did to one file. */
export interface Deeds {
  /** Added it; adding it again counts too. */
  added: boolean;
  /** Modifications and renames. */
  changes: number;
  /** The same by the live variant: weights that fade, of adding it, of each commit, of each review. */
  own: number;
  commits: number;
  reviews: number;
}

/** One file: by everybody who is a person, and its modifications by nobody who is one. */
export interface FileHistory {
  readonly people: ReadonlyMap<string, Deeds>;
  readonly others: { readonly changes: number; readonly commits: number };
}

const least = 3.293;
const nearly = 0.75;

/**
 * Degree of authorship (Avelino et al., ICPC 2016; Fritz et al., TOSEM 2014), and who reaches it.
 * Changes by bots and agents are others' changes: they make nobody an author.
 */
export function authorsOf({ people, others }: FileHistory): readonly string[] {
  const all = [...people.values()].reduce((sum, { changes }) => sum + changes, others.changes);
  const degrees = [...people].map(([person, { added, changes }]) => {
    const degree = 3.293 + (added ? 1.098 : 0) + 0.164 * changes - 0.321 * Math.log(1 + all - changes);
    return { person, degree, isEnough: degree >= least || added };
  });
  return nearlyBest(degrees);
}

/**
 * The same with weights that fade (Jabrayilzade et al., ICSE-SEIP 2022; constants of JetBrains Research's own
 * implementation): older than 547 days counts nothing, and a review counts half a commit.
 */
export function liveAuthorsOf({ people, others }: FileHistory): readonly string[] {
  const deeds = [...people.values()];
  const commits = deeds.reduce((sum, one) => sum + one.commits, others.commits);
  const reviews = deeds.reduce((sum, one) => sum + one.reviews, 0);
  const degrees = [...people].map(([person, by]) => {
    const shared = 2.4 * alone(commits, by.commits) + 1.2 * alone(reviews, by.reviews);
    const degree = 3 * by.own + by.commits + 0.5 * by.reviews + shared;
    return { person, degree, isEnough: degree >= 0.001 };
  });
  return nearlyBest(degrees);
}

function alone(all: number, mine: number): number {
  return Math.log(1 + all) - Math.log(1 + Math.max(0, all - mine));
}

function nearlyBest(
  degrees: readonly { readonly person: string; readonly degree: number; readonly isEnough: boolean }[],
): readonly string[] {
  const best = Math.max(...degrees.map(({ degree }) => degree));
  return degrees.flatMap(({ person, degree, isEnough }) => (isEnough && degree / best > nearly ? [person] : []));
}

/**
 * How many people must leave until fewer than half of the files have an author: always the one with most files next.
 * 0: nobody knows half of them.
 */
export function truckFactor(files: readonly (readonly string[])[]): number {
  const owned = new Map<string, number>();
  for (const person of files.flat()) owned.set(person, (owned.get(person) ?? 0) + 1);
  const byFiles = [...owned].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const gone = new Set<string>();
  let left = files.filter((authors) => authors.length > 0);
  for (const [person] of byFiles) {
    if (left.length < files.length / 2) break;
    gone.add(person);
    left = left.filter((authors) => authors.some((one) => !gone.has(one)));
  }
  return gone.size;
}
