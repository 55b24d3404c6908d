import { hidesCheck } from '../../core/telemetry/bearing.ts';
import type { Lead } from '../../core/telemetry/lead.ts';
import { counted } from '../wording/numbers.ts';
import { utc } from './claim.ts';
import { clip, ink, type Paper, paragraph } from './paper.ts';

export const leadsTitle = "Leads, the word of the agent's own telemetry";

/** One line for each; below it why it failed, or why its success says little. */
export function leadLines(paper: Paper, leads: readonly Lead[]): readonly string[] {
  return leads.map((lead) => {
    const { occurredAt, succeeded, tool, command, writes, commit, error } = lead;
    const isHidden = hidesCheck(lead);
    const how = succeeded === undefined || isHidden ? 'ended' : succeeded ? 'succeeded' : 'failed';
    const head = `  ${utc(occurredAt)}  ${how.padEnd(9)}  `;
    const made = commit === undefined ? '' : `  -> commit ${commit.slice(0, 12)}`;
    const what = clip(command ?? [tool, ...(writes ?? [])].join(' '), paper.width - head.length - made.length);
    const below = [
      ...(succeeded === false && error !== undefined ? [paragraph(paper, '      said  ', clip(error, 200))] : []),
      ...(isHidden ? [paragraph(paper, '      note  ', 'the command hides how its check went')] : []),
    ];
    return [head + what + made, ...below.map((line) => ink(paper, 'dim', line))].join('\n');
  });
}

export function leadsText(paper: Paper, { leads, more }: { leads: readonly Lead[]; more: boolean }): string {
  if (leads.length === 0) return 'No leads. factum otel receive listens for them: docs/guide/telemetry.md';
  const blocks = [...new Set(leads.map(whose))].map((one) => {
    const own = leads.filter((lead) => whose(lead) === one);
    return [paragraph(paper, '', one), ...leadLines(paper, own)].join('\n');
  });
  const older = more ? ` There are older ones: --limit ${leads.length * 2}.` : '';
  return [...blocks, paragraph(paper, '', `${leadsTitle}: no verdict rests on them.${older}`)].join('\n\n');
}

function whose({ agent, session }: Lead): string {
  return `${agent}, session ${session}`;
}

export function otelReceiveText(paper: Paper, { url, leads }: { url: string; leads: number }): string {
  return paragraph(paper, '', `Received at ${url}: ${counted(leads, 'lead')}.`);
}

export function otelExportText(
  paper: Paper,
  { claims, sent, endpoint }: { claims: number; sent: number; endpoint: string },
): string {
  if (claims === 0) return 'No open claims: nothing was sent. Closed ones too: --all';
  return paragraph(paper, '', `Sent ${counted(sent, 'verdict')} of ${counted(claims, 'claim')} to ${endpoint}.`);
}
