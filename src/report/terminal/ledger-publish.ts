import type { Published } from '../../core/ledger/head.ts';
import { visible } from '../../core/visible.ts';
import { ink, type Paper, paragraph } from './paper.ts';

/** What `factum ledger publish` answers. */
export function ledgerPublishText(paper: Paper, published: Published): string {
  const { size, added, origin, root, vkey, witnesses, silent, unwitnessedSince } = published;
  const entries = size === 1 ? '1 entry is' : `${size} entries are`;
  return [
    paragraph(paper, '', `${entries} published, ${added} of them anew, as ${origin}.`),
    paragraph(paper, '  root     ', root),
    // Whole, so that it can be copied.
    ink(paper, 'dim', `  ${visible(vkey)}`),
    ...witnesses.map((each) => paragraph(paper, '  witness  ', `${visible(each.name)} cosigned at ${each.cosignedAt}`)),
    ...silent.map((each) => paragraph(paper, '  witness  ', `${visible(each.name)} did not: ${visible(each.why)}`)),
    ...(unwitnessedSince === undefined ? [] : [ink(paper, 'yellow', `unwitnessed since ${unwitnessedSince}`)]),
  ].join('\n');
}
