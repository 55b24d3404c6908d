import { capital, madeOf } from '../wording/scope.ts';
import { ofScore } from '../wording/explanations.ts';
import { dimensionTerms, meaningOf } from '../wording/terms.ts';
import { explained, number } from './explained.ts';
import { gauge, hundred } from './gauge.ts';
import { markup, type Markup } from './markup.ts';
import type { Placed } from './placed.ts';
import { shareTable } from './shares.ts';

export function score({ scope, id }: Placed): Markup {
  const { dimensions, shares } = scope.score;
  const rows = dimensions.map((dimension) => {
    const { definition, brief } = meaningOf(dimensionTerms[dimension.id]);
    return markup`<article class="row"><div><h3>${capital(dimension.title)}</h3><p class="what">${definition} <cite>${brief}</cite></p></div>
<div>${number(dimension.level, 'level')}${gauge({ title: dimension.title, figure: dimension.level, unit: 'level', ...hundred })}
<p class="source">${dimension.coverage.observed} of ${dimension.coverage.of} inputs observed. ${madeOf(scope, dimension.inputs)}</p></div></article>`;
  });
  return markup`<section id="${id}score"><h2>Score</h2><p class="lede">Five dimensions of equal weight, each 0 to 100, higher is better. A dimension that nobody could look at is left out, and the coverage says so.</p>
${rows}${shareTable(scope, shares, 'What the score lacks lies in')}
${explained(ofScore(scope))}</section>`;
}
