import type { Actor } from '../actor.ts';
import type { PartKind } from '../claim/part.ts';
import type { PullRequest } from './event.ts';
import { longest, type Place } from './result.ts';

/** Something that a pull request says, who says it, and which commit it is about. */
export interface Statement {
  readonly place: Place;
  readonly text: string;
  readonly commit: string;
  readonly claimant: Actor;
}

/** A commit in which an agent left its mark. */
export interface AgentCommit {
  readonly commit: string;
  readonly tool: string;
  readonly message: string;
}

/** Of each agent the last message; `commits` are newest first. */
export function statementsOf(pullRequest: PullRequest, commits: readonly AgentCommit[]): readonly Statement[] {
  const { head, title, body, user } = pullRequest;
  // Nobody knows whether a person or a program writes under this name.
  const said = { commit: head.sha, claimant: { kind: 'undisclosed', id: user.login } } as const;
  const last = commits.filter(({ tool }, at) => commits.findIndex((each) => each.tool === tool) === at);
  return [
    { place: 'title' as const, text: title, ...said },
    { place: 'body' as const, text: body ?? '', ...said },
    ...last.map(({ commit, tool, message }): Statement => {
      return { place: 'commit', text: message, commit, claimant: { kind: 'agent', id: tool.slice(0, longest.agent) } };
    }),
  ]
    .filter(({ text }) => text.trim() !== '')
    .slice(0, longest.claims);
}

/**
 * A pull request shows by itself that it is committed and pushed and not merged yet, and a checkout of it does not: a fork's
 * branch is not at this remote.
 */
export function isShownByItself(kind: PartKind): boolean {
  return kind === 'committed' || kind === 'pushed' || kind === 'merged';
}
