import { shortId } from '../../core/claim/claim-id.ts';
import { printable } from '../../core/claim/redact.ts';
import type { ClaimView, PartView } from '../../core/claim/view.ts';

/** Claude Code cuts what a hook says at 10,000 characters. */
const most = 8_000;

/** A claim whose verdict is told. */
export interface Told {
  readonly view: ClaimView;
  /** The hook of the stop that it was said at had to answer before it was known. */
  readonly isLate: boolean;
}

/** Statements with numbers, and no orders: models distrust what reads like an order that somebody slipped in. */
export function factsOf(told: readonly Told[], notes: readonly string[]): string {
  const lines = told.flatMap((each) => (refutedIn(each.view).length > 0 ? refutation(each) : [summary(each)]));
  return bounded([...lines, ...notes.map((note) => `- ${note}`), more(told)].join('\n'));
}

/** For the person beside the agent. */
export function summaryOf(told: readonly Told[], notes: readonly string[]): string {
  return bounded([...told.map(summary), ...notes, more(told)].join('\n'));
}

export function refutedIn({ parts }: ClaimView): readonly PartView[] {
  return parts.filter(({ verdict }) => verdict === 'contradicted');
}

function refutation({ view, isLate }: Told): readonly string[] {
  const { parts, target } = view;
  const tree = target.tree === undefined ? '' : ` at tree ${target.tree.slice(0, 8)}`;
  const what = isLate ? 'what was said at an earlier stop' : 'what was said to be done';
  return [`Factum looked at ${what}${tree}. Reality contradicts:`, ...refutedIn(view).map(said), ...rest(parts)];
}

function summary({ view: { parts }, isLate }: Told): string {
  const verdicts = parts.map((part) => verdictOf(part, [part.because.replace(/\.$/, '')]));
  return `Factum${isLate ? ', on what was said at an earlier stop' : ''}: ${verdicts.join('; ')}`;
}

/** What was noted beside it decides nothing, and is told: tests that pass may have been weakened. */
function verdictOf({ kind, verdict, notes }: PartView, because: readonly string[] = []): string {
  const why = [...because, ...notes].join('; ');
  return `${kind} ${verdict}${why === '' ? '' : ` (${why})`}`;
}

function more(told: readonly Told[]): string {
  return `More: ${told.map(({ view }) => `factum show ${shortId(view.id)}`).join(', ')}`;
}

function said({ words, kind, because, evidence }: PartView): string {
  const ran = evidence?.ran[0];
  return `- "${words ?? kind}": ${because}${ran === undefined ? '' : ` (ran: ${ran})`}`;
}

function rest(parts: readonly PartView[]): readonly string[] {
  const others = parts.filter(({ verdict }) => verdict !== 'contradicted');
  return others.length === 0 ? [] : [`Of the rest: ${others.map((part) => verdictOf(part)).join(', ')}.`];
}

function bounded(text: string): string {
  const clean = printable(text);
  return clean.length > most ? `${clean.slice(0, most)}…` : clean;
}
