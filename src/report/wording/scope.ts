import type { DebtLevel, InputReading, Move, Scope, SignalReading } from '../../core/debt/diagnosis.ts';
import { isSurelyBad } from '../../core/debt/inputs.ts';
import { absence, readsText } from './figures.ts';
import { asPrinted, bare, chosenStyle, counted, percent, styleOf, written } from './numbers.ts';
import { dateText } from './time.ts';

export type InputShare = Scope['score']['shares'][number];

export const stateWords = {
  'not-enough-data': 'not enough data',
  ok: 'steady',
  watch: 'watch',
  alarm: 'alarm',
} as const;

/** A figure that has no past to be set against is not steady, nor one that changed; of so many some do so by chance. */
export function standingOf(signal: SignalReading): string {
  const { state, change } = signal;
  if (state !== 'ok' || change.state === 'unclear') return stateWords[state];
  if (change.state !== 'clear') return 'no comparison';
  return change.reads === 'neither' ? 'changed' : readsText(signal);
}

/** What somebody who leads reads first; every sentence is backed by a band further down. */
export function headline(scope: Scope): readonly string[] {
  if (scope.state === 'not-enough-data') return [`There is too little to judge yet: ${scope.because}.`];
  const worse = scope.alarms.found.filter(({ reads }) => reads === 'worse').length;
  return [
    ...(scope.stage.stage === 0 ? [] : [`Stage ${scope.stage.stage} of 3: ${scope.stage.title}.`]),
    ...(worse === 0 ? [] : [`${counted(worse, 'signal')} got worse beyond chance.`]),
    moveSentence(scope),
  ];
}

function moveSentence(scope: Scope): string {
  const { move } = scope;
  if (move === undefined) return noMove(scope);
  const causes = move.because.map(({ input }) => lowered(inputTitle(scope, input)));
  const cause = `${aimedAt(move)} of what could be better lies in ${listed(causes)}.`;
  // Where nothing is bad, what could be better is little.
  if (scope.state === 'ok')
    return `Steady: ${scope.because}. ${cause} If one thing is to change: ${lowered(move.title)}.`;
  return sentences(cause, leftOut(scope), `The one change to make: ${lowered(move.title)}.`);
}

/** What no share of a move can be made of: it is bad, and every debt or score that it is in lacks too much to be shown. */
export function leftOut({ inputs, debts, score }: Scope): string {
  const shown = new Set([...debts, score].flatMap(({ shares }) => shares.map(({ input }) => input)));
  const bad = inputs.filter((input) => isSurelyBad(input) && !shown.has(input.id)).map(({ title }) => lowered(title));
  return bad.length === 0
    ? ''
    : `Not counted in it, though bad beyond doubt: ${listed(bad)}. No debt or score with it could be shown.`;
}

/** What a move aims at: the sum of the shares as they are printed beside it. */
export function aimedAt({ because }: Move): string {
  return percent(because.reduce((sum, { share }) => sum + asPrinted(share), 0));
}

/** Within a sentence. */
export function lowered(title: string): string {
  return title.charAt(0).toLowerCase() + title.slice(1);
}

/** Why a debt is complete whatever else is good; empty where it is not. */
export function completedBy({ level, pillars }: DebtLevel): string {
  const full = pillars.flatMap(({ id, badness }) => (badness.state === 'computed' && badness.value === 1 ? [id] : []));
  if (level.state !== 'computed' || level.band.lo < 100 || full.length === 0) return '';
  return `${listed(full)} at the bad anchor or beyond: that alone makes it 100, whatever else is good`;
}

/** What predicted Execution Debt is made of, in numbers that add up to the one that is printed. */
export function predictedParts({ level, main }: Scope['executionDebt']['predicted']) {
  if (level.state !== 'computed' || main === undefined) return undefined;
  const { decimals } = styleOf('level', level.value, level.band);
  const [whole, first] = [level.value, main].map((value) => Number(value.toFixed(decimals)));
  return { main: bare(first ?? 0, decimals), added: bare((whole ?? 0) - (first ?? 0), decimals) };
}

/** What visibility stands on where one of its factors was not seen; empty where both were. */
export function loneFactor({ missing }: Scope['visibility']): string {
  return missing === undefined ? '' : loneFactors[missing];
}

const loneFactors = {
  decision: 'Visibility stands on execution alone; decisions were not seen.',
  execution: 'Visibility stands on decisions alone; execution was not seen.',
  both: 'Neither factor of visibility was seen.',
} as const;

/** Those that say something. */
export function sentences(...texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join(' ');
}

/** As a title. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Why no change is proposed: a move answers levels, and there may be none. */
export function noMove({ state, because, debts, score, inputs }: Scope): string {
  if (state === 'not-enough-data') return 'There is too little to propose a change.';
  const hasLevel = [score.level, ...debts.map(({ level }) => level)].some((level) => level.state === 'computed');
  const bad = inputs.filter(isSurelyBad).map(({ title }) => lowered(title));
  const why = !hasLevel
    ? 'Too little was observed for a debt or a score'
    : bad.length === 0
      ? 'No input is bad beyond doubt'
      : `What is bad beyond doubt (${listed(bad)}) is in no debt or score that could be shown`;
  return `${state === 'ok' ? '' : `${because}. `}${why}, so no change is proposed.`;
}

