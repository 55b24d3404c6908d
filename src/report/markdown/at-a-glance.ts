import type { Scope } from '../../core/debt/diagnosis.ts';
import type { Figure, Level } from '../../core/debt/figure.ts';
import { table } from '../reference/markdown.ts';
import {
  type Explanation,
  ofAgents,
  ofCost,
  ofDebt,
  ofExecutionDebt,
  ofPrediction,
  ofRisks,
  ofScore,
  ofStage,
} from '../wording/explanations.ts';
import { shown } from '../wording/figures.ts';
import type { Unit } from '../wording/numbers.ts';
import { capital, loneFactor, sentences, stageSentence } from '../wording/scope.ts';
import { debtTitles, executionDebtWhat, noForecast } from '../wording/terms.ts';
import { md } from './text.ts';

/** The figures that somebody who leads acts on. */
export function atAGlance(scope: Scope): string {
  const { executionDebt, score, debts, visibility, risks, stage } = scope;
  const tier = score.tiers.length === 0 ? '' : `; ${score.tiers.join(' or ')}`;
  const scored = `100 is best; ${score.coverage.observed} of ${score.coverage.of} dimensions observed${tier}`;
  const evidence = [...stage.evidence, ...stage.notLooked.map((why) => `not looked at: ${why}`)].join('; ');
  const rows = [
    row(
      'Execution Debt, predicted',
      executionDebt.predicted.level,
      'level',
      sentences(executionDebtWhat.predicted, loneFactor(visibility), noForecast),
    ),
    row('Execution Debt, measured', executionDebt.measured.level, 'level', executionDebtWhat.measured),
    row('Execution Integrity Score', score.level, 'level', scored),
    ...debts.map(({ id, level, coverage }) =>
      row(debtTitles[id], level, 'level', `0 is none; ${coverage.observed} of ${coverage.of} pillars observed`),
    ),
    row('Visibility', visibility.level, 'share', sentences('100 % is best.', loneFactor(visibility))),
    ...risks.map(({ id, badness }) => row(`Risk: ${id}`, badness, 'badness', '0 is good, 1 is bad')),
    ['Failure stage', md`**${stageSentence(scope)}**`, '', md`${evidence}`],
  ];
  return table(['figure', 'value', 'band', 'reads'], rows);
}

function row(name: string, figure: Figure | Level, unit: Unit, reads: string): readonly string[] {
  const text = shown(figure, unit);
  if (!text.known) return [md`${capital(name)}`, md`${text.why}`, '', md`it takes ${text.needs}`];
  return [md`${capital(name)}`, md`**${text.value}**`, md`${text.band}`, md`${reads}`];
}

export function explanations(scope: Scope): string {
  return explained([
    ['Execution Debt', ofExecutionDebt(scope)],
    ['The prediction', ofPrediction(scope)],
    ['Execution Integrity Score', ofScore(scope)],
    ['Failure stage', ofStage(scope)],
    ['Three risks', ofRisks(scope)],
    ...scope.debts.map((debt) => [debtTitles[debt.id], ofDebt(scope, debt)] as const),
    ['Agents', ofAgents(scope)],
    ['Cost', ofCost(scope)],
  ]);
}

export function explained(all: readonly (readonly [title: string, Explanation])[]): string {
  const rows = all.map(([title, { what, from, beside = [], sure, now }]) =>
    [title, what, [from, ...beside].join(' · '), sure, now].map((text) => md`${text}`),
  );
  return table(['figure', 'what is it', 'from what', 'how sure', 'what now'], rows);
}
