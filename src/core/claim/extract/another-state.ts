import { type Sentence, statementStart, wordsBetween } from './sentence.ts';

const lead = '^(?: (?:and|also|but|so|then|now|finally|meanwhile|while|YES|N|[.:]))*';
const work =
  '(?:changes?|fix|fixes|fixed|work|refactor|refactoring|rename|updates?|edits?|implementation|migration|config|configuration|setup)';
const states: readonly RegExp[] = [
  // "on main", "at abc1234", "on the old branch", "on Windows"
  `${lead} (?:in|on|at|under|as of) (?:the )?(?:main|master|base|baseline|head|SHA|VERSION|BRANCH|windows|linux|macos|(?:old|original|upstream|target|default|base|main|SYMBOL) (?:branch|commit|version|revision|release|tag)|(?:branch|commit|version|revision|release|tag) \\S+) `,
  // "with retries off", "with the patch applied"; not "with the fix in place", "with no errors"
  `${lead} with (?!(?:(?:all|both|everything|these|this|that|those|them|it|no|zero|0)|(?:(?:the|my|our) )?(?:[^ ,;:.]+ )?${work}) )`,
  `${lead} for (?!(?:(?:the|our|this|a|all|good) )?(?:record|reference|completeness|context|clarity|measure|sake|now|all|whole|entire|full|this|that|what|everything) )`,
  // "In decamelize all tests pass", "on my laptop with Node 22 ...": right before what is said to pass
  `${lead} (?:in|on|at|under|inside|within) (?!(?:(?:the|our|my|a|all) )?(?:(?:current|whole|entire|full|same|latest|final|last|first|clean|fresh|working|other) )*(?:total|short|summary|addition|conclusion|fact|practice|end|run|rerun|re-run|try|pass|point|moment|root|top|top-level|repo|repository|project|codebase|workspace|branch|tree|checkout|clone|state|commit|parallel|both|all|words|particular|sum|case|cases|configurations|this|these) |(?:my|our|this) machine (?:, )?$)(?:(?!(?:i|we|and|but) )[^ ,;:.()]+ ){1,6}(?:, )?(?:$|(?:(?:all|the|its|every|full|N) )*(?:tests?|suite|lint|linting|build|types|COMMAND) )`,
  // "It is mended on my branch; there all tests pass"
  `${lead} there (?:, )?$`,
  // "Ran `npm test` on the base commit: all tests pass"
  ' (?:on|at|in|from) (?:the )?(?:main|master|base|baseline|head|SHA|VERSION|BRANCH|(?:base|main|original|previous|old|upstream|parent|last) (?:branch|commit|version|revision|release|tag)) : $',
].map((words) => new RegExp(words));
const toAnother = /^(?:\$ )?git (?:checkout|switch|stash|reset|revert|restore|worktree|bisect)\b/;

/** "On main all tests pass", "after `git stash` all tests pass": another state, or a part, is meant, not all that is at hand. */
export function isOfAnotherState(sentence: Sentence, at: number): boolean {
  const from = sentence.tokens[at - 1]?.word === ':' ? 0 : statementStart(sentence, at);
  const before = wordsBetween(sentence, from, at);
  if (states.some((state) => state.test(before))) return true;
  return sentence.tokens.slice(from, at).some(({ text }) => toAnother.test(text));
}

/** "All tests pass with `--deselect a`": a run with other options than that of the repository. */
export function isRunOtherwise({ tokens }: Sentence, to: number): boolean {
  if (!/^(?:with|under|via)$/.test(tokens[to]?.word ?? '')) return false;
  return / -|^-/.test(tokens.slice(to + 1, to + 3).find(({ text }) => text !== 'the')?.text ?? '');
}