export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

export function inputTitle(scope: Scope, id: string): string {
  return scope.inputs.find((input) => input.id === id)?.title ?? id;
}

/** What a figure is made of, told apart from what it would be made of if it could be seen. */
export function madeOf(scope: Scope, ids: readonly string[]): string {
  const isSeen = (id: string): boolean => scope.inputs.find((input) => input.id === id)?.badness.state === 'computed';
  const [seen, unseen] = [ids.filter(isSeen), ids.filter((id) => !isSeen(id))];
  const titles = (some: readonly string[]): string => some.map((id) => inputTitle(scope, id)).join('; ');
  return [titles(seen), ...(unseen.length === 0 ? [] : [`Not seen: ${titles(unseen)}`])].filter(Boolean).join('. ');
}

export function signalTitle(scope: Scope, id: string): string {
  return signalOf(scope, id)?.title ?? scope.inputs.find(({ signal }) => signal === id)?.title ?? id;
}

export function signalOf(scope: Scope, id: string): SignalReading | undefined {
  return scope.signals.find((signal) => signal.id === id);
}

/** Whether a signal that is not worse than its past is bad all the same: what the state of the whole is told of. */
export function isBadAsEver(scope: Scope, { id, state }: SignalReading): boolean {
  return state === 'ok' && scope.inputs.some((input) => input.signal === id && isSurelyBad(input));
}

/** What to do about a signal, as far as its numbers say. */
export function nextForSignal(scope: Scope, signal: SignalReading): string {
  if (signal.now.state !== 'measured') return `To make it observable: ${absence(signal.now).needs}.`;
  const alarm = scope.alarms.found.find((each) => each.signal === signal.id);
  const inputs = scope.inputs.filter((input) => input.signal === signal.id).map(({ id }) => id);
  const aimed = scope.move?.because.some(({ input }) => inputs.includes(input)) === true;
  const move = aimed ? ` ${scope.move?.title ?? ''} aims at it.` : '';
  if (alarm !== undefined) return `Ask what changed around ${dateText(alarm.at)}.${move}`;
  if (signal.state === 'ok' && signal.change.state === 'clear' && signal.change.reads === 'worse')
    return `Look again in some weeks: of so many signals one in ten gets that much worse by chance.${move}`;
  if (isBadAsEver(scope, signal))
    return `It is bad whatever it was before: at least half of the way to its bad anchor.${move}`;
  if (signal.state === 'ok' && signal.before.state !== 'measured')
    return `Nothing yet: there is no baseline to compare it with.${move}`;
  if (signal.state === 'ok') return `Nothing: it does not differ for the worse from its own baseline.${move}`;
  return `It is worse than its own baseline: find out why before it is usual.${move}`;
}

/** Which input to look at first, for a level. */
export function nextForShares(scope: Scope, shares: readonly InputShare[], nothing: string): string {
  const [first] = shares.toSorted((a, b) => b.ofLevel - a.ofLevel);
  if (first === undefined || first.ofLevel <= 0) return nothing;
  const unsure = shares.toSorted((a, b) => b.ofUncertainty - a.ofUncertainty)[0];
  const doubt =
    unsure === undefined || unsure.ofUncertainty < 0.1
      ? ''
      : ` What would make it surer: more data on ${lowered(inputTitle(scope, unsure.input))} (${percent(unsure.ofUncertainty)} of the doubt).`;
  return `Begin with ${lowered(inputTitle(scope, first.input))}: ${percent(first.ofLevel)} of it.${doubt}`;
}

/** Values at the anchors in the unit of the signal. */
export function anchorTexts(
  scope: Scope,
  { anchors, signal }: InputReading,
): { readonly good: string; readonly bad: string } {
  const unit = signalOf(scope, signal)?.unit ?? unitOfAnchors(anchors);
  const style = chosenStyle(unit, [anchors.good, anchors.bad]);
  return { good: written(anchors.good, style), bad: written(anchors.bad, style) };
}

/** A signal that this version lacks has no unit: anchors within 0 and 1 are shares. */
function unitOfAnchors({ good, bad }: InputReading['anchors']): SignalReading['unit'] {
  return [good, bad].every((value) => value >= 0 && value <= 1) ? 'share' : 'count';
}

/** Why a stage is shown or none is. */
export function stageSentence({ stage }: Scope): string {
  if (stage.stage !== 0) return `Stage ${stage.stage} of 3: ${stage.title}`;
  if (stage.notLooked.length === 3) return 'No stage could be looked at';
  return stage.notLooked.length === 0 ? 'No stage of failure shows' : 'None shows, as far as one could look';
}
