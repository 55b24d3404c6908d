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
  if (given === undefined) return context.isInteractive ? asked(context, shown, flags.note) : undefined;
  if (context.isInteractive) {
    const isSure = await context.confirm(`${shown}\nSign that you ${given} it?`);
    return isSure ? answer(context, given, flags.note) : undefined;
  }
  // What is signed says that it was shown.
  context.progress.show(shown);
  return answer(context, given, flags.note);
}

async function asked(context: WriteContext, shown: string, note: string | undefined): Promise<Answer | undefined> {
  const question = 'Your answer: confirm, dispute or abstain (nothing: none)';
  for (let text = `${shown}\n${question}`; ; text = question) {
    const typed = (await context.ask(text, '')).toLowerCase();
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
