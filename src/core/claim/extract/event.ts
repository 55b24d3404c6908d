import type { PartKind } from '../part.ts';

/** One way to say that something was done or is so, over the words from the start of a clause (see `Token`). */
export interface EventPattern {
  readonly kind: PartKind;
  readonly words: RegExp;
  /** Classes or words of the tokens that name what it is about, looked for up to the end of the clause. */
  readonly names: RegExp;
  /** The part is about these names or it is none. */
  readonly named?: true;
  /** Bare verb without a subject: who did it must be clear from the words before. */
  readonly active?: true;
  /** The first group is the name itself: what works, what was measured. */
  readonly subject?: true;
}

const lead = "^(?: (?:and|so|also|then|now|finally|successfully|i|we|i've|we've|have|just|already|both|YES|done|:))*";
const copula = '(?: (?:is|are|has been|have been|now|all|already|also|both|successfully))*';
const end = '(?= (?:$|[.,;:!()|—–-] |and |but |to |at |on |in |as |with |via |successfully |locally |too |now ))';
const nothing = /^$/;
const place = /^(?:BRANCH|SYMBOL|main|master|develop)$/;
const url = /^(?:URL|ENDPOINT)$/;
const changed =
  '(?:added|fixed|removed|deleted|updated|changed|renamed|refactored|replaced|moved|implemented|introduced|extracted|rewrote|wired|modified|edited|dropped|converted|extended|bumped|simplified|patched|corrected|enabled|disabled|registered|exported|wrapped|adjusted|switched|swapped|cleaned|documented|imported|inlined|split|reworked|restored|created|wrote|hardened|tightened)';

/** Words without which no pattern of the kind can match: most sentences have none of them. */
export const eventWords: Readonly<Partial<Record<PartKind, RegExp>>> = {
  committed: / (?:committed|commit) /,
  pushed: / (?:force-)?pushed /,
  merged: / (?:squash-)?merged /,
  published: / (?:published|released) /,
  deployed: / (?:deployed|deployment|live) /,
  'endpoint-responds': / (?:URL|ENDPOINT) /,
  'page-renders': / (?:URL|ENDPOINT) /,
  migrated: / (?:migrations?|migrated) /,
  'data-present': / (?:rows|records|entries|users|documents|items) /,
  'metric-reached': / (?:AMOUNT|N) /,
  'issue-closed': / closed /,
  'not-reverted': / reverted /,
  behaviour: / (?:works?|working|complete|completed|done|finished|implemented|functional) /,
  'file-exists': / FILE /,
  'change-made': / (?:FILE|SYMBOL) /,
};

