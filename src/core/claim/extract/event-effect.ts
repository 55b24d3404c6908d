import { changed } from './change-verbs.ts';
import { type EventPattern, lead, copula, nothing, url } from './event-words.ts';

/** What now is so: endpoints, pages, data, metrics, behaviour, files and changes. The more concrete come first. */
export const effectPatterns: readonly EventPattern[] = [
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
      `^(?: [^ ,;:.()|—–-][^ ,;:.()|]*){0,4}(?: at| on)? (?:URL|ENDPOINT)(?: page)?(?: now| also)* (?:renders|loads|rendered|loaded)(?= (?:$|[.,;!()|—–-] |correctly |fine |properly |cleanly |successfully |without |in |with |and |ok ))`,
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
      `^(?: (?:the|our|overall|YES))*((?: [^ ,;:.()|—–-][^ ,;:.()|]*){0,3} (?:coverage|latency|throughput|size|score|accuracy|precision|recall|time|memory|usage|fps|rate))(?: (?:is|are|at|reached|reaches|to|now|dropped|fell|rose|of|=|:|down|up|improved))* (?:AMOUNT|N)(?: (?:ms|kb|mb|s|seconds|percent|points))?(?: (?:,|\\(|—|which is|-))*(?: (?:well|comfortably|still|just))* (?:above|over|below|under|within|exceeds|exceeding|meets|meeting|beating|beats|target|threshold|limit|budget|goal|≥|>=|<=|<|>)(?: (?:the|our|a|of|target|threshold|limit|budget|goal|:|required|is|was|minimum))* (?:AMOUNT|N)(?= )`,
    ),
  },
  {
    kind: 'behaviour',
    subject: true,
    names: nothing,
    words:
      /^(?: (?:the|our|new|YES|and))*((?: (?!(?:it|this|that|everything|all|which|the) )[^ ,;:.()|—–-][^ ,;:.()|]*){1,4} (?:flow|feature|page|form|command|endpoint|integration|login|upload|export|import|search|sync|checkout|api|ui|button|dialog|importer|exporter))(?: (?:now|also))* (?:works?|is working) (?:(?:correctly |fully )?(?:end to end|end-to-end)|as expected|as intended|correctly)(?= (?:$|[.,;!()—–-] |and |now ))/,
  },
  {
    kind: 'behaviour',
    subject: true,
    names: nothing,
    words:
      /^(?: (?:the|our|new|YES|and))*((?: (?!(?:it|this|that|everything|all|which|the) )[^ ,;:.()|—–-][^ ,;:.()|]*){1,4} (?:flow|feature|page|form|command|endpoint|integration|support|implementation|refactor|refactoring|importer|exporter|dashboard|api)) (?:is|are)(?: now)? (?:complete|completed|done|finished|fully implemented|fully functional|completely implemented|feature complete)(?= (?:$|[.,;!()—–-] |and ))/,
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
    words: new RegExp(`${lead} (?:saved|written)(?: [^ ,;:.()|—–-][^ ,;:.()|]*){0,5}? (?:to|in|as|at) FILE(?= )`),
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
    active: true,
    named: true,
    names: /^(?:readme|changelog)$/,
    words: new RegExp(
      `${lead} (?:updated|edited|revised|rewrote)(?: (?:the|our|root|main|project|both))* (?:readme|changelog)(?= (?:$|[.,;:!()—–-] |and |to |with |for |so |as |too |accordingly ))`,
    ),
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
