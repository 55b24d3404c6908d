import { visible } from '../../core/visible.ts';
import { type Paper, paragraph } from './paper.ts';

/** The receipt itself, so that it can be sent to a file. */
export function ledgerProveText(_paper: Paper, { receipts }: { receipts: readonly { receipt: string }[] }): string {
  return receipts[0]?.receipt.trimEnd() ?? '';
}

export function ledgerExportText(
  paper: Paper,
  { folder, files, size }: { folder: string; files: readonly string[]; size: number },
): string {
  const wrote = `Wrote ${files.length} files to ${visible(folder)}, checked against a checkpoint of ${size} entries.`;
  return [paragraph(paper, '', wrote), paragraph(paper, '', 'README.md there says how to check them.')].join('\n');
}

export function ledgerServeText(paper: Paper, { place, url }: { place: string; url: string }): string {
  return paragraph(paper, '', `Served ${visible(place)} at ${url}.`);
}
