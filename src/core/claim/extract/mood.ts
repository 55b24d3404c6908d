import type { Candidate } from './candidate.ts';
import { clauseEnd, clauseStart, type Sentence, statementStart, wordsBetween } from './sentence.ts';

/** Why words that look like a claim are none. */
export type Reason =
  | 'code'
  | 'quote'
  | 'heading'
  | 'table header'
  | 'tool output'
  | 'not ticked'
  | 'too long'
  | 'question'
  | 'conditional'
  | 'negated'
  | 'future'
  | 'hedged'
  | 'reported'
  | 'instruction'
  | 'plan'
  | 'description'
  | 'historical'
  | 'unfinished'
  | 'nothing checkable';

/** Which words around the candidate are asked. */
type Where =
  | 'sentence'
  | 'statement before'
  | 'clause before'
  | 'clause after'
  | 'remark after'
  | 'just before'
  | 'mark before'
  | 'label'
  | 'governing';

interface Rule {
  readonly reason: Reason;
  readonly where: Where;
  readonly words: RegExp;
}

/** Sentences of more tokens are not read: prose is shorter, and the limit keeps reading linear. */
const longest = 160;

/** The first rule that holds gives the reason. All patterns are plain alternations: no nesting, no backtracking. */
const rules: readonly Rule[] = [
  {
    reason: 'plan',
    where: 'governing',
    words:
      /\b(?:next steps?|plan|planned|to-?do|todos?|remaining|follow-?ups?|acceptance|criteria|requirements?|goals?|success|definition of done|recommend\w*|suggest\w*|expected|before|previous\w*|baseline|old|original|future|should|must|optional|how to|steps to|to verify|to test|instructions?|checklist|example|quote|pending|not (?:done|yet|run)|failing|failed|blocked|prerequisites?|issues? found|would|will)\b/,
  },
  { reason: 'question', where: 'sentence', words: / \? / },
  {
    reason: 'conditional',
    where: 'sentence',
    words:
      / (?:if|unless|once|until|till|when|whenever|provided|assuming|suppose|supposing|in case|as long as|as soon as|only after|otherwise|given that) (?!(?:you|you'd|you'll|needed|necessary|anything|desired|there's anything) )/,
  },
  {
    reason: 'question',
    where: 'clause before',
    words: /^ (?:do|does|did|is|are|was|were|has|have|can|could|would|should|will) /,
  },
  {
    reason: 'negated',
    where: 'clause before',
    words:
      / (?:not|never|cannot|none|neither|nor|nothing|unable|hardly|barely|isn't|aren't|wasn't|weren't|don't|doesn't|didn't|can't|couldn't|won't|wouldn't|shouldn't|haven't|hasn't|hadn't|failed to|fails to|yet to|no longer|nobody|instead of|rather than|far from|refused|false|untrue|doubt|wrongly) | (?:no|without) (?!(?:any )?(?:errors?|failures?|warnings?|issues?|problems?|regressions?) )/,
  },
  {
    reason: 'negated',
    where: 'clause after',
    words: /^ (?:is|was|are|were) (?:not|false|wrong|untrue)|^ (?:not|never|yet to) |^ NO /,
  },
  {
    reason: 'future',
    where: 'statement before',
    words:
      / (?:will|won't|i'll|we'll|it'll|they'll|you'll|that'll|shall|going to|about to|next|tomorrow|later|soon|then we|plan to|plans to|planning to|intend to|aim to|want|wants|need|needs|require|requires|required|to do|let me|let's|lets|i'd|we'd) /,
  },
  {
    reason: 'hedged',
    where: 'statement before',
    words:
      / (?:should|would|could|may|might|must|ought|probably|presumably|perhaps|maybe|possibly|likely|hopefully|apparently|supposedly|seemingly|i think|i believe|i guess|i assume|i expect|i suspect|i hope|we think|we believe|expect|expects|expected|appear|appears|seem|seems|seemed|looks like|look like|as if|as though|in theory|theoretically|ideally|as far as|afaik|to my knowledge|almost|nearly|basically|pretend|imagine|claiming|unclear|unsure|not sure|wish) /,
  },
  {
    reason: 'hedged',
    where: 'remark after',
    words:
      /^ (?:[,(—–-] )?(?:i think|i believe|i guess|i assume|i hope|probably|presumably|hopefully|apparently|supposedly|in theory|as far as|afaik|maybe|perhaps|likely|at least in theory|to my knowledge|or so) /,
  },
  {
    reason: 'reported',
    where: 'statement before',
    words:
      / (?:says|said|say|saying|claims|claimed|claim|reads|stated|states|told|tells|according|reportedly|mentions|mentioned|asserts|asserted|alleges|alleged|quoted|quote|wrote that|reported that|reports that|asked|requested|instructed|you (?:wanted|want|added|fixed|removed|committed|pushed|merged)) /,
  },
  {
    reason: 'reported',
    where: 'remark after',
    words: /^ (?:, )?(?:said|says|according to|reportedly|per the|he|she|they) /,
  },
  {
    reason: 'instruction',
    where: 'statement before',
    words:
      /^ (?:and |then |also |now |please |N \. )*(?:please|run|rerun|re-run|make|ensure|verify|check|confirm|validate|test|keep|add|fix|remove|update|create|write|push|commit|merge|deploy|publish|wait|try|use|do|don't|see|consider|remember|get|note how|double-check|review|always|never|only) /,
  },
  {
    reason: 'instruction',
    where: 'clause before',
    words:
      / (?:ensure|ensures|ensuring|make sure|makes sure|making sure|verify|verifying|to check|to confirm|confirming|to validate|validating|to see|to get|to make|get|getting|keep|keeps|keeping|waiting|wait|aiming|so that|so|to|for|until|see|watch|let|lets|allow|allows|allowing|you|your|please) /,
  },
  {
    reason: 'plan',
    where: 'statement before',
    words:
      / (?:goal|plan|aim|objective|idea|target|definition of done|criteria|criterion|requirement|acceptance|todo|to-do|success means) /,
  },
  {
    reason: 'plan',
    where: 'label',
    words:
      /^ (?:\S+ ){0,3}(?:goal|plan|done|criteria|acceptance|next|next steps?|todo|to-do|to do|expected|before|previously|requirements?|recommended|suggested|later|optional|future|pending|remaining|example|todos|success|not run|unverified|not verified|assumption|assumptions) : /,
  },
  {
    reason: 'description',
    where: 'just before',
    words: /^ (?:in|of|during|into|by|about|at|under|except|excluding|besides|than|minus) $/,
  },
  {
    reason: 'description',
    where: 'clause before',
    words:
      / (?:verifies|verifying|asserts|asserting|checks|checking|expects|validates|tests that|means|mean|implies|prove|whether|how|why|what|which|who|whose|where|shows how|returns|prints|logs|outputs|displays|blocks|fails|requires|guarantees|treats|decides|says|because|since|matches|describes|example|e\.g|i\.e) /,
  },
  {
    reason: 'historical',
    where: 'statement before',
    words:
      / (?:previously|earlier|formerly|originally|initially|at first|used to|yesterday|last (?:week|time|month|run|year)|before (?:my|the|this|that|these|your|our|any|i|we|it)|in the past|back then|previous (?:author|session|run|commit|agent|version)|prior to|ago) /,
  },
  { reason: 'negated', where: 'mark before', words: / (?:NO|WARN) / },
  { reason: 'historical', where: 'clause before', words: / (?:was|were|had) / },
  {
    reason: 'historical',
    where: 'clause after',
    words:
      / (?:before (?:my|the|this|that|these|your|our|any|i|we|it|you)|yesterday|last (?:week|time|month|run|year)|previously|earlier|at first|initially|prior to|at the time|in the past|ago|originally|in v?VERSION|in VERSION) /,
  },
  {
    reason: 'unfinished',
    where: 'sentence',
    words: / (?:so far|still running|still in progress|in progress|is running|are running|waiting for|still waiting) /,
  },
];

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
  if (tokens.slice(candidate.from, candidate.to).some((token) => token.quoted)) return 'reported';
  const asked = surroundings(sentence, candidate);
  return rules.find((rule) => asked[rule.where].some((words) => rule.words.test(words)))?.reason;
}

function surroundings(
  sentence: Sentence,
  { from, to, lead, admits }: Pick<Candidate, 'from' | 'to' | 'lead' | 'admits'>,
): Record<Where, readonly string[]> {
  const end = sentence.tokens.length;
  const first = lead?.first ?? from;
  const own = lead === undefined ? '' : wordsBetween(sentence, lead.own, lead.noun).slice(1);
  const clause = `${wordsBetween(sentence, clauseStart(sentence, first), first)}${own}`;
  return {
    sentence: [sentence.words],
    'statement before': [`${wordsBetween(sentence, statementStart(sentence, first), first)}${own}`],
    'clause before': [clause],
    'clause after': [wordsBetween(sentence, to, clauseEnd(sentence, to))],
    'remark after': [wordsBetween(sentence, to, end)],
    'just before': [wordsBetween(sentence, Math.max(0, first - 1), first)],
    'mark before': admits === true ? [] : [clause],
    label: [wordsBetween(sentence, 0, Math.min(from, 8))],
    governing: sentence.block.under,
  };
}
