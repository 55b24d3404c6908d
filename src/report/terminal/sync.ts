import type { Refused } from '../../core/ledger/admission.ts';
import { visible } from '../../core/visible.ts';
import { type Paper, paragraph } from './paper.ts';

export function syncText(
  paper: Paper,
  answer: {
    readonly remote: string;
    readonly received: number;
    readonly sent: number;
    readonly refused: readonly Refused[];
  },
): string {
  const { remote, received, sent, refused } = answer;
  return [
    paragraph(paper, '', `${received} new here, ${sent} new at ${visible(remote)}.`),
    ...refused.map(({ name, why }) => paragraph(paper, 'refused: ', `${visible(name)}: ${why}`)),
  ].join('\n');
}
