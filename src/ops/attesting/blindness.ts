import type { ClaimView, HumanView } from '../../core/claim/view.ts';
import { FactumError } from '../../core/errors.ts';
import type { ReadContext } from '../../core/operation.ts';
import { humansOf, waitsFor } from './waiting.ts';

// Whoever is still to answer is not shown what others answered; whoever was shown it is known to have seen it.

/** One line that names what somebody saw: an answer, or without one what machines say. */
export function seenKey(claim: string, answer?: Pick<HumanView, 'person' | 'attestedAt'>): string {
  return JSON.stringify(answer === undefined ? [claim] : [claim, answer.person.id, answer.attestedAt]);
}

/**
 * Ids of the claims whose human answers are not to be shown on the terminal at which this person stands. What is shown of
 * the others is remembered. None where nobody stands: a program reads, or an agent.
 */
export async function blindOn(
  context: ReadContext,
  views: readonly ClaimView[],
  { reveal }: { readonly reveal: boolean } = { reveal: false },
): Promise<string[]> {
  if (!context.isInteractive || views.length === 0) return [];
  const me = await context.actor();
  if (me.kind !== 'human') return [];
  const humans = await humansOf(context, views);
  const blind: string[] = [];
  const seen: string[] = [];
  for (const view of views) {
    const members = humans.get(view.pod) ?? [];
    if (!members.includes(me.id)) continue;
    const others = view.humans.filter(({ person }) => person.id !== me.id);
    if (view.parts.some(({ evidence }) => evidence !== undefined)) seen.push(seenKey(view.id));
    if (!reveal && waitsFor(view, me.id, members) && !tellsOfHumans(view)) blind.push(view.id);
    else seen.push(...others.map((answer) => seenKey(view.id, answer)));
  }
  await remember(context, seen);
  return blind;
}

/** A verdict that humans made cannot be shown without what they said. */
function tellsOfHumans({ parts }: ClaimView): boolean {
  return parts.some(
    ({ verdict, evidence }) => verdict === 'disputed' || (verdict === 'contradicted' && evidence === undefined),
  );
}

/** Who cannot keep it is still answered. */
async function remember({ seenAnswers, progress }: ReadContext, keys: readonly string[]): Promise<void> {
  try {
    await seenAnswers.remember(keys);
  } catch (thrown) {
    if (!(thrown instanceof FactumError) || thrown.code !== 'CONFIG_FOLDER') throw thrown;
    progress.note(`What you see here is not remembered when you answer: ${thrown.message}`);
  }
}
