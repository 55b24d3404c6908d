import { pastOf } from './change-verbs.ts';
import { listAround, movesTo } from './changed-names.ts';
import type { Token } from './token.ts';

const [removes, moves] = [pastOf('removes'), pastOf('moves')];

/** Before a file these leave it the whole that is meant: not "the imports of". */
const plain =
  /^(?:the|a|an|both|and|also|,|&|\+|old|obsolete|unused|now-unused|legacy|stale|dead|redundant|unnecessary|temporary|empty|duplicate|duplicated|deprecated|entire|whole|file|files|FILE|SYMBOL)$/;
const ends =
  /^(?:[.,;!|]|and|since|because|as|so|which|that|entirely|completely|altogether|too|again|file|files|module|script|component|page)$/;
/** What else may have been taken out of a file. */
const parts =
  /(?:^|[^\p{L}])(?:imports?|exports?|lines?|functions?|code|parts?|half|most|some|partial(?:ly)?|only|from|except|but|references?|contents?|sections?|entr(?:y|ies)|usages?|mentions?|calls?|copies|copy|duplicates?|blocks?|methods?|comments?|tests? (?:for|of|in))(?:[^\p{L}]|$)/iu;
const returns =
  're-?(?:creat|add|stor|writ|wrote|generat|instat|introduc)|back|from scratch|start(?:ed)? over|undo|undid|revert';
/** What makes a file anew that was removed before. */
const madeAgain = beginning(
  `${returns}|re-?(?:install|buil[dt]|ran|run|appl|seed|init|set)|ran|run|running|install|migrat|fresh|again`,
);
const comesBack = beginning(`${returns}|replac|kept|keep|stays|still|new version|instead|stub|shim`);

function beginning(words: string): RegExp {
  return new RegExp(`(?:^|[^\\p{L}])(?:${words})`, 'iu');
}

/** Whether the words say that a file as a whole went: "removed `a.ts`", "renamed `a.ts` to `b.ts`", and nothing of what was in it. */
export function isSaidGone(tokens: readonly Token[], verb: number, at: number): boolean {
  const token = tokens[at];
  if (token?.word !== 'FILE' || /:\d/.test(token.text)) return false;
  const did = tokens[verb]?.word ?? '';
  if (!removes.has(did) && !moves.has(did)) return false;
  const list = listAround(tokens, at);
  const between = at < verb ? [] : tokens.slice(verb + 1, list.from);
  if (!between.every(({ word }) => plain.test(word))) return false;
  const after = Math.max(verb, list.to - 1) + 1;
  if (moves.has(did)) return at > verb && movesTo(tokens, after);
  return (
    ends.test(tokens[after]?.word ?? '.') &&
    !tellsOfParts(
      tokens
        .slice(after)
        .map(({ text }) => text)
        .join(' '),
    )
  );
}

/** Whether the words behind a removal can say that only something in the file went. */
export function tellsOfParts(words: string): boolean {
  return parts.test(words.replace(/(?:^| )(?:and|but|then) (?:then )?(?:i )?[a-z-]+ed .*$/i, ' '));
}

/** Whether a text can say of a file that it came back, or was meant in another way: then its absence is not claimed. */
export function mayComeBack(statement: string, name: string): boolean {
  return comesBack.test(statement) || statement.split(name).filter((_, at, around) => isWhole(around, at)).length > 1;
}

/** Not the `a.ts` of `lib/a.ts`. */
function isWhole(around: readonly string[], at: number): boolean {
  return at > 0 && !/[\w/.-]$/.test(around[at - 1] ?? '') && !/^[\w/-]/.test(around[at] ?? '');
}

const moved = /^(?:\S+ ){0,2}(?:renamed|moved)\b/i;

/** Whether a sentence goes on to say how it was made again: then it may be there as it was, and nothing of it is claimed. */
export function isMadeAgain(words: string): boolean {
  return !moved.test(words) && madeAgain.test(/^.*?(?=[.!?;]\s|\n|$)/s.exec(words)?.[0] ?? '');
}
