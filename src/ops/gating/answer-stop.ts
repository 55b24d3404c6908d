import type { GateAnswer } from '../../core/agent/agent.ts';
import type { Claim } from '../../core/claim/claim.ts';
import type { ClaimView, PartView } from '../../core/claim/view.ts';
import { FactumError } from '../../core/errors.ts';
import type { ClaimRecord, WriteContext } from '../../core/operation.ts';
import { judge } from '../judging/judge.ts';
import { lookAtClaims } from '../looking/look-at-claims.ts';
import { factsOf, summaryOf } from './facts.ts';

/** Newest claims of the ledger among which those of the session are looked for. */
const newest = 500;

/** Looks at what was said, and answers: only what reality contradicts sends the agent back, and not for ever. */
export async function answerStop(context: WriteContext, claim: Claim): Promise<GateAnswer> {
  const hindrance = await look(context, claim);
  const views = await judge(context, await sessionOf(context, claim));
  const view = views.find(({ id }) => id === claim.id);
  if (view === undefined) throw new FactumError('INTERNAL', `claim ${claim.id} was filed and is not there`);
  const notes = [...(await changedRules(context)), ...(hindrance === undefined ? [] : [hindrance])];
  const budget = context.settings.config.gate.budget;
  const refuted = view.parts.filter(({ verdict }) => verdict === 'contradicted');
  const fresh = refuted.filter((part) => timesRefuted(part, views) <= budget);
  if (fresh.length > 0) return { decision: 'send-back', facts: factsOf(view, [...late(views, view), ...notes]) };
  const spent =
    refuted.length === 0 ? [] : [`it was sent back ${budget} times for this; a human decides: factum inbox`];
  return { decision: 'let-go', tell: summaryOf(view, [...notes, ...spent]) };
}

/** Looks, and records what is seen; answers what kept it from looking at all. */
async function look(context: WriteContext, claim: Claim): Promise<string | undefined> {
  try {
    await lookAtClaims(context, [claim], {
      fresh: false,
      known: [],
      async onEvidence(_claim, evidence) {
        const [first, ...rest] = evidence.map((body) => ({ type: 'verification/v0.1', body }) as const);
        if (first !== undefined) await context.write([first, ...rest]);
      },
    });
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof FactumError) || thrown.code !== 'NOT_TRUSTED') throw thrown;
    return `this repository's commands are not trusted yet, so none was run: factum trust`;
  }
}

async function sessionOf({ read }: WriteContext, { id, session }: Claim): Promise<readonly ClaimRecord[]> {
  const records = await read.claims(newest);
  return records.filter(
    ({ claim }) => claim.id === id || (claim.session?.agent === session?.agent && claim.session?.id === session?.id),
  );
}

/** Each stop files a claim of its own, so what is counted is the kind and scope of a part. */
function timesRefuted({ kind, scope }: PartView, views: readonly ClaimView[]): number {
  const isSame = (part: PartView): boolean =>
    part.kind === kind && part.scope === scope && part.verdict === 'contradicted';
  return views.filter(({ parts }) => parts.some(isSame)).length;
}

/** What a look that outlived its hook found about the same tree, which the agent has not heard. */
function late(views: readonly ClaimView[], { id, target }: ClaimView): readonly string[] {
  const before = views.filter((view) => view.id !== id && view.target.tree === target.tree);
  return before.flatMap(({ parts }) =>
    parts.flatMap(({ verdict, words, because }) =>
      verdict === 'contradicted'
        ? [`what was said before of the same tree, "${words ?? ''}", is contradicted: ${because}`]
        : [],
    ),
  );
}

/** Whoever changes the rules in the same breath is not accused of anything; it is only said. */
async function changedRules({ ports }: WriteContext): Promise<readonly string[]> {
  const rules = ['factum.yaml', '.claude', '.codex', '.cursor', '.gemini', '.github/hooks'];
  const answer = await ports.git(['status', '--porcelain=v1', '-z', '--', ...rules]);
  if (!answer.ok || answer.value.exit !== 0) return [];
  const files = answer.value.stdout.split('\0').flatMap((entry) => entry.slice(3) || []);
  return files.length === 0 ? [] : [`not committed, and part of what is judged by: ${files.slice(0, 5).join(', ')}`];
}
