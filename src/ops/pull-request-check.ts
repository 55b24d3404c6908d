import { z } from 'zod';
import { Claim } from '../core/claim/claim.ts';
import type { Evidence } from '../core/claim/evidence.ts';
import type { ClaimView, PartView } from '../core/claim/view.ts';
import { FactumError } from '../core/errors.ts';
import { type ClaimRecord, defineOperation, type ReadContext } from '../core/operation.ts';
import { eventIn, mostEventBytes, type PullRequest, PullRequestEvent } from '../core/pull-request/event.ts';
import {
  type CheckedPart,
  type CheckedStatement,
  isContradicted,
  longest,
  partsOf,
  PullRequestResult,
} from '../core/pull-request/result.ts';
import { isShownByItself, type Statement, statementsOf } from '../core/pull-request/statements.ts';
import { targetNow } from './judging/filing.ts';
import { judge } from './judging/judge.ts';
import { findParts } from './judging/parts.ts';
import { podFor } from './judging/pods.ts';
import { lookAtClaims } from './looking/look-at-claims.ts';
import { agentCommits } from './pull-requests/agent-commits.ts';

export const pullRequestCheck = defineOperation({
  id: 'pull-request check',
  summary: "Check what a pull request claims: title, body with ticked boxes, agents' last messages; record nothing",
  scope: 'read',
  positional: ['event'],
  formats: ['terminal', 'json'],
  input: z.strictObject({
    event: z.string().min(1).describe("file of the forge's pull_request event, as GITHUB_EVENT_PATH names it"),
  }),
  output: PullRequestResult,
  async run(context, { event: path }) {
    const event = eventIn(PullRequestEvent, await context.readFile(path, mostEventBytes), path);
    const pullRequest = await inThisCheckout(context, event.pull_request);
    const { base, head } = pullRequest;
    const commits = await agentCommits(context, { base: base.sha, head: head.sha });
    const unread = 'unread' in commits ? [commits.unread] : [];
    const said = statementsOf(pullRequest, 'unread' in commits ? [] : commits);
    const claims = await claimsIn(context, said, unread);
    const checked = await lookedAt(context, claims);
    const result: z.infer<typeof PullRequestResult> = {
      version: 1,
      pullRequest: { number: pullRequest.number, head: head.sha },
      claims: checked,
      unread: unread.map((why) => why.slice(0, longest.unread)),
    };
    for (const { words, because } of partsOf(result).filter(isContradicted))
      context.progress.note(`"${words}" is contradicted: ${because}`);
    return result;
  },
  answersNo: (result) => partsOf(result).some(isContradicted),
});

/** Throws HEAD_MISSING. */
async function inThisCheckout({ repository, ports }: ReadContext, pullRequest: PullRequest): Promise<PullRequest> {
  const { sha } = pullRequest.head;
  const there = repository === undefined ? undefined : await ports.git(['cat-file', '-e', `${sha}^{commit}`]);
  if (there?.ok === true && there.value.exit === 0) return pullRequest;
  throw new FactumError('HEAD_MISSING', `expected the pull request's head ${sha} in this checkout, got none`);
}

interface Said {
  readonly claim: Claim;
  readonly statement: Statement;
}

/** A claim has so many characters at most. */
const mostCharacters = 16_000;

/** What is not taken, and is worth knowing, is added to `unread`. */
async function claimsIn(context: ReadContext, said: readonly Statement[], unread: string[]): Promise<readonly Said[]> {
  const pod = (await podFor(context)).id;
  const found: Said[] = [];
  for (const statement of said) {
    const text = context.redact(statement.text).slice(0, mostCharacters);
    if (statement.text.length > mostCharacters)
      unread.push(`${statement.place}: all after ${mostCharacters} characters`);
    const all = findParts(context, text, []).parts;
    const parts = all.filter(({ kind }) => !isShownByItself(kind));
    if (parts.length < all.length) unread.push(`${statement.place}: what it says of commits, pushes and merges`);
    if (parts.length === 0) continue;
    const { claimant, commit } = statement;
    const made = { id: context.newId(), claimedAt: context.ports.now(), via: 'forge' as const };
    const target = await targetNow(context, commit);
    found.push({ statement, claim: Claim.parse({ ...made, pod, claimant, statement: text, parts, target }) });
  }
  return found;
}

async function lookedAt(context: ReadContext, said: readonly Said[]): Promise<CheckedStatement[]> {
  const seen = new Map<string, readonly Evidence[]>();
  await lookAtClaims(
    context,
    said.map(({ claim }) => claim),
    { fresh: false, known: [], onEvidence: async ({ id }, evidence) => void seen.set(id, evidence) },
  );
  const records = said.map(({ claim }): ClaimRecord => {
    const nothing = { index: 0, leafHash: '', attestations: [], withdrawals: [], erasures: [], uncounted: [] };
    return { ...nothing, claim, evidence: seen.get(claim.id) ?? [] };
  });
  const views = await judge(context, records);
  return said.flatMap(({ statement, claim }) => {
    const view = views.find(({ id }) => id === claim.id);
    return view === undefined ? [] : [checkedOf(statement, view)];
  });
}

function checkedOf({ place, commit, claimant }: Statement, { parts }: ClaimView): CheckedStatement {
  const agent = claimant.kind === 'agent' ? { agent: claimant.id } : {};
  return { place, commit, ...agent, parts: parts.map(checkedPart) };
}

function checkedPart({ kind, words = kind, verdict, because }: PartView): CheckedPart {
  return { kind, verdict, words: words.slice(0, longest.words), because: because.slice(0, longest.because) };
}