/** First match wins at each clause start. Order: the more concrete before the more general. */
export const eventPatterns: readonly EventPattern[] = [
  {
    kind: 'committed',
    active: true,
    names: /^SHA$/,
    words: new RegExp(
      `${lead} committed(?= (?:$|[.,;:!)—–-] |as |in |at |to |with |under |and |the |my |all |everything |it |them |this |these |those |our |changes |locally |on |SHA |both ))`,
    ),
  },
  {
    kind: 'committed',
    names: /^SHA$/,
    words: new RegExp(
      `^(?: [^ ,;:.()|]+){0,4} (?:changes?|work|everything|fix|fixes|files?|code|edits|all|updates?|it)${copula} committed${end}`,
    ),
  },
  {
    kind: 'committed',
    names: /^SHA$/,
    words: new RegExp(
      `${lead} (?:commit (?:SHA )?(?:was )?created|commit SHA is|commit(?: hash)? : SHA|created (?:a |the |one )?(?:new |single )?commit)${end}`,
    ),
  },
  {
    kind: 'pushed',
    active: true,
    names: place,
    words: new RegExp(
      `${lead} (?:force-)?pushed(?= (?:$|[.,;!)] |to (?:BRANCH|SYMBOL|the remote|remote|origin|upstream|github|gitlab|main|master|the (?:branch|repo|repository|pr)) |(?:(?:the|my|all|both|this|updated|rewritten|pr|feature|new|latest|N) )*(?:changes?|commits?|branch|it|fix|fixes|updates?|everything|work|SHA|tags?|code|SYMBOL) ))`,
    ),
  },
  {
    kind: 'pushed',
    names: place,
    words: new RegExp(
      `^(?: [^ ,;:.()|]+){0,4} (?:changes?|commits?|branch|work|everything|fix|fixes|code|updates?|tags?|it|SYMBOL|BRANCH)${copula} (?:force-)?pushed${end}`,
    ),
  },
  {
    kind: 'merged',
    active: true,
    names: /^(?:ISSUE|BRANCH|SYMBOL|main|master|develop)$/,
    words: new RegExp(
      `${lead} (?:squash-)?merged (?:(?:the|it|this|that|branch|changes|SYMBOL|BRANCH) )*(?:pr|pull request|mr|merge request|ISSUE|(?:in)?to (?:main|master|develop|BRANCH|SYMBOL|the default branch))(?= )`,
    ),
  },
  {
    kind: 'merged',
    names: /^(?:ISSUE|BRANCH|main|master|develop)$/,
    words: new RegExp(
      `^(?: the| this| YES)* (?:pr|pull request|mr|merge request|branch|ISSUE)(?: (?:ISSUE|SYMBOL|BRANCH|URL))*(?: (?:is|was|has been|now|already|also|successfully))* (?:squash-)?merged${end}`,
    ),
  },
  {
    kind: 'published',
    active: true,
    names: /^PACKAGE$/,
    words: new RegExp(
      `${lead} (?:published|released)(?: [^ ,;:.()|]+){0,4} (?:PACKAGE|VERSION|to (?:npm|pypi|crates.io|the registry|docker|ghcr|maven|rubygems))(?= )`,
    ),
  },
  {
    kind: 'published',
    names: /^PACKAGE$/,
    words: new RegExp(
      `^(?: [^ ,;:.()|]+){0,4} (?:package|PACKAGE|VERSION|release|image|crate|gem)(?: (?:is|was|has been|now|successfully))* (?:published|released)(?: to \\S+)?(?= (?:$|[.,;:!)] |and |as ))`,
    ),
  },
  {
    kind: 'deployed',
    active: true,
    names: url,
    words: new RegExp(
      `${lead} deployed(?: [^ ,;:.()|]+){0,5}? (?:to|at|on)(?: the| our)? (?:production|prod|staging|URL|vercel|netlify|fly|heroku|aws|gcp|azure|cloudflare|render|railway|kubernetes|cluster|github|SYMBOL)(?= )`,
    ),
  },
  {
    kind: 'deployed',
    names: url,
    words: new RegExp(
      `^(?: [^ ,;:.()|]+){0,4} (?:site|app|page|service|api|deployment|version|docs|dashboard|server|website|changes?|it|release|build|worker|function)(?: (?:is|are|has been|was|now))* (?:deployed (?:to|at|on) (?:production|prod|staging|URL|SYMBOL|vercel|netlify|cloudflare)|live(?: (?:at|on) (?:URL|production|staging)))(?= )`,
    ),
  },
  {
    kind: 'deployed',
    names: url,
    words: new RegExp(
      `^(?: the| production| YES)* deployment (?:succeeded|completed successfully|was successful|is live)(?= )`,
    ),
  },
  {
    kind: 'endpoint-responds',
    named: true,
    names: url,
    words: new RegExp(
      `^(?: (?:and|the|endpoint|get|head|route|url|at|now))* (?:URL|ENDPOINT)(?: (?:endpoint|route|now|correctly|successfully|also))* (?:returns|returned|responds|responded|answers|answered|serves|gives)(?: (?:with|a|an|http|status|code|now))* (?:N|2xx)(?= (?:$|[.,;!()|—–-] |ok |and |with |now |for ))`,
    ),
  },
  {
    kind: 'page-renders',
    named: true,
    names: url,
    words: new RegExp(
      `^(?: [^ ,;:.()|]+){0,4}(?: at| on)? (?:URL|ENDPOINT)(?: page)?(?: now| also)* (?:renders|loads|rendered|loaded)(?= (?:$|[.,;!()|—–-] |correctly |fine |properly |cleanly |successfully |without |in |with |and |ok ))`,
    ),
  },
  {
    kind: 'migrated',
    active: true,
    names: /^(?:SYMBOL|FILE)$/,
    words: new RegExp(
      `${lead} (?:applied|ran|executed)(?: (?:the|all|both|N|a|new|pending|database|db|schema))* migrations?(?= )`,
    ),
  },
  {
    kind: 'migrated',
    names: /^(?:SYMBOL|FILE)$/,
    words: new RegExp(
      `^(?: (?:the|all|both|database|db|schema|pending|new|N|YES))* migrations?(?: (?:SYMBOL|FILE|and|,))*${copula}(?: was| were)? (?:applied|ran successfully|completed successfully|succeeded)(?= (?:$|[.,;!()|—–-] |and |to |in |on |successfully |cleanly ))`,
    ),
  },
  {
    kind: 'migrated',
    names: nothing,
    words: new RegExp(
      `^(?: (?:the|production|staging|YES))* (?:database|schema|db) (?:is|has been)(?: now)? migrated(?= )`,
    ),
  },
  {
    kind: 'data-present',
    active: true,
    names: /^SYMBOL$/,
    words: new RegExp(
      `${lead} (?:inserted|imported|loaded|seeded|backfilled) N(?: [a-z-]+){0,2} (?:rows|records|entries|users|documents|items)(?= )`,
    ),
  },
  {
    kind: 'data-present',
    named: true,
    names: /^SYMBOL$/,
    words: new RegExp(
      `^(?: (?:the|table|collection))* SYMBOL(?: table| collection)?(?: now)? (?:contains|has|holds) N(?: [a-z-]+){0,2} (?:rows|records|entries|documents)(?= )`,
    ),
  },
  {
    kind: 'metric-reached',
    subject: true,
    names: nothing,
    words: new RegExp(
      `^(?: (?:the|our|overall|YES))*((?: [^ ,;:.()|]+){0,3} (?:coverage|latency|throughput|size|score|accuracy|precision|recall|time|memory|usage|fps|rate))(?: (?:is|are|at|reached|reaches|to|now|dropped|fell|rose|of|=|:|down|up|improved))* (?:AMOUNT|N)(?: (?:ms|kb|mb|s|seconds|percent|points))?(?: (?:,|\\(|—|which is|-))*(?: (?:well|comfortably|still|just))* (?:above|over|below|under|within|exceeds|exceeding|meets|meeting|beating|beats|target|threshold|limit|budget|goal|≥|>=|<=|<|>)(?: (?:the|our|a|of|target|threshold|limit|budget|goal|:|required|is|was|minimum))* (?:AMOUNT|N)(?= )`,
    ),
  },
  {
    kind: 'issue-closed',
    active: true,
    named: true,
    names: /^ISSUE$/,
    words: new RegExp(`${lead} closed(?: (?:the|github|issue|issues|ticket|both|out))* ISSUE(?= )`),
  },
  {
    kind: 'issue-closed',
    named: true,
    names: /^ISSUE$/,
    words: new RegExp(
      `^(?: (?:the|github|issue|ticket|YES))* ISSUE(?: (?:is|has been|was|now|already|are))* closed${end}`,
    ),
  },
  {
    kind: 'not-reverted',
    names: /^(?:SHA|SYMBOL|FILE|ISSUE)$/,
    words:
      /^(?: [^ ,;:.()|]+){1,5} (?:has not been|hasn't been|have not been|haven't been|was not|were not|wasn't|weren't|is not|isn't) reverted(?= )/,
  },
  {
    kind: 'behaviour',
    subject: true,
    names: nothing,
    words:
      /^(?: (?:the|our|new|YES|and))*((?: (?!(?:it|this|that|everything|all|which|the) )[^ ,;:.()|]+){1,4} (?:flow|feature|page|form|command|endpoint|integration|login|upload|export|import|search|sync|checkout|api|ui|button|dialog|importer|exporter))(?: (?:now|also))* (?:works?|is working) (?:(?:correctly |fully )?(?:end to end|end-to-end)|as expected|as intended|correctly)(?= (?:$|[.,;!()—–-] |and |now ))/,
  },
  {
    kind: 'behaviour',
    subject: true,
    names: nothing,
    words:
      /^(?: (?:the|our|new|YES|and))*((?: (?!(?:it|this|that|everything|all|which|the) )[^ ,;:.()|]+){1,4} (?:flow|feature|page|form|command|endpoint|integration|support|implementation|refactor|refactoring|importer|exporter|dashboard|api)) (?:is|are)(?: now)? (?:complete|completed|done|finished|fully implemented|fully functional|completely implemented|feature complete)(?= (?:$|[.,;!()—–-] |and ))/,
  },
  {
    kind: 'file-exists',
    active: true,
    named: true,
    names: /^FILE$/,
    words: new RegExp(
      `${lead} (?:created|wrote|generated|scaffolded)(?: (?:a|an|the|new|two|three|N|file|files|test|doc|document|script|config|module|at|named|called|in|under|both|:))* FILE(?= )`,
    ),
  },
  {
    kind: 'file-exists',
    active: true,
    named: true,
    names: /^FILE$/,
    words: new RegExp(`${lead} (?:saved|written)(?: [^ ,;:.()|]+){0,5}? (?:to|in|as|at) FILE(?= )`),
  },
  {
    kind: 'file-exists',
    named: true,
    names: /^FILE$/,
    words:
      /^(?: (?:the|file|YES|new|report|document|and))*(?: FILE| FILE and FILE)(?: now)? (?:exists?|is in place|has been created|created)(?= (?:$|[.,;!()—–-] |and |with |now ))/,
  },
  { kind: 'file-exists', named: true, names: /^FILE$/, words: /^(?: YES)* new file(?: :)? FILE(?= )/ },
  {
    kind: 'change-made',
    active: true,
    named: true,
    names: /^(?:FILE|SYMBOL)$/,
    words: new RegExp(`${lead} ${changed}(?= )`),
  },
  {
    kind: 'change-made',
    named: true,
    names: /^(?:FILE|SYMBOL)$/,
    words: new RegExp(
      `^(?: the)? (?:FILE|SYMBOL) (?:has been|have been|is now|are now) ${changed}(?= (?:$|[.,;!()—–-] |to |from |in |with |and ))`,
    ),
  },
];
