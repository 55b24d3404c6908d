import type { DebtLevel, Scope } from '../../../core/debt/diagnosis.ts';
import type { Figure, Level, Span } from '../../../core/debt/figure.ts';
import { absenceText, placed, shown } from '../../wording/figures.ts';
import { bare, counted } from '../../wording/numbers.ts';
import {
  capital,
  completedBy,
  loneFactor,
  lowered,
  sentences,
  predictedParts,
  signalOf,
  stageSentence,
} from '../../wording/scope.ts';
import { executionDebtWhat, noForecast } from '../../wording/terms.ts';
import { isSameSpan } from '../../wording/time.ts';
import { ink, type Paper, paragraph } from '../paper.ts';
import { daysText } from './table.ts';

const label = 21;

/** What a lead looks at first: each figure with its band, what it is, and from what it comes. */
export function headline(paper: Paper, scope: Scope, now: Span): string {
  const { measured } = scope.executionDebt;
  return [
    row(paper, 'Execution Integrity', levelText(scope.score.level), scoreTells(scope)),
    row(paper, 'Execution Debt', '', executionDebtWhat.both),
    row(paper, '  predicted', levelText(scope.executionDebt.predicted.level), predictedTells(scope)),
    row(paper, '  measured', levelText(measured.level), measuredTells(scope, now)),
    ...scope.debts.map((debt) => debtRow(paper, debt)),
    row(
      paper,
      'Failure stage',
      scope.stage.stage === 0 ? 'none shown' : `${scope.stage.stage} of 3: ${scope.stage.title}`,
      stageTells(scope),
    ),
  ].join('\n');
}

/** A figure on a line of its own, and below it what it is, from what, how sure. */
export function row(paper: Paper, name: string, figure: string, tells: string): string {
  const head = `${ink(paper, 'bold', name.padEnd(label))}${figure}`.trimEnd();
  return [head, paragraph(paper, '    ', tells)].join('\n');
}

/** Of a scale from 0 to 100. */
function levelText(level: Level | Figure): string {
  const text = shown(level, 'level');
  return text.known ? `${text.value} of 100 (${text.band})` : 'not shown';
}

function measuredTells(scope: Scope, now: Span): string {
  const { level: figure, signal } = scope.executionDebt.measured;
  if (figure.state !== 'measured') return absenceText(figure);
  const window = signalOf(scope, signal)?.windows.now ?? now;
  const when = isSameSpan(window, now) ? '' : `, ${daysText(window)}`;
  return `${executionDebtWhat.measured}; n = ${bare(figure.n)}${when}`;
}

function scoreTells({ score: { level, tiers, coverage, dimensions } }: Scope): string {
  const told = dimensions.map(
    (each) => `${each.title} ${each.level.state === 'computed' ? placed(each.level, 'level') : '-'}`,
  );
  const seen = `${coverage.observed} of ${coverage.of} dimensions observed`;
  if (level.state === 'computed') return `${tiers.join(' or ')}; ${seen}: ${told.join(', ')}`;
  return level.state === 'not-enough-data' && level.of === 'dimensions'
    ? `${seen}, ${level.needed} are needed: ${told.join(', ')}`
    : absenceText(level);
}

function predictedTells({ executionDebt: { predicted }, visibility }: Scope): string {
  const { level } = predicted;
  if (level.state !== 'computed') return absenceText(level);
  const parts = predictedParts(predicted);
  const of = parts && `${parts.main} by Human x Technical Debt, ${parts.added} added by low visibility.`;
  return sentences(executionDebtWhat.predicted, of ?? '', loneFactor(visibility), noForecast);
}

const debtNames = {
  human: ['Human Debt', 'cost of misalignment, overload and invisible coordination'],
  technical: ['Technical Debt', 'fragile, complex or unseen work'],
} as const;

function debtRow(paper: Paper, debt: DebtLevel): string {
  const { id, level, coverage, pillars } = debt;
  const completed = completedBy(debt);
  const [name, meaning] = debtNames[id];
  const seen = pillars.flatMap(({ id: pillar, badness }) =>
    badness.state === 'computed' ? [`${pillar} ${placed(badness, 'badness')}`] : [],
  );
  const tells =
    level.state === 'computed'
      ? `${meaning}; ${coverage.observed} of ${counted(coverage.of, 'pillar')}: ${seen.join(', ')}${completed === '' ? '' : `. ${capital(completed)}`}`
      : `${meaning}; ${absenceText(level)}`;
  return row(paper, name, levelText(level), tells);
}

function stageTells(scope: Scope): string {
  const { stage } = scope;
  if (stage.stage > 0) return stage.evidence.join('; ');
  return stage.notLooked.length === 0
    ? 'no evidence of degradation, invisible gaps or lost decisions'
    : `${lowered(stageSentence(scope))}; could not look at ${stage.notLooked.join('; ')}`;
}
