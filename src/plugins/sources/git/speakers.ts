import type { Actor } from '../../../core/actor.ts';
import type { Session } from '../../../core/claim/claim.ts';
import type { AgentMark } from '../../../core/signal/fact.ts';
import { saysAgent } from './agents.ts';
import type { ParsedCommit } from './commit.ts';
import { kindOf } from './identity.ts';
import { personIn, type Trailer } from './trailers.ts';

export interface Speakers {
  readonly claimant: Actor;
  readonly others: readonly Actor[];
  readonly session?: Session;
}

/** What marks have in the place of a tool where they tell that one had a part, and not which. */
const unnamed = new Set(['entire', '*']);

/**
 * Who speaks in a message that an agent had a part in; undefined where none had. The author does; beside an agent's mark
 * that is a person, for who the agent is was disclosed. Only what made the commit goes before the author's name.
 */
export function speakersOf(
  { author }: ParsedCommit,
  trailers: readonly Trailer[],
  marks: readonly AgentMark[],
): Speakers | undefined {
  const agents = agentsIn(marks);
  const [first] = agents;
  if (first === undefined) return undefined;
  const people = [author, ...coauthorsIn(trailers)].map(actorOf).filter(({ kind }) => kind !== 'agent');
  const isMadeByAgent = marks.some(({ role, rule }) => role === 'author' || rule.startsWith('replit-trailer-'));
  const claimant = isMadeByAgent ? first : (people[0] ?? first);
  const others = unique([...people, ...agents]).filter(({ kind, id }) => kind !== claimant.kind || id !== claimant.id);
  const session = sessionIn(trailers, claimant.kind === 'agent' ? claimant : first);
  return { claimant, others, ...(session === undefined ? {} : { session }) };
}

/** Strongest mark first, as the marks are. */
function agentsIn(marks: readonly AgentMark[]): readonly Actor[] {
  const told = marks.filter(saysAgent);
  const named = told.filter(({ tool }) => !unnamed.has(tool));
  const actors = (named.length > 0 ? named : told).map(({ tool }): Actor => {
    const model = told.find((mark) => mark.tool === tool && mark.model !== undefined)?.model;
    return { kind: 'agent', id: tool === '*' ? 'agent' : tool, ...(model === undefined ? {} : { model }) };
  });
  return unique(actors);
}

function coauthorsIn(trailers: readonly Trailer[]): readonly { readonly name: string; readonly email: string }[] {
  return trailers.flatMap(({ key, value }) => (key === 'co-authored-by' ? (personIn(value) ?? []) : []));
}

function actorOf({ name, email }: { readonly name: string; readonly email: string }): Actor {
  const id = (email.toLowerCase() || name || 'nobody').slice(0, 320);
  return { kind: kindOf(name, email), id, ...(name === '' ? {} : { name: name.slice(0, 320) }) };
}

function unique(actors: readonly Actor[]): readonly Actor[] {
  return [...new Map(actors.toReversed().map((actor) => [`${actor.kind} ${actor.id}`, actor])).values()].toReversed();
}

/** Trailers that name a session, the more telling ones first. */
const sessionKeys = [
  'claude-session',
  'replit-commit-session-id',
  'copilot-session',
  'amp-thread-id',
  'agent-logs-url',
  'entire-session',
  'entire-checkpoint',
];

function sessionIn(trailers: readonly Trailer[], { id: agent, model }: Actor): Session | undefined {
  const found = sessionKeys
    .map((key) => trailers.find((trailer) => trailer.key === key)?.value)
    .find((value) => value !== undefined);
  const id = found?.split('/').at(-1)?.slice(0, 200) ?? '';
  return id === '' ? undefined : { agent, id, ...(model === undefined ? {} : { model }) };
}
