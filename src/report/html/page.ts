import type { Diagnosis } from '../../core/debt/diagnosis.ts';
import { funnels, markAt } from './funnel.ts';
import { markup, type Markup } from './markup.ts';
import { repository } from './repository.ts';
import { pageOf } from './shell.ts';

/** The same bytes for the same diagnosis. */
export function diagnosisHtml(diagnosis: Diagnosis): string {
  const { repositories, schema } = diagnosis;
  const names = repositories.map((each) => each.repository).join(', ');
  const body = markup`${repositories.length > 1 && several(diagnosis)}${repositories.map(repository)}`;
  return pageOf({ title: `Factum diagnosis: ${names}`, schema, body });
}

/** Side by side is no contest: in the order in which they were asked for. */
function several(diagnosis: Diagnosis): Markup {
  const { repositories } = diagnosis;
  return markup`<header class="several"><p class="kicker">Factum diagnosis</p><h1>${repositories.length} repositories</h1>
<p class="lede">In the order in which they were asked for; nothing here ranks them. Each is compared with its own past, and beside the others only by what chance explains.</p>
<nav aria-label="Repositories">${repositories.map((each, at) => markup`<a href="#r${at}">${markAt(at)} <bdi>${each.repository}</bdi></a>`)}</nav></header>${funnels(diagnosis)}`;
}
