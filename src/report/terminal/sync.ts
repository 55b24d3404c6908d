import type { Refused } from '../../core/ledger/admission.ts';
import { visible } from '../../core/visible.ts';
import { type Paper, paragraph } from './paper.ts';

/** Further ones are counted; `--json` has all of them. */
const mostShown = 20;

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
    ...refusedLines(paper, refused),
  ].join('\n');
}

function refusedLines(paper: Paper, refused: readonly Refused[]): readonly string[] {
  const more = refused.length - mostShown;
  return [
    ...refused.slice(0, mostShown).map(({ name, why }) => paragraph(paper, 'refused: ', `${visible(name)}: ${why}`)),
    ...(more > 0 ? [paragraph(paper, '', `${more} more were refused: --json lists them.`)] : []),
  ];
}
