import type { Scope } from '../../core/debt/diagnosis.ts';
import { counted, percent } from '../wording/numbers.ts';
import { line, moneyText } from '../wording/figures.ts';
import { ofAgents, ofCost } from '../wording/explanations.ts';
import { explained, number } from './explained.ts';
import { toolName } from '../wording/terms.ts';
import { markup, type Markup } from './markup.ts';
import type { Placed } from './placed.ts';

export function agentsAndCost(placed: Placed): Markup {
  return markup`<div class="grid-2 sections">${agents(placed)}${cost(placed)}</div>`;
}

function agents({ scope, id }: Placed): Markup {
  const { share, unseen, tools } = scope.agents;
  return markup`<section id="${id}agents"><h2>Agents</h2><p class="what">Changes that carry the mark of an AI agent: a lower bound. The rest is undisclosed, not human.</p>
${share.state === 'measured' && share.value === 0 && markup`<p>None of ${counted(share.n, 'change')} carries one (author, trailer or footer; prose is not read).</p>`}
<h3>Share of changes with a mark</h3>${number(share, 'share', 'large')}
<h3>Of those, without a human look on record</h3>${number(unseen, 'share')}
${tools.length > 0 && markup`<table><caption>Tools that left a mark in the current window</caption><tbody>${tools.map(({ tool, changes }) => markup`<tr><th scope="row">${toolName(tool)}</th><td>${changes}</td></tr>`)}</tbody></table>`}
${explained(ofAgents(scope))}</section>`;
}

/** Were it all that they do. */
function cost({ scope, id }: Placed): Markup {
  const { people, given, weeks, rework, waiting, personWeeks, money } = scope.cost;
  const who = given ? 'as factum.yaml says' : 'those who wrote or reviewed a change';
  return markup`<section id="${id}cost"><h2>Cost</h2><p class="what">What rework takes of ${people === undefined ? 'the people' : `${counted(people, 'person', 'people')} (${who})`} in ${weeks} weeks, were this all that they do.</p>
<h3>Person-weeks</h3>${number(personWeeks, 'ratio', 'large')}
${money !== undefined && markup`<p>${moneyText(money)}</p>`}
<table><caption>Shares of the work: measured here, and what is published elsewhere</caption><thead><tr><td></td><th scope="col">measured</th><th scope="col">published</th></tr></thead><tbody>
<tr><th scope="row">rework</th><td>${line(rework.share, 'share')}</td><td>${published(rework.published)}</td></tr>
<tr><th scope="row">waiting</th><td>${line(waiting.share, 'share')}</td><td>${published(waiting.published)}</td></tr>
</tbody></table>
${explained(ofCost(scope))}</section>`;
}

function published({ from, to }: Scope['cost']['rework']['published']): string {
  return `${percent(from)} to ${percent(to)}`;
}
