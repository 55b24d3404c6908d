import type { RepositoryDiagnosis, Scope } from '../../core/debt/diagnosis.ts';
import { unseenOf } from '../wording/unseen.ts';
import { bare, counted } from '../wording/numbers.ts';
import { dateText, mustMature, spanText } from '../wording/time.ts';
import { legend } from '../wording/terms.ts';
import { markup, type Markup } from './markup.ts';
import type { Placed } from './placed.ts';

/** Where there is no number: why, and what would make one. */
export function unseen({ scope, id }: Placed): Markup {
  const rows = unseenOf(scope).map(
    ({ title, what, why, needs }) =>
      markup`<tr><th scope="row">${title}<small>${what}</small></th><td>${why}</td><td>${needs}</td></tr>`,
  );
  return markup`<section id="${id}unseen"><h2>What was not seen</h2><p class="lede">“Could not look” is not “no”: none of these counts for or against anybody.</p>
${rows.length === 0 ? markup`<p>Everything that this version looks for was seen.</p>` : markup`<div class="scroll"><table class="unseen"><thead><tr><th scope="col">what</th><th scope="col">why</th><th scope="col">it takes</th></tr></thead><tbody>${rows}</tbody></table></div>`}</section>`;
}

export function limits(diagnosis: RepositoryDiagnosis, id: string): Markup {
  const { commits, changes, people, notes, windows, head, branch, asOf, compared } = diagnosis;
  const whole: Scope | undefined = diagnosis.scopes[0];
  const band = 80;
  return markup`<section class="limits" id="${id}limits"><h2>How it was read</h2><div class="grid-2"><div>
<table class="keys"><tbody>
<tr><th scope="row">History</th><td>${counted(commits, 'commit')}, ${counted(changes, 'change')} of branch <bdi>${branch}</bdi></td></tr>
<tr><th scope="row">Head</th><td><code>${head ?? 'none'}</code></td></tr>
<tr><th scope="row">As of</th><td>${dateText(asOf)}: the newest commit, not the clock; the same history gives the same report</td></tr>
<tr><th scope="row">Now</th><td>${spanText(windows.now)}</td></tr><tr><th scope="row">Baseline</th><td>${spanText(windows.before)}</td></tr>
${compared !== undefined && markup`<tr><th scope="row">Compared</th><td>before and after <bdi>${compared.ref}</bdi> (<code>${compared.commit}</code>, ${dateText(compared.at)})</td></tr>`}
<tr><th scope="row">Identities</th><td>${counted(people.human, 'human')}, ${counted(people.agent, 'agent')}, ${counted(people.bot, 'bot')}; undisclosed: ${bare(people.undisclosed)}. Counted, never named.</td></tr>
</tbody></table></div><div>
${notes.length > 0 && markup`<h3>What stood in the way of reading</h3><ul>${notes.map(({ text }) => markup`<li>${text}</li>`)}</ul>`}
<h3>How to read the numbers</h3><ul>
<li>Bands hold the true value in ${band} of 100 such cases. A change whose band holds 0 is not shown as a change.</li>
<li>A signal ${mustMature}; it says which.</li>
<li>Everything is about a repository or a pod. No person is scored or ranked${whole !== undefined && ', and no name stands in this report'}.</li>
<li>${legend} How well each figure does is in docs/validation.md.</li>
</ul></div></div></section>`;
}
