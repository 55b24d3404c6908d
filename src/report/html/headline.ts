import type { Scope } from '../../core/debt/diagnosis.ts';
import { ofExecutionDebt, ofMove, ofRisks, ofScore, ofStage } from '../wording/explanations.ts';
import { percent } from '../wording/numbers.ts';
import {
  aimedAt,
  capital,
  headline,
  inputTitle,
  leftOut,
  lowered,
  madeOf,
  noMove,
  stageSentence,
} from '../wording/scope.ts';
import { executionDebtWhat, noForecast } from '../wording/terms.ts';
import { explained, number } from './explained.ts';
import { gauge, hundred } from './gauge.ts';
import { markup, type Markup } from './markup.ts';

/** The first screen: what somebody who leads acts on. */
export function firstScreen(scope: Scope): Markup {
  return markup`<section class="first"><h2 class="spoken">At a glance</h2><p class="say">${headline(scope).map((sentence) => markup`<span>${sentence}</span> `)}</p>
<div class="board">${executionDebt(scope)}${score(scope)}${risks(scope)}${stage(scope)}${move(scope)}</div></section>`;
}

function executionDebt(scope: Scope): Markup {
  const { predicted, measured } = scope.executionDebt;
  return markup`<article class="card debt"><h3>Execution Debt</h3><p class="what">${capital(executionDebtWhat.both)}.</p>
<div class="pair"><div><h4>Predicted</h4>${number(predicted.level, 'level', 'large')}</div>${gauge({ title: 'Execution Debt, predicted', figure: predicted.level, unit: 'level', ...hundred })}</div>
<p class="what">${executionDebtWhat.predicted}${predicted.level.state === 'computed' && ` ${noForecast}`}</p>
<div class="pair"><div><h4>Measured</h4>${number(measured.level, 'level', 'large')}</div>${gauge({ title: 'Execution Debt, measured', figure: measured.level, unit: 'level', ...hundred })}</div>
<p class="what">${capital(executionDebtWhat.measured)}.</p>
${explained(ofExecutionDebt(scope))}</article>`;
}

const tierTicks = [0, 40, 60, 80, 100].map((at) => ({ at, label: String(at) }));

const tierZones = [
  { at: 20, label: 'illusory' },
  { at: 50, label: 'assumed' },
  { at: 70, label: 'inspectable' },
  { at: 90, label: 'proven' },
];

function score(scope: Scope): Markup {
  const { level, tiers, coverage } = scope.score;
  const found = tiers.length === 1 ? `Tier: ${tiers[0] ?? ''}` : `Tier not settled: ${tiers.join(' or ')}`;
  return markup`<article class="card score"><h3>Execution Integrity Score</h3><p class="what">How far work is verified, inspectable and recoverable. 100 is best.</p>
${number(level, 'level', 'large')}
<p class="coverage">${coverage.observed} of ${coverage.of} dimensions observed</p>
${gauge({ title: 'Execution Integrity Score', figure: level, unit: 'level', from: 0, to: 100, ticks: tierTicks, zones: tierZones })}
${tiers.length > 0 && markup`<p class="tiers">${found}</p>`}
${explained(ofScore(scope))}</article>`;
}

function stage(scope: Scope): Markup {
  const { stage: at, evidence, notLooked } = scope.stage;
  const names = ['slow degradation', 'invisible gaps', 'decision visibility collapses'];
  const steps = names.map(
    (name, index) =>
      markup`<li${at === index + 1 && markup` class="here" aria-current="step"`}><span>${index + 1}</span>${name}</li>`,
  );
  return markup`<article class="card stage"><h3>Failure stage</h3><p class="verdict">${stageSentence(scope)}</p><ol class="steps">${steps}</ol>
${list(evidence)}${notLooked.length > 0 && markup`<p class="what">Could not look at:</p>${list(notLooked)}`}
${explained(ofStage(scope))}</article>`;
}

function risks(scope: Scope): Markup {
  const rows = scope.risks.map(
    (risk) => markup`<li><div><h4>${capital(risk.id)}</h4>${number(risk.badness, 'badness')}</div>
<div>${gauge({ title: `Risk: ${risk.id}`, figure: risk.badness, unit: 'badness', from: 0, to: 1, ticks: goodToBad })}
<p class="source">${madeOf(scope, risk.inputs)}</p></div></li>`,
  );
  return markup`<article class="card risks"><h3>Three risks</h3><p class="what">Badness of what each is made of, worst first: 0 at the good anchors, 1 at the bad ones.</p><ol class="plain">${rows}</ol>
${explained(ofRisks(scope))}</article>`;
}

const goodToBad = [
  { at: 0, label: 'good' },
  { at: 1, label: 'bad' },
];

function move(scope: Scope): Markup {
  const { move: found } = scope;
  if (found === undefined)
    return markup`<article class="card move"><h3>The one structural move</h3><p class="verdict">None is proposed</p><p>${noMove(scope)}</p></article>`;
  const aside = leftOut(scope);
  return markup`<article class="card move"><h3>The one structural move</h3><div class="grid-2"><div><p class="verdict">${found.title}</p>
<p>It helps where: ${lowered(found.when)} Here it aims at ${aimedAt(found)} of what could be better:</p>
<ul>${found.because.map((each) => markup`<li>${inputTitle(scope, each.input)} (${percent(each.share)})</li>`)}</ul>
${aside !== '' && markup`<p class="what">${aside}</p>`}<p class="what">Time: ${found.time}. Source: ${found.source}. Afterwards, measure again with the same signals.</p></div>
<ol class="todo">${found.steps.map((step) => markup`<li>${step}</li>`)}</ol></div>
${explained(ofMove(found))}</article>`;
}

function list(texts: readonly string[]): Markup | undefined {
  return texts.length === 0 ? undefined : markup`<ul>${texts.map((text) => markup`<li>${text}</li>`)}</ul>`;
}
