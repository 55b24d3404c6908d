import { type EventPattern, lead, copula, end, nothing, pushedThing, url } from './event-words.ts';

/** Work that left the editor: committed, pushed, merged, published, deployed, closed, not reverted. */
export const deliveryPatterns: readonly EventPattern[] = [
  {
    kind: 'committed',
    active: true,
    names: /^SHA$/,
    words: new RegExp(
      `${lead} committed(?= (?:$|[.,;:!)—–+-] |as |in |at |to |with |under |and |the |my |all |everything |it |them |this |these |those |our |changes |locally |on |SHA |both ))`,
    ),
  },
  {
    kind: 'committed',
    names: /^SHA$/,
    words: new RegExp(
      `^(?: [^ ,;:.()|—–-][^ ,;:.()|]*){0,4} (?:changes?|work|everything|fix|fixes|files?|code|edits|all|updates?|it)${copula} committed${end}`,
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
    kind: 'committed',
    names: nothing,
    words: new RegExp(
      `^(?: (?:the|git|your|my|our|local|YES))* (?:working tree|worktree|working directory)(?: (?:is|now|also|left))* clean${end}`,
    ),
  },
  {
    kind: 'pushed',
    active: true,
    names: pushedThing,
    words: new RegExp(
      `${lead} (?:force-)?pushed(?= (?:$|[.,;!)] |to (?:BRANCH|SYMBOL|the remote|remote|origin|upstream|github|gitlab|main|master|the (?:branch|repo|repository|pr)) |(?:(?:the|my|all|both|this|updated|rewritten|pr|feature|new|latest|N) )*(?:changes?|commits?|branch|it|fix|fixes|updates?|everything|work|SHA|tags?|code|SYMBOL) ))`,
    ),
  },
  {
    kind: 'pushed',
    names: pushedThing,
    words: new RegExp(
      `^(?: [^ ,;:.()|—–-][^ ,;:.()|]*){0,4} (?:changes?|commits?|branch|work|everything|fix|fixes|code|updates?|tags?|it|SYMBOL|BRANCH|SHA)${copula} (?:force-)?pushed${end}`,
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
      `${lead} (?:published|released)(?: [^ ,;:.()|—–-][^ ,;:.()|]*){0,4} (?:PACKAGE|VERSION|to (?:npm|pypi|crates.io|the registry|docker|ghcr|maven|rubygems))(?= )`,
    ),
  },
  {
    kind: 'published',
    names: /^PACKAGE$/,
    words: new RegExp(
      `^(?: [^ ,;:.()|—–-][^ ,;:.()|]*){0,4} (?:package|PACKAGE|VERSION|release|image|crate|gem)(?: (?:is|was|has been|now|successfully))* (?:published|released)(?: to \\S+)?(?= (?:$|[.,;:!)] |and |as ))`,
    ),
  },
  {
    kind: 'deployed',
    active: true,
    names: url,
    words: new RegExp(
      `${lead} deployed(?: [^ ,;:.()|—–-][^ ,;:.()|]*){0,5}? (?:(?:to|at|on)(?: the| our)? (?:production|prod|staging|URL|vercel|netlify|fly|heroku|aws|gcp|azure|cloudflare|render|railway|kubernetes|cluster|github|SYMBOL)(?: [:(—–→] URL)?|[:—–→] URL)(?= )`,
    ),
  },
  {
    kind: 'deployed',
    names: url,
    words: new RegExp(
      `^(?! (?:see|try|view|check|watch|visit|open|find) )(?:(?: [^ ,;:.()|—–-][^ ,;:.()|]*){0,4} (?:site|app|page|service|api|deployment|version|docs|dashboard|server|website|changes?|it|release|build|worker|function)(?: (?:is|are|has been|was|now))*|(?: (?:YES|and|now))* it's(?: (?:now|also|already))*) (?:deployed (?:to|at|on) (?:production|prod|staging|URL|SYMBOL|vercel|netlify|cloudflare)|live(?: (?:at|on) (?:URL|production|staging)| [:—–→] URL))(?= )`,
    ),
  },
  {
    kind: 'deployed',
    names: url,
    words: new RegExp(
      `^(?: the| production| YES)* deployment (?:succeeded|completed successfully|was successful|is live)(?: (?:at|[:(—–→]) URL)?(?= )`,
    ),
  },
  {
    kind: 'deployed',
    names: url,
    words:
      /^(?:(?: (?:YES|now|is|and))* live (?:at|on|[:—–→]) URL(?= )|(?: (?:YES|and))* URL(?: (?:is|are|now|has been|was))* (?:live|deployed|up and running)(?= (?:$|[.,;!)—–] |and |with |now )))/,
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
      /^(?: [^ ,;:.()|—–-][^ ,;:.()|]*){1,5} (?:has not been|hasn't been|have not been|haven't been|was not|were not|wasn't|weren't|is not|isn't) reverted(?= )/,
  },
];
