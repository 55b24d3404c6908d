import { shortId } from '../../core/claim/claim-id.ts';
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

export function exportText(
  paper: Paper,
  { claim, file, envelopes }: { readonly claim: string; readonly file: string; readonly envelopes: number },
): string {
  const wrote = `Wrote ${visible(file)}: claim ${shortId(claim)} with all that a verdict on it is made of, ${envelopes} envelopes.`;
  return [
    paragraph(paper, '', wrote),
    paragraph(paper, '', 'On the other machine, in a clone: factum import <file>. What looks kept is not in it.'),
  ].join('\n');
}

export function importText(
  paper: Paper,
  answer: {
    readonly claim: string;
    readonly received: number;
    readonly known: number;
    readonly refused: readonly Refused[];
  },
): string {
  const { claim, received, known, refused } = answer;
  const id = shortId(claim);
  return [
    `${received} new here, ${known} were here before.`,
    ...refusedLines(paper, refused),
    paragraph(
      paper,
      '',
      `See it: factum show ${id}. Answer it: factum attest ${id}, then factum export --request ${id}.`,
    ),
  ].join('\n');
}

function refusedLines(paper: Paper, refused: readonly Refused[]): readonly string[] {
  const more = refused.length - mostShown;
  return [
    ...refused.slice(0, mostShown).map(({ name, why }) => paragraph(paper, 'refused: ', `${visible(name)}: ${why}`)),
    ...(more > 0 ? [paragraph(paper, '', `${more} more were refused: --json lists them.`)] : []),
  ];
}
