import type { PartKind } from '../part.ts';

const by = '(?:in|on|onto|of|to|into|at|inside|from|for)';
const other = '(?:other|another|separate|different|sibling|previous|earlier|prior|last|next|follow-up|second|first)';

/** "Pushed to the docs repo": whatever was done, it was not done here. */
const elsewhere = anyOf([
  `${by} (?:(?:the|a|an|my|our|your|their|its|that) )?(?:(?!this|the|our|whole|entire|main|same|git)[^ ,;.]+ ){1,2}(?:repo|repository|repositories)`,
  `${by} (?:[^ ,;.]+ ){0,3}(?:fork|wiki|gist|mirror|submodule)`,
  // Not "the check on requests to the server": what follows says where it was done.
  'on (?:(?:the|a|my|our|its) )?(?:(?!this )[^ ,;.]+ )?(?:server|host|machine|website|vm|device)',
  'in(?:side)? (?:(?:the|a|my|our|its) )?(?:[^ ,;.]+ )?container',
  `${by} (?:(?:the|a|an|my|our|its) )?${other} (?:[^ ,;.]+ )?(?:branch|package|project|checkout|clone|worktree|commit|pr|mr|change|pull request)`,
]);
const upstream = anyOf(['upstream']);
/** Of files: commits are looked for by their names, and on any branch. */
const atAnother = anyOf([
  'upstream',
  'in (?:commit |pr |mr |pull request )?(?:SHA|ISSUE)',
  'on (?:the )?(?:branch \\S+|BRANCH|[^ ,;.]+ branch)',
]);
/** "Added `a.ts` but removed it later". */
const undone = anyOf([
  '(?:and|but|then) (?:(?:then|later|afterwards|also) )?(?:deleted|removed|reverted|dropped|discarded|undid) (?:it|them|that|this|those)',
]);

function anyOf(patterns: readonly string[]): RegExp {
  return new RegExp(` (?:${patterns.join('|')}) `);
}

/** Kinds that are looked for in this repository and nowhere else, with what says that they are of another place. */
const places: Partial<Record<PartKind, readonly RegExp[]>> = {
  'change-made': [elsewhere, atAnother],
  'file-exists': [elsewhere, atAnother],
  committed: [elsewhere],
  pushed: [elsewhere],
  merged: [elsewhere, upstream],
};

/** What was done next may have been done elsewhere: "pushed to `main` and opened a request in the docs repo". */
const nextDeed = / and (?!(?:committed|pushed|merged|tagged) )[a-z-]+ed .*$/;

/** Whether what was done was done in another repository, commit or machine, on a branch that is named, or undone since. */
export function isOfAnother(kind: PartKind, words: string): boolean {
  const own = places[kind];
  if (own === undefined) return false;
  const statement = words.replace(/ [;.—–|] .*$/, ' ');
  const deed = statement.replace(nextDeed, ' ');
  return undone.test(statement) || own.some((place) => place.test(deed));
}
