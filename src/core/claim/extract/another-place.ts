import type { PartKind } from '../part.ts';

/** Kinds that are looked for in this repository and nowhere else. */
const ofThisTree: ReadonlySet<PartKind> = new Set(['change-made', 'file-exists', 'committed', 'pushed', 'merged']);

const by = '(?:in|on|onto|of|to|into|at|inside|from|for)';
const other = '(?:other|another|separate|different|sibling|previous|earlier|prior|last|next|follow-up|second|first)';

const another = [
  // "in the docs repo", not "in this repo"
  `${by} (?:(?:the|a|an|my|our|your|their|its|that) )?(?:(?!this|the|our|whole|entire|main|same|git)[^ ,;.]+ ){1,2}(?:repo|repository|repositories)`,
  `${by} (?:[^ ,;.]+ ){0,3}(?:fork|wiki|gist|mirror|submodule|worktree)`,
  // Not "the check on requests to the server": what follows says where it was done.
  'on (?:(?:the|a|my|our|its) )?(?:[^ ,;.]+ )?(?:server|host|machine|website|vm|device)',
  'in(?:side)? (?:(?:the|a|my|our|its) )?(?:[^ ,;.]+ )?container',
  `${by} (?:(?:the|a|an|my|our|its) )?${other} (?:[^ ,;.]+ )?(?:branch|package|project|checkout|clone|commit|pr|mr|change|pull request)`,
  'in (?:commit |pr |mr |pull request )?(?:SHA|ISSUE)',
  'upstream',
  // "added `a.ts` but removed it later"
  '(?:and|but|then) (?:(?:then|later|afterwards|also) )?(?:deleted|removed|reverted|dropped|discarded|undid) (?:it|them|that|this|those)',
];
const ofAnother = new RegExp(` (?:${another.join('|')}) `);

/** Commits are looked for on any branch, files on the one that is checked out. */
const onBranch = / on (?:the )?(?:branch \S+|BRANCH|[^ ,;.]+ branch) /;

/** Whether what was done was done in another repository, commit or machine, on a branch that is named, or undone since. */
export function isOfAnother(kind: PartKind, words: string): boolean {
  if (!ofThisTree.has(kind)) return false;
  const clause = words.replace(/ [;.—–|] .*$/, ' ');
  return ofAnother.test(clause) || (/^(?:change-made|file-exists)$/.test(kind) && onBranch.test(clause));
}
