import { shortId } from '../../core/claim/claim-id.ts';
import { printable } from '../../core/claim/redact.ts';
import type { ClaimView, PartView } from '../../core/claim/view.ts';

/** Claude Code cuts what a hook says at 10,000 characters. */
const most = 8_000;

/** Statements with numbers, and no orders: models distrust what reads like an order that somebody slipped in. */
export function factsOf({ parts, target, id }: ClaimView, notes: readonly string[]): string {
  const refuted = parts.filter(({ verdict }) => verdict === 'contradicted');
  const tree = target.tree === undefined ? '' : ` at tree ${target.tree.slice(0, 8)}`;
  const lines = [
    `Factum looked at what was said to be done${tree}. Reality contradicts:`,
    ...refuted.map(said),
    ...rest(parts, 'contradicted'),
    ...notes.map((note) => `- ${note}`),
    `More: factum show ${shortId(id)}`,
  ];
  return bounded(lines.join('\n'));
}

/** For the person beside the agent. */
export function summaryOf({ parts, id }: ClaimView, notes: readonly string[]): string {
  const told = parts.map(({ kind, verdict, because }) =>
    verdict === 'supported' ? `${kind} supported` : `${kind} ${verdict} (${because})`,
  );
  return bounded([`Factum: ${told.join('; ')}`, ...notes, `More: factum show ${shortId(id)}`].join('\n'));
}

function said({ words, kind, because, evidence }: PartView): string {
  const ran = evidence?.ran[0];
  return `- "${words ?? kind}": ${because}${ran === undefined ? '' : ` (ran: ${ran})`}`;
}

function rest(parts: readonly PartView[], but: string): readonly string[] {
  const others = parts.filter(({ verdict }) => verdict !== but);
  return others.length === 0
    ? []
    : [`Of the rest: ${others.map(({ kind, verdict }) => `${kind} ${verdict}`).join(', ')}.`];
}

function bounded(text: string): string {
  const clean = printable(text);
  return clean.length > most ? `${clean.slice(0, most)}…` : clean;
}
