import type { Diagnosis } from '../../core/debt/diagnosis.ts';
import { funnels } from './funnel.ts';
import { markup, Markup } from './markup.ts';
import { repository } from './repository.ts';
import { style, styleHash } from './style.ts';

/** One file that needs nothing else: no script, no request, the same bytes for the same diagnosis. */
export function diagnosisHtml(diagnosis: Diagnosis): string {
  const { repositories } = diagnosis;
  const names = repositories.map((each) => each.repository).join(', ');
  const policy = `default-src 'none'; style-src '${styleHash}'; img-src data:; base-uri 'none'; form-action 'none'`;
  return `${
    markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,"><title>Factum diagnosis: ${names}</title><style>${new Markup(style)}</style></head>
<body><main>${repositories.length > 1 && several(diagnosis)}${repositories.map(repository)}</main>
<footer><p>${diagnosis.schema}. This file loads nothing and runs nothing.</p></footer></body></html>`.text
  }\n`;
}

/** Side by side is no contest: in the order in which they were asked for. */
function several(diagnosis: Diagnosis): Markup {
  const { repositories } = diagnosis;
  return markup`<header class="several"><p class="kicker">Factum diagnosis</p><h1>${repositories.length} repositories</h1>
<p class="lede">In the order in which they were asked for; nothing here ranks them. Each is compared with its own past, and beside the others only by what chance explains.</p>
<nav aria-label="Repositories">${repositories.map((each, at) => markup`<a href="#r${at}"><bdi>${each.repository}</bdi></a>`)}</nav></header>${funnels(diagnosis)}`;
}
