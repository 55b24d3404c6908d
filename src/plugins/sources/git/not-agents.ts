// The exclusions that come before every rule: people who work for makers of agents, people with an agent's name, and
// automation without a model.

const vendorStaff = /^[^@]+@(anthropic|openai|all-hands|cognition|cursor|replit|roocode|sourcegraph)\.(com|dev|ai)$/i;
const vendorAgent = /^(noreply|claude|codex|cursoragent|agent|openhands|opendevin|roomote|bot)@/i;
const aidersMaintainer = /^aider@paulg\.org$/i;
const givenName = /^(Jules|Devin|Claude|Gemini|Cody|Cline|Travis Cline)\b(?!.*(\[bot\]|AI|Code|Agent))/;
const agentAddress = /noreply@|\[bot\]|devin-ai|jules/i;
const services =
  'dependabot|renovate|github-actions\\[bot\\]|pre-commit-ci|semantic-release|snyk-bot|allcontributors|mergify|codecov|greenkeeper';
/**
 * By name, or an account that begins so; who works at a service has it elsewhere in an address. A robot that is called
 * after an agent releases it.
 */
const automation = new RegExp(`^[^<]*(?:${services}|\\w-robot\\b)|<(?:\\d+\\+)?(?:${services}|[\\w-]+-robot@)`, 'i');

/** Kimi is a given name, too, unless a model's word comes after it or its maker signs. */
const givenKimi =
  /^Kimi[ -](?!(?:K\d|AI|CLI|Code|Dev|VL|Audio|Linear|Latest|Researcher|for[ -]coding|thinking)\b)(?!.*(?:noreply@|\[bot\]|@(?:\w+\.)?(?:moonshot|kimi)\.))/i;

/** Of a co-author's signature: a person who has the name of a model. */
export function isNamesake(signature: string): boolean {
  return givenKimi.test(signature);
}

/** A person, whatever the name looks like. */
export function isStaff(name: string, email: string): boolean {
  if (aidersMaintainer.test(email)) return true;
  if (vendorStaff.test(email) && !vendorAgent.test(email)) return true;
  return givenName.test(name) && !agentAddress.test(email);
}

/** Automation without a model: a bot, and no agent. */
export function isAutomation(words: string): boolean {
  return automation.test(words);
}

/** Services that commit, and what accounts of machines are called. */
const botName =
  /\[bot\]|\bbot\b|-bots?\b|\brobot\b|^\S+bot$|^(?:bors|homu|weblate|jenkins|kibanamachine|elasticmachine|scala steward)$|^(?:jenkins|travis|gitlab)[ -]?ci\b|^circleci|^github[ -](?:actions?\b|merge[ -]queue$)|\bcontinuous integration\b|^imgbotapp$|^azure[ -]pipelines?\b|^transifex|^copybara|^gerrit code review$|^(?:ci|cd|automation|auto-?roller|autoroll)$|-(?:autoroll|automation|ci)$/i;
/** A program's name behind a maker's, or what a service is; of people it is a name (Rabot, Nebot; Ci). */
const endsAsBot = /[a-z]Bot$|\S CI$/;
const botAddress =
  /\[bot\]@|(?:^|[-_.+])(?:ro)?bot@|[-_.]daemon@|^(?:ci|jenkins|buildbot|circleci|automation)@|@(?:.*\.)?(?:gserviceaccount\.com|travis-ci\.(?:org|com))$|^(?:noreply|hosted)@weblate\.org$|^actions?@github\.com$|^(?:\d+\+)?github-actions@users\.noreply\.github\.com$/i;
/** Family names alone that end like a bot, and people called Jenkins. */
const notBots = /^(?:abbot|cabot|chabot|nebot|rabot|sabot|talbot|turbot)$|\w jenkins$/i;

/** Software that commits without a model: no human, no agent. */
export function isBot(name: string, email: string): boolean {
  if (isAutomation(`${name} <${email}>`)) return true;
  return (botName.test(name) || endsAsBot.test(name) || botAddress.test(email)) && !notBots.test(name);
}
