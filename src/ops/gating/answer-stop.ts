import { type GateAnswer, isGated } from '../../core/agent/agent.ts';
import type { Claim } from '../../core/claim/claim.ts';
import type { ClaimView, PartView } from '../../core/claim/view.ts';
import { FactumError } from '../../core/errors.ts';
import type { ClaimRecord, WriteContext } from '../../core/operation.ts';
import { judge } from '../judging/judge.ts';
import { lookAtClaims } from '../looking/look-at-claims.ts';
import { factsOf, refutedIn, summaryOf, type Told } from './facts.ts';

/** Newest claims of the ledger among which those of the session are looked for. */
const newest = 500;

export interface Answered {
  readonly answer: GateAnswer;
  /** Those of the earlier claims that nobody has to wait for any more. */
  readonly heard: readonly string[];
}

/**
 * Looks at what was said, and answers that and what is known by now of `earlier` claims of the session, whose hooks had to
 * answer before. Only what reality contradicts sends the agent back, and not for ever.
 */
export async function answerStop(
  context: WriteContext,
  claim: Claim | undefined,
  earlier: readonly string[],
): Promise<Answered> {
  // Git is asked about the rules while a command runs.
  const [rules, hindrance] = await Promise.all([
    changedRules(context),
    claim === undefined ? [] : look(context, claim),
  ]);
  const views = await judge(
    context,
    await sessionOf(context, [...(claim === undefined ? [] : [claim.id]), ...earlier]),
  );
  if (claim !== undefined && !views.some(({ id }) => id === claim.id))
    throw new FactumError('INTERNAL', `claim ${claim.id} was filed and is not there`);
  const told = views.flatMap((view): Told[] => {
    if (view.id === claim?.id) return [{ view, isLate: false }];
    return earlier.includes(view.id) && view.parts.every(isLookedAt) ? [{ view, isLate: true }] : [];
  });
  const isWaitedFor = (id: string): boolean =>
    views.some((view) => view.id === id) && !told.some(({ view }) => view.id === id);
  return {
    answer:
      told.length === 0
        ? { decision: 'let-go' }
        : await answerTo(context, { told, views, notes: [...rules, ...hindrance] }),
    heard: earlier.filter((id) => !isWaitedFor(id)),
  };
}

interface Judged {
  readonly told: readonly Told[];
  /** Of all claims of the session. */
  readonly views: readonly ClaimView[];
  readonly notes: readonly string[];
}

async function answerTo(context: WriteContext, { told, views, notes }: Judged): Promise<GateAnswer> {
  const budget = context.settings.config.gate.budget;
  const tree = await context.repository?.tree();
  // What was false of another tree may have been mended since: it is told, and sends nobody back.
  const refuted = told.flatMap(({ view, isLate }) => (!isLate || view.target.tree === tree ? refutedIn(view) : []));
  if (refuted.some((part) => timesRefuted(part, views) <= budget))
    return { decision: 'send-back', facts: factsOf(told, notes) };
  const spent =
    refuted.length === 0 ? [] : [`it was sent back ${budget} times for this; a human decides: factum inbox`];
  return { decision: 'let-go', tell: summaryOf(told, [...notes, ...spent]) };
}

/** Looks, and records what is seen; answers what kept it from looking at all. */
async function look(context: WriteContext, claim: Claim): Promise<readonly string[]> {
  try {
    await lookAtClaims(context, [claim], {
      fresh: false,
      known: [],
      async onEvidence(_claim, evidence) {
        const [first, ...rest] = evidence.map((body) => ({ type: 'verification/v0.1', body }) as const);
        if (first !== undefined) await context.write([first, ...rest]);
      },
    });
    return [];
  } catch (thrown) {
    if (!(thrown instanceof FactumError) || thrown.code !== 'NOT_TRUSTED') throw thrown;
    return [`this repository's commands are not trusted yet, so none was run: factum trust`];
  }
}

function isLookedAt({ verdict, evidence }: PartView): boolean {
  return verdict !== 'unsupported' || evidence !== undefined;
}

/** Claims of the sessions of these claims. */
async function sessionOf({ read }: WriteContext, ids: readonly string[]): Promise<readonly ClaimRecord[]> {
  const records = await read.claims(newest);
  const sessions = records.flatMap(({ claim }) => (ids.includes(claim.id) ? (claim.session ?? []) : []));
  return records.filter(
    ({ claim: { id, session } }) =>
      ids.includes(id) || sessions.some((own) => own.agent === session?.agent && own.id === session.id),
  );
}

/** Each stop files a claim of its own, so what is counted is the kind and scope of a part. */
function timesRefuted({ kind, scope }: PartView, views: readonly ClaimView[]): number {
  const isSame = (part: PartView): boolean =>
    part.kind === kind && part.scope === scope && part.verdict === 'contradicted';
  return views.filter(({ parts }) => parts.some(isSame)).length;
}

/** Whoever changes the rules in the same breath is not accused of anything; it is only said. */
async function changedRules({ agents, ports }: WriteContext): Promise<readonly string[]> {
  const hooks = (await agents()).flatMap((agent) => (isGated(agent) && agent.hook !== undefined ? [agent.hook] : []));
  const folders = hooks.map(({ project }) => project.slice(0, project.lastIndexOf('/')));
  const rules = ['factum.yaml', ...folders];
  const answer = await ports.git(['status', '--porcelain=v1', '-z', '--', ...rules]);
  if (!answer.ok || answer.value.exit !== 0) return [];
  const files = answer.value.stdout.split('\0').flatMap((entry) => entry.slice(3) || []);
  return files.length === 0 ? [] : [`not committed, and part of what is judged by: ${files.slice(0, 5).join(', ')}`];
}
