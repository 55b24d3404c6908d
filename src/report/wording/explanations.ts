import type { DebtLevel, Funnel, Move, Scope, SignalReading } from '../../core/debt/diagnosis.ts';
import { sureText } from './figures.ts';
import { bare, percent } from './numbers.ts';
import { aimedAt, capital, completedBy, nextForShares, nextForSignal, signalTitle } from './scope.ts';
import { debtTitles, meaningOf, noForecast, stagesMean } from './terms.ts';
import { spanText } from './time.ts';

/** The four questions that every figure answers where it stands. */
export interface Explanation {
  readonly what: string;
  readonly from: string;
  /** Further figures of the same, each with what it means. */
  readonly beside?: readonly string[];
  readonly sure: string;
  readonly now: string;
}

function meant(term: string): string {
  const { definition, source } = meaningOf(term);
  return `${definition} (${source})`;
}

export function ofExecutionDebt(scope: Scope): Explanation {
  const { predicted, measured } = scope.executionDebt;
  const isForeseen = predicted.level.state === 'computed';
  return {
    what: meant('Execution Debt'),
    from: `Predicted: from Human Debt, Technical Debt and visibility. Measured: from the signal “${signalTitle(scope, measured.signal)}”.`,
    sure: `Predicted: ${sureText(predicted.level, 'level')} Measured: ${sureText(measured.level, 'level')} The two are different questions: the first is no forecast of the second.`,
    now: isForeseen
      ? nextForShares(scope, predicted.shares, 'No input adds to it.')
      : 'Look at what is measured below, and at what would make the rest observable.',
  };
}

export function ofScore(scope: Scope): Explanation {
  const { level, shares, risk } = scope.score;
  return {
    what: `${meant('Execution Integrity Score')}. Execution Risk: ${meant('Execution Risk')}.${risk === undefined ? '' : ` Here it is ${bare(risk)}.`}`,
    from: `Each dimension is 100 × (1 − mean badness of its observed inputs); the score is their geometric mean. What was not observed is left out, not guessed. ${meant('tiers')}`,
    sure: sureText(level, 'level'),
    now: nextForShares(scope, shares, 'Make more dimensions observable: see “What was not seen”.'),
  };
}

export function ofMove(move: Move): Explanation {
  return {
    what: `${aimedAt(move)} is the part of what could be better that the inputs of this toolkit make. What could be better: the debts that are shown, and what a score that is shown lacks of 100, added up.`,
    from: `The shares of each input, as the tables below have them, weighted by the debt or score that they are of. Only inputs count that are, with the whole of their band, a tenth of the way to their bad anchor; of all toolkits this one has most of it. The toolkit: ${move.source}.`,
    sure: 'A share has no band of its own: the figures that it is made of have. That the toolkit helped elsewhere does not say that it helps here.',
    now: 'Take the steps, then measure again: factum diagnose --compare with the commit at which you began.',
  };
}

export function ofStage({ stage }: Scope): Explanation {
  const isShown = stage.stage !== 0;
  return {
    what: meant('failure stages'),
    from: `${stagesMean} The limits are [F]: Factum’s own.`,
    sure: isShown
      ? 'Each stage is shown only with its evidence; alarms carry their p.'
      : 'That none is shown is no proof that there is none.',
    now: isShown
      ? 'Look at the evidence together, as a pod, before anything is changed.'
      : 'Nothing: no stage asks for it.',
  };
}

export function ofRisks({ risks }: Scope): Explanation {
  const [worst] = risks;
  const isSure = worst?.badness.state === 'computed' && worst.badness.band.lo > 0;
  return {
    what: `The dominant parts of Execution Risk: ${meant('Execution Risk')}.`,
    from: 'Each is the mean of its observed inputs; their anchors stand under “Debts”.',
    sure: risks.map(({ id, badness }) => `${capital(id)}: ${sureText(badness, 'badness')}`).join(' '),
    now: isSure
      ? `Talk about ${worst.id} first.`
      : worst?.badness.state === 'computed'
        ? 'Nothing: no risk is there beyond doubt.'
        : 'Make the inputs observable first.',
  };
}

export function ofPrediction(scope: Scope): Explanation {
  const { level, shares } = scope.executionDebt.predicted;
  return {
    what: meant('the chain'),
    from: '100 × [m + (1 − m) × g × (1 − V) × √m], m = Human Debt × Technical Debt (both from 0 to 1), V = visibility = √(decisions × execution), g evenly from 0 to 1, since nobody knows how much low visibility adds; the formula is [F], Factum’s own.',
    sure: `${sureText(level, 'level')} 500 draws of the changes, of the weights and of g make the band. ${noForecast} How that was found: docs/validation.md, “Prediction”.`,
    now: nextForShares(scope, shares, 'Make what is missing observable.'),
  };
}

