import type { Candidate } from './candidate.ts';
import { clauseEnd, clauseStart, type Sentence, statementStart, wordsBetween } from './sentence.ts';

import { type Reason, type Rule, rules, type Where } from './mood-rules.ts';

/** Sentences of more tokens are not read: prose is shorter, and the limit keeps reading linear. */
const longest = 160;

/** A reason that holds for everything in a sentence. */
export function whySentenceClaimsNothing({ tokens, words }: Sentence): Reason | undefined {
  if (tokens.length > longest) return 'too long';
  return rules.find((rule) => rule.where === 'sentence' && rule.words.test(words))?.reason;
}

/** Why the candidate is not a claim, or undefined when it is one. */
export function whyNotClaim(
  sentence: Sentence,
  candidate: Pick<Candidate, 'from' | 'to' | 'lead' | 'admits'>,
): Reason | undefined {
  const { tokens } = sentence;
  const [first, last] = [tokens[candidate.from], tokens[candidate.to - 1]];
  if (first?.quoted === true || last?.quoted === true) return 'reported';
  const asked = surroundings(sentence, candidate);
  const isThere = candidate.from < tokens.length;
  return rules.find(
    (rule) => (isThere || !isOfWhatFollows(rule)) && asked[rule.where].some((words) => rule.words.test(words)),
  )?.reason;
}

/** "easy to understand" instructs nobody: only before something checkable does "to" tell of it. */
function isOfWhatFollows({ where, reason }: Rule): boolean {
  return where === 'clause before' && reason === 'instruction';
}

function surroundings(
  sentence: Sentence,
  { from, to, lead, admits }: Pick<Candidate, 'from' | 'to' | 'lead' | 'admits'>,
): Record<Where, readonly string[]> {
  const end = sentence.tokens.length;
  const first = lead?.first ?? from;
  const last = lead?.to ?? to;
  const own = lead === undefined ? '' : wordsBetween(sentence, lead.own, lead.noun).slice(1);
  const clause = `${wordsBetween(sentence, clauseStart(sentence, first), first)}${own}`;
  return {
    sentence: [sentence.words],
    'statement before': [`${wordsBetween(sentence, statementStart(sentence, first), first)}${own}`],
    'clause before': [clause],
    'clause after': [wordsBetween(sentence, last, clauseEnd(sentence, last))],
    'remark after': [wordsBetween(sentence, last, end)],
    opening: [wordsBetween(sentence, 0, first)],
    'just before': [wordsBetween(sentence, Math.max(0, first - 1), first)],
    'mark before': admits === true ? [] : [clause],
    label: [wordsBetween(sentence, 0, Math.min(from, 8))],
    governing: sentence.block.ticked ? [] : sentence.block.under,
  };
}
