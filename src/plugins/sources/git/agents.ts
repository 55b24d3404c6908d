import type { SignedMessage } from '../../../core/agent/recogniser.ts';
import type { AgentMark } from '../../../core/signal/fact.ts';
import { agentRules, type AgentRule } from './agent-rules.ts';
import { isAutomation, isNamesake, isStaff } from './not-agents.ts';
import { oncePerPair } from './text.ts';
import { bodyLinesOf, subjectOf, type Trailer } from './trailers.ts';

/** What agents left in one commit. */
export interface AgentSigns {
  /** Every hit, strongest role first. */
  readonly marks: readonly AgentMark[];
  /** Tools of two makers in one line, or an agent that signs off (the kernel: only a human can certify the DCO). */
  readonly conflicting: boolean;
}

/** Strongest first: who made the commit says more than what its text mentions. */
const strength: readonly AgentMark['role'][] = [
  'author',
  'committer',
  'platform',
  'session',
  'coauthor',
  'assisted',
  'mention',
];

const trailer = 'trailer:';
const gitAiNote = 'note:refs/notes/ai';
const rulesOf = new Map<string, readonly AgentRule[]>();
for (const rule of agentRules)
  for (const field of rule.fields) rulesOf.set(field, [...(rulesOf.get(field) ?? []), rule]);

/** Keys of the trailers that rules read. */
const trailerKeys = new Set(
  [...rulesOf.keys()].filter((field) => field.startsWith(trailer)).map((field) => field.slice(trailer.length)),
);

/** A cheap look before 62 patterns: no hit of a body rule is without one of these words. */
const bodyHint = /generated (?:with|by)|devin\.ai|jules for task/i;

const none: AgentSigns = { marks: [], conflicting: false };

/** `branch`: the name that a merge commit gives. `notes`: lines of `refs/notes/ai` that name an agent. */
export function agentSignsIn(
  commit: SignedMessage,
  trailers: readonly Trailer[],
  { branch = '', notes = [] }: { readonly branch?: string; readonly notes?: readonly string[] } = {},
): AgentSigns {
  const { author, committer, message } = commit;
  const hits = [...asAuthor(author.name, author.email), ...asCommitter(committer.name, committer.email)];
  let conflicting = false;
  function look(field: string, text: string): void {
    for (const mark of hitsIn(field, text)) {
      hits.push(mark);
      conflicting ||= mark.rule === 'agent-signoff' || isContradicted(mark, signatureIn(field, text));
    }
  }
  for (const { key, value } of trailers) {
    if (!trailerKeys.has(key) || (key === 'co-authored-by' && isNamesake(value)) || isAutomation(value)) continue;
    look(`${trailer}${key}`, value);
  }
  look('subject', subjectOf(message));
  if (bodyHint.test(message)) for (const line of bodyLinesOf(message)) look('body', line);
  if (branch !== '') look('branch', branch);
  for (const note of notes) look(gitAiNote, note);
  if (hits.length === 0) return none;
  const marks = distinct(hits).toSorted((a, b) => strength.indexOf(a.role) - strength.indexOf(b.role));
  return { marks, conflicting };
}

function hitsIn(field: string, text: string): readonly AgentMark[] {
  const hits: AgentMark[] = [];
  for (const rule of rulesOf.get(field) ?? []) {
    const match = rule.match.exec(text);
    if (match !== null) hits.push(markOf(rule, field, match));
  }
  return hits;
}

function signedAs(role: 'author' | 'committer') {
  return oncePerPair((name, email): readonly AgentMark[] => {
    if (isAutomation(`${name} <${email}>`)) return [];
    const byAddress = hitsIn(`${role}.email`, email);
    return isStaff(name, email) ? byAddress : [...byAddress, ...hitsIn(`${role}.name`, name)];
  });
}

const asAuthor = signedAs('author');
const asCommitter = signedAs('committer');

/** An agent took part: more than a mention, and not by a rule that says little. */
export function isAgentsWork(marks: readonly AgentMark[]): boolean {
  return marks.some(saysAgent);
}

export function saysAgent({ role, confidence, rule }: AgentMark): boolean {
  return role !== 'mention' && confidence !== 'low' && !noWork.has(rule);
}

/** Platform records about something other than who wrote the change. */
const noWork = new Set(['replit-deploy', 'replit-restored']);

function markOf(rule: AgentRule, field: string, { groups }: RegExpExecArray): AgentMark {
  const said = groups?.['agent'] ?? groups?.['model'];
  const model = groups?.['model']?.trim();
  return {
    rule: rule.id,
    tool: rule.tool === '*' && said !== undefined ? toolIn(said) : rule.tool,
    role: rule.role === 'author' && field.startsWith('committer') ? 'committer' : rule.role,
    confidence: rule.confidence,
    ...(model === undefined || model === '' ? {} : { model: model.slice(0, 100) }),
  };
}

const toolWords: readonly (readonly [RegExp, string])[] = [
  [/claude|opus|sonnet|haiku|fable|anthropic/i, 'claude-code'],
  [/copilot/i, 'copilot'],
  [/codex|openai|gpt/i, 'codex'],
  [/gemini/i, 'gemini'],
  [/factory/i, 'factory-droid'],
];

function toolIn(words: string): string {
  return toolWords.find(([word]) => word.test(words))?.[1] ?? words.trim().toLowerCase();
}

/** Tools of those who make models; Copilot and Factory run models of all of them. */
const makers = ['claude-code', 'codex', 'gemini'];

/** Of a trailer `Name <address>` or `AGENT:MODEL`, of git-ai's notes all; what is said beside that, or in prose, signs nothing. */
function signatureIn(field: string, text: string): string {
  if (field === gitAiNote) return text;
  const form = /^(?:[^<]*<[^>]*>|[^:<]+:\s*\w[\w./@-]*)/;
  return field.startsWith(trailer) ? (form.exec(text)?.[0] ?? '') : '';
}

/** `Codex Opus 4.6 <noreply@anthropic.com>`: the signature names another maker's tool. */
function isContradicted({ tool }: AgentMark, signature: string): boolean {
  return (
    makers.includes(tool) &&
    toolWords.some(([word, other]) => other !== tool && makers.includes(other) && word.test(signature))
  );
}

/** Each mark once, however often it was left. */
export function distinct(marks: readonly AgentMark[]): readonly AgentMark[] {
  if (marks.length < 2) return marks;
  return [...new Map(marks.map((mark) => [`${mark.rule} ${mark.role} ${mark.model ?? ''}`, mark])).values()];
}
