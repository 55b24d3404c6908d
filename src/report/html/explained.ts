import type { Figure, Level } from '../../core/debt/figure.ts';
import type { Explanation } from '../wording/explanations.ts';
import { shown } from '../wording/figures.ts';
import type { Unit } from '../wording/numbers.ts';
import { markup, type Markup } from './markup.ts';

/** What every figure answers where it stands. */
export function explained(
  { what, from, beside = [], sure, now }: Explanation,
  summary = 'What is it · from what · how sure · what now',
): Markup {
  return markup`<details class="why"><summary>${summary}</summary><dl>
<div><dt>What is this</dt><dd>${what}</dd></div>
<div><dt>From what</dt><dd>${from}</dd></div>
${beside.length > 0 && markup`<div><dt>Beside it</dt><dd><ul>${beside.map((each) => markup`<li>${each}</li>`)}</ul></dd></div>`}
<div><dt>How sure</dt><dd>${sure}</dd></div>
<div><dt>What now</dt><dd>${now}</dd></div>
</dl></details>`;
}

/** A number with its band; or the words that say why there is none. */
export function number(figure: Figure | Level, unit: Unit, kind: 'large' | 'small' = 'small'): Markup {
  const text = shown(figure, unit);
  if (!text.known)
    return markup`<p class="number ${kind} none"><b>${text.why}</b><span>It takes: ${text.needs}</span></p>`;
  return markup`<p class="number ${kind}"><b>${text.value}</b><span>${text.band}${text.of !== '' && markup` · ${text.of}`}</span></p>`;
}
