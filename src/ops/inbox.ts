import { z } from 'zod';
import { shortId } from '../core/claim/claim-id.ts';
import { Actor } from '../core/actor.ts';
import { ClaimView } from '../core/claim/view.ts';
import { isActive } from '../core/ledger/key-ring.ts';
import { defineOperation, type ReadContext } from '../core/operation.ts';
import { judge } from './judging/judge.ts';
import { humansOf, waitsFor } from './attesting/waiting.ts';

const Waiting = ClaimView.pick({ id: true, pod: true, statement: true, claimedAt: true }).extend({
  claimant: Actor,
  /** I answered before; why that is not enough. */
  again: z.string().optional(),
  command: z.string(),
});

export const inbox = defineOperation({
  id: 'inbox',
  summary: 'List the claims that wait for my look; without their verdicts, so that I look first',
  scope: 'read',
  input: z.strictObject({
    as: z.string().max(320).optional().describe("who I am in factum.yaml; default: git's user.email"),
  }),
  output: z.object({
    person: z.string(),
    claims: z.array(Waiting),
    /** Pods in which nothing that I sign counts, and what to do. */
    notes: z.array(z.string()),
  }),
  async run(context, input) {
    const person = input.as ?? (await context.actor()).id;
    const views = (await judge(context, await context.read.claims())).filter(({ open }) => open);
    const humans = await humansOf(context, views);
    const mine = views.filter((view) => waitsFor(view, person, humans.get(view.pod) ?? []));
    const claims = mine.map((view) => ({
      id: view.id,
      pod: view.pod,
      statement: view.statement,
      claimedAt: view.claimedAt,
      claimant: view.claimant,
      ...whyAgain(view, person),
      command: `factum attest ${shortId(view.id)}`,
    }));
    return { person, claims, notes: await notes(context, person) };
  },
});

function whyAgain({ humans }: ClaimView, person: string): { again?: string } {
  const last = humans.findLast((each) => each.person.id === person);
  if (last === undefined) return {};
  const { current, doesNotCount } = last;
  if (!current) return { again: 'a look found something else since you answered' };
  return doesNotCount === undefined ? {} : { again: `your answer does not count: ${doesNotCount}` };
}

async function notes(context: ReadContext, person: string): Promise<string[]> {
  const told: string[] = [];
  for (const { id, members } of context.settings.config.pods) {
    if (!members.humans.some((human) => human.id === person)) continue;
    const keys = [...(await context.read.keyRing(id)).values()];
    const hasKey = keys.some((key) => key.kind === 'human' && key.holder.id === person && isActive(key));
    if (!hasKey) told.push(`you have no enrolled key in pod ${id}: factum key enroll`);
  }
  if (
    told.length > 0 ||
    context.settings.config.pods.some(({ members }) => members.humans.some(({ id }) => id === person))
  )
    return told;
  return [`factum.yaml names no human ${person}; if that is not you: factum inbox --as <email>`];
}
