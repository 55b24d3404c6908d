import type { Decision } from '../../core/claim/attestation.ts';
import { FactumError } from '../../core/errors.ts';
import type { WriteContext } from '../../core/operation.ts';

export interface AnswerFlags {
  readonly confirm: boolean;
  readonly dispute: boolean;
  readonly abstain: boolean;
  readonly note?: string | undefined;
}

export interface Answer {
  readonly decision: Decision;
  readonly note?: string;
}

const decisions = ['confirm', 'dispute', 'abstain'] as const;

/** Throws USAGE when more than one was given. */
function decisionIn(flags: AnswerFlags): Decision | undefined {
  const given = decisions.filter((each) => flags[each]);
  if (given.length < 2) return given[0];
  throw new FactumError('USAGE', `expected one answer, got ${given.map((each) => `--${each}`).join(' and ')}`);
}

/** Shows the sheet and asks; undefined when the person gives no answer. */
export async function askAnswer(context: WriteContext, shown: string, flags: AnswerFlags): Promise<Answer | undefined> {
  const given = decisionIn(flags);
  if (given === undefined && !context.isInteractive) return undefined;
  // What is signed says that it was shown: as it is, for a line that is broken anew could pass for another.
  context.progress.show(`${shown}\n`);
  if (given === undefined) return asked(context, flags.note);
  if (context.isInteractive) {
    const isSure = await context.confirm(`Sign that you ${given} it?`, { inWords: true });
    return isSure ? answer(context, given, flags.note) : undefined;
  }
  return answer(context, given, flags.note);
}

async function asked(context: WriteContext, note: string | undefined): Promise<Answer | undefined> {
  for (;;) {
    const typed = (await context.ask('Your answer: confirm, dispute or abstain (nothing: none)', '')).toLowerCase();
    if (typed === '') return undefined;
    const decision = decisions.find((each) => each.startsWith(typed));
    if (decision === undefined) continue;
    const why = decision === 'dispute' ? 'What did you see?' : 'A note, if any:';
    return answer(context, decision, note ?? (await context.ask(why, '')));
  }
}

function answer({ redact }: WriteContext, decision: Decision, note = ''): Answer {
  return { decision, ...(note === '' ? {} : { note: redact(note) }) };
}
