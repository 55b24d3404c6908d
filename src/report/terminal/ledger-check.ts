import type { Finding } from '../../core/ledger/check/finding.ts';
import type { Erasure } from '../../core/claim/erasure.ts';
import type { BlobCounts } from '../../core/claim/evidence.ts';
import { visible } from '../../core/visible.ts';
import { countsText } from './artifacts.ts';
import { ink, type Paper, paragraph } from './paper.ts';

export interface CheckedLedger {
  readonly place: string;
  readonly checkpoint?: { readonly origin: string; readonly size: number; readonly root: string } | undefined;
  readonly envelopes: number;
  readonly twins: number;
  readonly unpublished: number;
  readonly continues: number;
  readonly artifacts?: BlobCounts | undefined;
  readonly erasures: readonly (Erasure & { readonly entry: number })[];
  readonly faults: number;
  readonly notices: number;
  readonly findings: readonly Finding[];
}

export function ledgerCheckText(paper: Paper, answer: CheckedLedger): string {
  const { checkpoint, faults, notices, findings } = answer;
  const signed =
    checkpoint === undefined
      ? 'Nothing is signed by the key of the log.'
      : `${checkpoint.origin}, ${checkpoint.size} entries, root ${checkpoint.root}`;
  const left = faults + notices - findings.length;
  return [
    verdictLine(paper, answer),
    paragraph(paper, '  ', visible(signed)),
    paragraph(paper, '  ', readLine(answer)),
    ...artifactLines(paper, answer),
    ...answer.erasures.map((erasure) => erasureLine(paper, erasure)),
    ...findings.map((finding) => findingText(paper, finding)),
    ...(left > 0 ? [`  and ${left} more`] : []),
  ].join('\n');
}

function verdictLine(paper: Paper, { place, faults, notices }: CheckedLedger): string {
  const what = visible(place);
  if (faults > 0) return `${ink(paper, 'red', 'broken')}  ${what}: ${counted(faults, 'fault')}`;
  const noticed = notices > 0 ? `; ${counted(notices, 'entry that does', 'entries that do')} not count` : '';
  return `${ink(paper, 'green', 'whole')}  ${what}${noticed}`;
}

function readLine({ envelopes, twins, unpublished, continues }: CheckedLedger): string {
  const parts = [`read ${counted(envelopes, 'envelope')} and ${counted(twins, 'twin leaf', 'twin leaves')}`];
  if (unpublished > 0) parts.push(`${unpublished} of them not published yet`);
  parts.push(continues > 0 ? 'continues what was seen before' : 'seen for the first time');
  return parts.join(', ');
}

function artifactLines(paper: Paper, { artifacts }: CheckedLedger): readonly string[] {
  const counts = artifacts === undefined ? undefined : countsText(artifacts);
  return counts === undefined ? [] : [paragraph(paper, '  ', `what looks kept: ${counts}`)];
}

function erasureLine(paper: Paper, { digest, by, erasedAt, entry }: CheckedLedger['erasures'][number]): string {
  return paragraph(
    paper,
    '    ',
    visible(`${digest.slice(0, 8)} erased by ${by.kind} ${by.id}, ${erasedAt}, entry ${entry}`),
  );
}

function findingText(paper: Paper, { level, code, what, place, entry, expected, got }: Finding): string {
  const where = entry === undefined ? place : `${place}, entry ${entry}`;
  const details = [
    ...(expected === undefined ? [] : [`expected ${expected}`]),
    ...(got === undefined ? [] : [`got ${got}`]),
  ];
  return [
    `${ink(paper, level === 'fault' ? 'red' : 'yellow', level)}  ${code}: ${what}`,
    paragraph(paper, '    ', visible([where, ...details].join('; '))),
  ].join('\n');
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
