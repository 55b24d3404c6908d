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
  | 'about another place: not looked at'
  | 'nothing checkable';

/** Which words around the candidate are asked. */
export type Where =
  | 'sentence'
  | 'statement before'
  | 'clause before'
  | 'clause after'
  | 'remark after'
  | 'opening'
  | 'just before'
  | 'mark before'
  | 'label'
  | 'governing';

export interface Rule {
  readonly reason: Reason;
  readonly where: Where;
  readonly words: RegExp;
}

/** The first rule that holds gives the reason. All patterns are plain alternations: no nesting, no backtracking. */
export const rules: readonly Rule[] = [
  {
    reason: 'plan',
    where: 'governing',
    words:
      /\b(?:next steps?|plan|planned|to-?do|todos?|remaining|follow-?ups?|acceptance|criteria|requirements?|goals?|success|definition of done|recommend\w*|suggest\w*|expected|before|previous\w*|baseline|old|original|future|should|must|optional|how to|steps to|to verify|to test|instructions?|checklist|example|quote|pending|not (?:done|yet|run)|failing|failed|blocked|prerequisites?|issues? found|would|will|when|if|ensure|verify|confirm|exit gate|exit codes?|deliverables?|ensures?|requires?|rules?|standards?|guidelines?|conventions?|template|scenarios?|given|to check|definition)\b/,
  },
  { reason: 'question', where: 'sentence', words: / \? / },
  { reason: 'conditional', where: 'statement before', words: /^ (?:once|when|after|as soon as|if) you / },
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
      / (?:should|would|could|may|might|must|ought|probably|presumably|perhaps|maybe|possibly|likely|hopefully|apparently|supposedly|seemingly|i think|i believe|i guess|i assume|i expect|i suspect|i hope|we think|we believe|expect|expects|expected(?! (?:\S+ ){1,2}(?:warnings?|failures?))|appear|appears|seem|seems|seemed|looks like|look like|as if|as though|in theory|theoretically|ideally|as far as|afaik|to my knowledge|almost|nearly|basically|pretend|imagine|claiming|unclear|unsure|not sure|wish) /,
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
    // Who begins with "as I said" stands by it; "not as I said" takes it back.
    words:
      / (?!(?<=^ as |^ as i )(?:said|mentioned|stated) (?:above )?, )(?:says|said|say|saying|claims|claimed|claim|reads|stated|states|told|tells|tell|inform|informs|informed|announces?|according|reportedly|mentions|mentioned|asserts|asserted|alleges|alleged|quoted|quote|wrote that|reported that|reports that|asked|requested|instructed|you (?:wanted|want|added|fixed|removed|committed|pushed|merged)) /,
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
      /^ (?:\S+ ){0,3}(?:goal|plan|(?<! is | are | all )done|criteria|acceptance|expect|next|next steps?|todo|to-do|to do|expected|before|previously|requirements?|recommended|suggested|later|optional|future|pending|remaining|example|todos|success|not run|unverified|not verified|assumption|assumptions|definition of done(?: \S+){0,3}) : /,
  },
  {
    reason: 'description',
    where: 'just before',
    words: /^ (?:in|of|during|into|by|about|at|under|except|excluding|besides|than|minus) $/,
  },
  {
    reason: 'description',
    where: 'just before',
    words: /^ (?:while|whereas|though|although|despite|where|kept|keeps|makes|making|made) $/,
  },
  {
    reason: 'description',
    where: 'sentence',
    words: / (?:negative controls?|mutation tests?|mutation-tested|counterfactual|sabotaged?) /,
  },
  {
    reason: 'description',
    where: 'remark after',
    words: / (?:went red|goes red|turned red|(?:then|and|,) (?:reverted|restored)) /,
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
  { reason: 'historical', where: 'statement before', words: /(?:^| and) before , / },
  {
    reason: 'instruction',
    where: 'opening',
    words:
      /(?:^| (?:[:.]|—|–)) (?:(?!(?:i|we|can|to) )\S+ ){0,3}(?:verify|ensure|confirm|make sure|restore) |(?<! i| we| can| now| to) and (?:verify|ensure|confirm|check|make sure) /,
  },
  {
    reason: 'plan',
    where: 'label',
    words:
      /^ (?:\S+ ){0,3}(?:purpose|verify|gates?|baseline|input|output|finalize|hand-off|when|exit codes?|rule|trigger|reproduce) [:—–-] |^ check [:—–-] /,
  },
  {
    reason: 'description',
    where: 'sentence',
    words:
      /^ (?:each|every) (?!(?:\S+ ){0,3}(?:tests?|specs?|suites?|checks?) )| (?:per|every|each) (?:pr|pull request|commit|task|merge|push|release|change) /,
  },
  { reason: 'description', where: 'statement before', words: / (?:leave|leaves|leaving|left|showed|masks) / },
  { reason: 'description', where: 'remark after', words: /^ (?:because|while) / },
  { reason: 'description', where: 'clause before', words: /^ (?:or|either|nor) / },
  { reason: 'plan', where: 'label', words: /^ (?:\S+ ){0,2}expect(?:ed|ation|s)? (?:\S+ ){1,5}: / },
  { reason: 'description', where: 'opening', words: / (?:asserts?|asserting|expects?|requires?|verifies) : / },
  {
    reason: 'description',
    where: 'opening',
    words:
      / (?:criteria|checklist|conditions?|rules?|requirements?|discipline)(?: \S+){0,3} : | (?:depends|rests|relies) on /,
  },
  {
    reason: 'hedged',
    where: 'remark after',
    words: / (?:tests?|checks?|suites?|builds?|lint|they|which) (?:should|must|ought to|needs? to) /,
  },
  { reason: 'negated', where: 'mark before', words: / (?:NO|WARN) / },
  { reason: 'historical', where: 'clause before', words: / (?:was|were|had|old|previous|former) / },
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
