import type { Scope } from '../../core/debt/diagnosis.ts';
import { percent } from '../wording/numbers.ts';
import { type InputShare, inputTitle } from '../wording/scope.ts';
import { placeOf } from './gauge.ts';
import { markup, type Markup } from './markup.ts';

/** Which inputs make a level, and which of them make it uncertain. */
export function shareTable(scope: Scope, shares: readonly InputShare[], what: string): Markup | undefined {
  if (shares.length === 0) return undefined;
  const rows = shares.map(
    ({ input, ofLevel, ofUncertainty }) => markup`<tr><th scope="row">${inputTitle(scope, input)}</th>
<td>${bar(ofLevel)}<span>${percent(ofLevel)}</span></td><td>${bar(ofUncertainty)}<span>${percent(ofUncertainty)}</span></td></tr>`,
  );
  return markup`<div class="scroll"><table class="shares"><caption>${what}</caption><thead><tr><th scope="col">input</th><th scope="col">share of it</th><th scope="col">share of the doubt</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function bar(share: number): Markup {
  return markup`<svg class="bar" aria-hidden="true" width="100%" height="8"><rect class="track" width="100%" height="8"/><rect class="part" width="${placeOf(share, 0, 1)}" height="8"/></svg>`;
}
