/** One author or co-author as git tells them. */
export interface Author {
  readonly name: string;
  readonly email: string;
  readonly commits: number;
}

/** Obvious marks of agents; a name alone that people bear too, such as Claude, is none. */
const agentMarks: readonly (readonly [agent: string, mark: RegExp])[] = [
  ['claude-code', /@anthropic\.com>$|^claude\[bot\]/i],
  ['codex', /<(?:noreply|codex)@openai\.com>$|^(?:chatgpt-codex-connector|openai-codex)\[bot\]/i],
  ['copilot', /copilot(?:-swe-agent)?(?:\[bot\])?(?:@| <|$)|\+copilot@users\.noreply\.github\.com>$/i],
  ['cursor', /<(?:cursoragent@cursor\.com)>$|^cursor\[bot\]/i],
  ['gemini', /gemini-code-assist|gemini-cli|google-labs-jules/i],
  ['devin', /devin-ai-integration/i],
  ['replit', /<(?:agent|noreply)@replit\.com>$|^replit[- ]agent/i],
  ['openhands', /<openhands@all-hands\.dev>$/i],
];

/** Employees of the vendors are people. */
const vendorPeople =
  /<(?!noreply|claude|codex|cursoragent|agent|openhands)[^@>]+@(?:anthropic|openai|all-hands|cursor|replit)\.(?:com|dev)>$/i;

const botMarks =
  /\[bot\]|\bbot@|-bot@|dependabot|renovate|github-actions|semantic-release|<noreply@github\.com>$|^gitlab/i;

/** The agent that an author is, with the mark; undefined for people, bots and whoever bears no mark. */
export function agentOf({ name, email }: Author): string | undefined {
  const text = `${name} <${email}>`;
  if (vendorPeople.test(text)) return undefined;
  return agentMarks.find(([, mark]) => mark.test(text))?.[0];
}

export function isBot(author: Author): boolean {
  return agentOf(author) === undefined && botMarks.test(`${author.name} <${author.email}>`);
}
