import type { AuditReport, ReportedClaim, Total } from '../../core/audit/report.ts';
import { claimVerdicts } from '../../core/audit/claims.ts';
import { auditWords, leadsText, meaningOf, readText, shareText, worthLooking } from '../wording/audit.ts';
import { counted } from '../wording/numbers.ts';
import { clip, ink, type Paper, paragraph } from './paper.ts';

const mostShown = 40;

export function auditText(paper: Paper, { read, totals, claims }: AuditReport): string {
  const worth = worthLooking(claims);
  return [
    paragraph(paper, '', `${counted(totals.all.claims, 'claim')} in ${readText(read)}.`),
    ...(totals.all.claims === 0 ? [] : [verdictLines(paper, totals.all, read), tables(paper, totals)]),
    ...worth.slice(0, mostShown).map((claim) => claimText(paper, claim)),
    ...(worth.length > mostShown
      ? [paragraph(paper, '', `${worth.length - mostShown} more of these: --format html --out audit.html, or --json`)]
      : []),
    unreadText(paper, read),
    paragraph(paper, '', leadsText(read)),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

function verdictLines(paper: Paper, { verdicts }: Total, read: AuditReport['read']): string {
  return claimVerdicts
    .flatMap((verdict) => {
      const count = verdicts[verdict];
      if (count === undefined) return [];
      const { sign } = auditWords[verdict];
      return [paragraph(paper, `${sign} ${String(count).padStart(6)} ${verdict.padEnd(28)}`, meaningOf(verdict, read))];
    })
    .join('\n');
}

function tables(paper: Paper, { all, agents, models, kinds }: AuditReport['totals']): string {
  const head = '                              backed, 95 % interval         contradicted';
  const rows = (title: string, list: readonly Total[]): readonly string[] =>
    list.length === 0 ? [] : [ink(paper, 'bold', title), ...list.map((total) => row(total))];
  return [
    head,
    row(all),
    ...rows('by agent', agents),
    ...rows('by model', models),
    ...rows('by kind of part', kinds),
  ].join('\n');
}

function row({ name, backed, contradicted }: Total): string {
  const label = `  ${clip(name, 26)}`.padEnd(30);
  return `${label}${shareText(backed).padEnd(30)}${contradicted.n === 0 ? '–' : `${contradicted.k} of ${contradicted.n}`}`.trimEnd();
}

function claimText(paper: Paper, { file, line, verdict, quote, parts, agent, model }: ReportedClaim): string {
  const { sign } = auditWords[verdict];
  const colour = verdict === 'contradicted' || verdict === 'disputed' ? 'red' : 'yellow';
  return [
    ink(paper, colour, paragraph(paper, `${sign} `, `${verdict}: ${file}:${line}`)),
    paragraph(paper, '    said   ', `"${clip(quote, 300)}"`),
    ...parts.map((part) =>
      paragraph(
        paper,
        '    shown  ',
        `${part.kind} ${part.verdict}: ${clip(part.why, 300)}${part.decidedBy === undefined ? '' : ` (:${part.decidedBy})`}`,
      ),
    ),
    paragraph(paper, '    by     ', [agent, model].filter((text) => text !== '').join(', ')),
  ].join('\n');
}

function unreadText(paper: Paper, { unread, skippedIn }: AuditReport['read']): string {
  return [
    ...unread.slice(0, 10).map(({ name, why }) => paragraph(paper, 'not read  ', `${name}: ${clip(why, 200)}`)),
    ...(unread.length > 10 ? [`not read  and ${unread.length - 10} more`] : []),
    ...skippedIn
      .slice(0, 5)
      .map(({ file, lines }) => paragraph(paper, 'skipped   ', `${counted(lines, 'line')} of ${file}`)),
  ].join('\n');
}