export function ofDebt(scope: Scope, debt: DebtLevel): Explanation {
  const { id, level, shares } = debt;
  const completed = completedBy(debt);
  return {
    what: meant(debtTitles[id]),
    from: '100 × (1 − ∏(1 − b)^w) over the observed pillars b with equal weights w: a good pillar does not buy off a bad one (OECD/JRC handbook 2008). A pillar is the mean of its observed inputs.',
    sure: `${sureText(level, 'level')}${completed === '' ? '' : ` Made of ${completed}.`}`,
    now: nextForShares(scope, shares, 'Make more of it observable.'),
  };
}

export function ofAgents({ agents: { share, unseen } }: Scope): Explanation {
  return {
    what: 'How much work is disclosed to be done by agents, and how much of that a human saw before others relied on it.',
    from: 'Trailers, authors, branches and messages as the tools write them; every hit is kept. No mark means undisclosed.',
    sure: `Share: ${sureText(share, 'share')} Unseen: ${sureText(unseen, 'share')} Agents that leave no mark are not seen.`,
    now: 'Have agents disclose themselves (a trailer is enough), and look at their work as at anybody’s.',
  };
}

export function ofCost({ cost }: Scope): Explanation {
  return {
    what: meant('cost of Execution Debt'),
    from: 'People × weeks × measured share of rework. The published ranges are not measured here and enter no number.',
    sure: `${sureText(cost.personWeeks, 'ratio')} Waiting is not part of it unless it was measured.`,
    now: 'Compare it with what the one structural move takes.',
  };
}

/** Repositories beside each other in one signal. */
export function ofFunnel(
  { pooled, level }: Pick<Funnel, 'pooled'> & { readonly level: number },
  signal: Pick<SignalReading, 'definition' | 'citation' | 'worse'> & { readonly outside: readonly string[] },
): Explanation {
  const { definition, citation, worse, outside } = signal;
  return {
    what: `${definition} In it, ${direction[worse]}.`,
    from: `What each counted in its current window; the figure in its own report may be drawn towards its past, where there are few observations. All together: ${percent(pooled)}. Source: Spiegelhalter 2005, Stat. Med. 24 (funnel plot); signal: ${cited(citation)}.`,
    sure: `A repository that is like all together lies within the fan with a probability of ${percent(level)}: of many marks a few lie outside by chance.`,
    now:
      outside.length === 0
        ? 'Nothing: chance explains how they differ.'
        : `Ask what is different in ${outside.join(', ')}: other work, other rules, other records. It is no rank.`,
  };
}

const direction = {
  higher: 'higher is worse',
  lower: 'lower is worse',
  neither: 'no level is better than another',
} as const;

export function ofSignal(scope: Scope, signal: SignalReading): Explanation {
  const { definition, formula, citation, worse, windows, now, unit } = signal;
  const on =
    now.state === 'measured'
      ? `${bare(now.n)} observations, ${spanText(windows.now)}; baseline ${spanText(windows.before)}. `
      : '';
  return {
    what: `${definition} In it, ${direction[worse]}.`,
    from: `${formula}. ${on}Source: ${cited(citation)}.`,
    beside: besides(signal),
    sure: `${sureText(now, unit)} Raised by ${signal.raisedBy}; lowered by ${signal.loweredBy}. Cannot see: ${signal.cannotSee}.${notes(signal)}`,
    now: nextForSignal(scope, signal),
  };
}

function cited(citation: string): string {
  return citation + (citation.includes('[F]') ? ' ([F]: Factum’s own choice)' : '');
}

function besides({ now, meaningsBeside = {} }: SignalReading): readonly string[] {
  const told = now.state === 'measured' ? Object.entries(now.beside ?? {}) : [];
  return told.map(
    ([name, value]) => `${bare(value, Number.isInteger(value) ? 0 : 2)}: ${meaningsBeside[name] ?? name}`,
  );
}

function notes({ now, shrunk }: SignalReading): string {
  const note = now.state === 'measured' && now.note !== undefined ? ` Note: ${now.note}.` : '';
  return note + (shrunk ? ' Few observations: drawn towards the own history (beta-binomial shrinkage).' : '');
}
