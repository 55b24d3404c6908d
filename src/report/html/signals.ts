import type { Scope, SignalReading } from '../../core/debt/diagnosis.ts';
import { changeText, effectivePeople, line } from '../wording/figures.ts';
import { ofSignal } from '../wording/explanations.ts';
import { isBadAsEver, standingOf } from '../wording/scope.ts';
import { explained, number } from './explained.ts';
import { markup, type Markup } from './markup.ts';
import type { Placed } from './placed.ts';
import { weeklyChart, weeklyTable } from './weekly.ts';

/** Those with a number; the others stand under what was not seen. */
export function signalsSection({ scope, id }: Placed): Markup {
  const measured = scope.signals.filter(({ now }) => now.state === 'measured');
  return markup`<section id="${id}signals"><h2>Signals</h2><p class="lede">Quantities about the work of this ${scope.kind}, never about a person, each against its own past. The shaded bands are where the average of each window lies; single weeks scatter more.</p>
${measured.length === 0 && markup`<p class="verdict">None has enough observations yet</p>`}
${measured.map((signal) => one(scope, signal))}</section>`;
}

const filled = { 'not-enough-data': 0, ok: 0, watch: 5, alarm: 10 } as const;

/** Empty, half or full: what the word beside it says. */
function mark(state: SignalReading['state']): Markup {
  return markup`<svg class="mark" aria-hidden="true" width="12" height="12"><circle cx="6" cy="6" r="5"/><rect x="1" y="1" width="${filled[state]}" height="10" rx="5"/></svg>`;
}

function one(scope: Scope, signal: SignalReading): Markup {
  const { title, definition, before, change, unit, state } = signal;
  const isBad = isBadAsEver(scope, signal);
  const shown = isBad ? 'watch' : state;
  const alarms = scope.alarms.found.filter((alarm) => alarm.signal === signal.id);
  return markup`<article class="signal"><div class="reading"><h3>${title}</h3><p class="state ${shown}">${mark(shown)} ${standingOf(signal)}${isBad && '; at least half of the way to its bad anchor'}</p>
${reading(signal)}<p class="what">${definition}</p>
<p class="change ${change.state === 'clear' && change.reads}"><b>Against its baseline:</b> ${changeText(signal)}. Before: ${line(before, unit)}.</p></div>
<div class="drawing">${weeklyChart(signal, alarms) ?? markup`<p class="what">No single week has enough observations for a number of its own.</p>`}${weeklyTable(signal)}
${explained(ofSignal(scope, signal))}</div></article>`;
}

/** People first, where it is a number of them: an index tells less. */
function reading({ now, unit }: SignalReading): Markup {
  const people = effectivePeople(now);
  if (people === undefined) return number(now, unit, 'large');
  return markup`<p class="number large"><b>${people.many}</b><span>${people.of}, effectively</span></p>${number(now, unit)}`;
}
