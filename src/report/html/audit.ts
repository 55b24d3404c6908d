import type { AuditReport, ReportedClaim, Total } from '../../core/audit/report.ts';
import { claimVerdicts } from '../../core/audit/claims.ts';
import { auditWords, leadsText, meaningOf, readText, shareText, worthLooking } from '../wording/audit.ts';
import { counted } from '../wording/numbers.ts';
import { markup, type Markup } from './markup.ts';
import { pageOf } from './shell.ts';

/** The whole audit on one page; every claim that is not simply backed, with what decides it. */
export function auditHtml(report: AuditReport): string {
  const { read, totals, claims, schema } = report;
  const body = markup`<header><p class="kicker">Factum audit</p><h1>${counted(totals.all.claims, 'claim')}</h1>
<p class="lede">${readText(read)}. ${leadsText(read)}</p></header>
<section><h2>Verdicts</h2><table><thead><tr><th scope="col">verdict</th><th scope="col">claims</th><th scope="col">means</th></tr></thead><tbody>${claimVerdicts.map((verdict) => markup`<tr><th scope="row">${auditWords[verdict].sign} ${verdict}</th><td>${totals.all.verdicts[verdict] ?? 0}</td><td>${meaningOf(verdict, read)}</td></tr>`)}</tbody></table></section>
<section><h2>Totals</h2><p class="what">Shares are of the claims that can be told about, with 95 % intervals (Wilson). Tools and models, never people.</p>
${table('By agent', totals.agents)}${table('By model', totals.models)}${table('By kind of part', totals.kinds)}</section>
<section><h2>Claims to look at</h2>${worthLooking(claims).map(claimOf)}</section>
${unreadOf(read)}`;
  return pageOf({ title: 'Factum audit', schema, body });
}

function table(caption: string, totals: readonly Total[]): Markup {
  return markup`<table><caption>${caption}</caption><thead><tr><th scope="col"></th><th scope="col">claims</th><th scope="col">backed</th><th scope="col">contradicted</th></tr></thead><tbody>
${totals.map(({ name, claims, backed, contradicted }) => markup`<tr><th scope="row">${name}</th><td>${claims}</td><td>${shareText(backed)}</td><td>${shareText(contradicted)}</td></tr>`)}</tbody></table>`;
}

function claimOf({ file, line, verdict, quote, parts, agent, model }: ReportedClaim): Markup {
  return markup`<article class="alarm${verdict === 'contradicted' && ' worse'}"><p><b>${auditWords[verdict].sign} ${verdict}</b>: “<bdi>${quote}</bdi>”</p>
<ul>${parts.map((part) => markup`<li>${part.kind}: ${part.verdict}, ${part.why}${part.decidedBy !== undefined && ` (${part.decidedBy})`}</li>`)}</ul>
<p class="source"><bdi>${file}</bdi>:${line} · ${[agent, model].filter((text) => text !== '').join(', ')}</p></article>`;
}

function unreadOf({ unread, skippedIn }: AuditReport['read']): Markup | undefined {
  if (unread.length === 0 && skippedIn.length === 0) return undefined;
  return markup`<section><h2>Not read</h2><ul>${unread.map(({ name, why }) => markup`<li><bdi>${name}</bdi>: ${why}</li>`)}${skippedIn.map(({ file, lines }) => markup`<li><bdi>${file}</bdi>: ${counted(lines, 'line')} damaged, too long or of an unknown kind</li>`)}</ul></section>`;
}
