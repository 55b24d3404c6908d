import type { PartKind } from '../part.ts';
import type { Candidate } from './candidate.ts';
import { clauseEnd, type Sentence, wordsBetween } from './sentence.ts';

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
  `${by} (?:the|a|an|my|your) (?:[^ ,;.]+ )?(?:review|description|discussion|thread|ticket|chat|conversation)`,
]);
/** "Added `a.ts` but removed it later". */
const undone = anyOf([
  '(?:and|but|then) (?:(?:then|later|afterwards|also) )?(?:deleted|removed|reverted|dropped|discarded|undid) (?:it|them|that|this|those)',
  // "(since reverted)", "-> reverted"
  '(?:[(,>→]|->|=>|since|later|then|now|already|subsequently|but|and) (?:(?:it|that|this|since|later|then|now|already|been|was|were) ){0,2}(?:reverted|undone|discarded|rolled back|backed out)(?! (?:FILE|the|a|to) )',
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

const lead = '^(?: (?:and|also|but|so|then|now|finally|meanwhile|while|here|YES|N|[.:]))*';
const foreign = '(?:other|another|separate|different|sibling|second)';
const anywhere = '(?:repo|repository|project|checkout|clone|worktree|fork)';
/** How a sentence begins that tells of another place, whatever it goes on to say: a check that is run here says nothing of it. */
const openings: readonly RegExp[] = [
  `${lead} (?:in|on|at|inside|within|for) (?:(?!this |the |our |my |whole |entire |main |same |git )[^ ,;:.]+ |(?:the|our|my) (?!repo|whole |entire |main |same |git )[^ ,;:.]+ ){1,2}(?:repo|repository) `,
  `${lead} (?:in|on|at|inside|within|for) (?:[^ ,;:.]+ ){0,3}(?:fork|submodule|container) `,
  `${lead} on (?:(?:the|a) )?(?:(?!(?:this|my|our) )[^ ,;:.]+ )?(?:server|host|machine|website|vm|device) `,
  `${lead}(?: (?:in|on|at|inside|within|for))?(?: (?:the|a|an|my|our))? ${foreign} (?:[^ ,;:.]+ )?${anywhere} `,
  `${lead} upstream (?!branch|tracking)`,
  // "The owner/name repository: ..."
  `${lead}(?: the)? (?!this |our |my |whole |entire |main |same |git )[^ ,;:.]+ (?:repo|repository) [:—–-] `,
].map((words) => new RegExp(words));
/** "tally-web: everything pushed", "for tally-web: ...": the label is a name. */
const label =
  /^(?: for)?(?: the)? (?!(?:re|self|pre|post|follow|double|sanity|end|e2e|ci|type)-)(?![a-z0-9-]*-(?:tests?|specs?|suites?|lint|linting|types?|checks?|builds?|runs?|results?) )[a-z0-9]+(?:-[a-z0-9]+)+ : /;
/** What runs there says so itself; only `ci-green` asks it. */
const ci =
  /^(?: (?:and|also|but|now|YES|[.:]))*(?: (?:on|in) (?:the )?(?:ci(?:\/cd)?|pipeline|github actions|gitlab|jenkins|circleci) | (?:ci|github actions|gitlab|jenkins|circleci)(?: [^ ,;:.()]+){0,4} : )/;

/** Kinds that are looked for where a name or the configuration says, not in this repository. */
const outside: ReadonlySet<PartKind> = new Set([
  'deployed',
  'endpoint-responds',
  'page-renders',
  'published',
  'migrated',
  'data-present',
  'metric-reached',
  'issue-closed',
]);

/** Whether the words before or right behind a candidate say that another place is meant than this repository. */
export function isSaidOfAnother(sentence: Sentence, { kind, from, to }: Candidate): boolean {
  if (outside.has(kind)) return false;
  const around = [wordsBetween(sentence, 0, from), wordsBetween(sentence, to, clauseEnd(sentence, to))];
  const before = around[0] ?? '';
  if (kind !== 'ci-green' && ci.test(before)) return true;
  if (label.test(before) || around.some((words) => openings.some((opening) => opening.test(words)))) return true;
  const path = sentence.tokens.slice(0, from).findIndex(({ text }) => /^(?:\.\.|~)\//.test(text));
  return path > 0 && path <= furthest && /^(?:in|at|inside|under)$/.test(sentence.tokens[path - 1]?.word ?? '');
}

const furthest = 5;

/** What was done next may have been done elsewhere: "pushed to `main` and opened a request in the docs repo". */
const nextDeed = / and (?!(?:committed|pushed|merged|tagged) )[a-z-]+ed .*$/;

/** Whether what was done was done in another repository, commit or machine, or on a branch that is named. */
export function isOfAnother(kind: PartKind, words: string): boolean {
  const deed = statementOf(words).replace(nextDeed, ' ');
  return places[kind]?.some((place) => place.test(deed)) ?? false;
}

/** "Pushed to the docs repo", of which no kind of claim is read. */
export function tellsOfAnother(words: string): boolean {
  return elsewhere.test(/ [a-z-]+ed( .*)$/.exec(words)?.[1] ?? '');
}

/** Whether what was done is said to be undone since. */
export function isUndone(kind: PartKind, words: string): boolean {
  return places[kind] !== undefined && undone.test(statementOf(words));
}

function statementOf(words: string): string {
  return words.replace(/ [;.—–|] .*$/, ' ');
}
