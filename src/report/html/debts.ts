import type { DebtLevel, InputReading, Pillar, Scope } from '../../core/debt/diagnosis.ts';
import { absence, line } from '../wording/figures.ts';
import { ofDebt, ofPrediction } from '../wording/explanations.ts';
import { anchorTexts, predictedParts, signalOf, loneFactor } from '../wording/scope.ts';
import { debtTitles, debtWhat, pillarTitles } from '../wording/terms.ts';
import { explained, number } from './explained.ts';
import { gauge, hundred, placeOf } from './gauge.ts';
import { markup, type Markup } from './markup.ts';
import type { Placed } from './placed.ts';
import { shareTable } from './shares.ts';

/** What Execution Debt is predicted from: two debts, seen through visibility. */
export function debts({ scope, id }: Placed): Markup {
  return markup`<section id="${id}debts"><h2>Debts</h2>
<p class="lede">Each input is put on a scale from 0 (good) to 1 (bad) between two anchors. Levels are absolute: a pod that is steadily bad is not healthy.</p>
${compound(scope)}<div class="grid-2 debts">${scope.debts.map((debt) => oneDebt(scope, debt))}</div></section>`;
}

function compound(scope: Scope): Markup {
  const { predicted } = scope.executionDebt;
  const { level, decision, execution } = scope.visibility;
  const alone = loneFactor(scope.visibility);
  return markup`<article class="card wide"><h3>From debts to Execution Debt</h3>
<div class="grid-2"><div><p class="what">Main term: Human Debt × Technical Debt. Low visibility adds to it.</p>
${stacked(predicted)}
${predicted.level.state !== 'computed' && number(predicted.level, 'level')}</div>
<div><h4>Visibility</h4>${number(level, 'share')}${gauge({ title: 'Visibility', figure: level, unit: 'share', from: 0, to: 1, ticks: shareTicks })}
<table><caption>Both factors</caption><tbody><tr><th scope="row">Decisions: changes that lead to a reason on record</th><td>${line(decision, 'share')}</td></tr>
<tr><th scope="row">Execution: changes with evidence by somebody other than the author</th><td>${line(execution, 'share')}</td></tr></tbody></table>
${alone !== '' && markup`<p class="what">${alone}</p>`}</div></div>
${shareTable(scope, predicted.shares, 'What the prediction is made of')}
${explained(ofPrediction(scope))}</article>`;
}

const shareTicks = [0, 0.5, 1].map((at) => ({ at, label: `${100 * at} %` }));

function stacked(predicted: Scope['executionDebt']['predicted']): Markup | undefined {
  const parts = predictedParts(predicted);
  if (parts === undefined) return undefined;
  const { main = 0, amplification = 0 } = predicted;
  const [first, both] = [placeOf(main, 0, 100), placeOf(main + amplification, 0, 100)];
  const width = `${Number((Number.parseFloat(both) - Number.parseFloat(first)).toFixed(2))}%`;
  return markup`<svg class="stacked" role="img" width="100%" height="40"><title>Main term ${parts.main}, added by low visibility ${parts.added}, of 100</title><desc>A bar of two parts on a scale from 0 to 100.</desc>
<rect class="track" y="4" width="100%" height="14"/><rect class="part" y="4" width="${first}" height="14"/><rect class="added" x="${first}" y="4" width="${width}" height="14"/>
<text x="0" y="35">0</text><text x="100%" y="35" text-anchor="end">100</text></svg>
<p class="key"><span class="swatch part"></span>main term ${parts.main} <span class="swatch added"></span>added by low visibility ${parts.added}</p>`;
}

function oneDebt(scope: Scope, debt: DebtLevel): Markup {
  const title = debtTitles[debt.id];
  return markup`<article class="card"><h3>${title}</h3><p class="what">${debtWhat[debt.id]}</p>${number(debt.level, 'level', 'large')}
${gauge({ title, figure: debt.level, unit: 'level', ...hundred })}
<p class="coverage">${debt.coverage.observed} of ${debt.coverage.of} pillars observed</p>
<div class="pillars">${debt.pillars.map((pillar) => onePillar(scope, pillar))}</div>
${shareTable(scope, debt.shares, `What ${title} is made of`)}
${explained(ofDebt(scope, debt))}</article>`;
}

function onePillar(scope: Scope, pillar: Pillar): Markup {
  const inputs = scope.inputs.filter(({ id }) => pillar.inputs.includes(id));
  return markup`<section class="pillar"><h4>${pillarTitles[pillar.id]} <small>${line(pillar.badness, 'badness')}</small></h4>
${inputs.map((input) => oneInput(scope, input))}</section>`;
}

/** An input between its anchors, with the number of its signal. */
function oneInput(scope: Scope, input: InputReading): Markup {
  const { badness, anchors, title } = input;
  if (badness.state !== 'computed') {
    const { why, needs } = absence(badness);
    return markup`<div class="input none"><p><b>${title}</b>: ${why}. It takes: ${needs}.</p></div>`;
  }
  const { good, bad } = anchorTexts(scope, input);
  const signal = signalOf(scope, input.signal);
  const own = signal === undefined ? '' : line(signal.now, signal.unit);
  const ticks = [
    { at: 0, label: `good: ${good}` },
    { at: 1, label: `bad: ${bad}` },
  ];
  return markup`<div class="input"><p><b>${title}</b> <span>${own}</span><span class="source">anchors: ${anchors.configured ? 'set in factum.yaml' : anchors.source}</span></p>${gauge({ title, figure: badness, unit: 'badness', from: 0, to: 1, ticks })}</div>`;
}
