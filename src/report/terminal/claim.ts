import type { Evidence } from '../../core/claim/evidence.ts';
import type { ClaimView, PartView } from '../../core/claim/view.ts';
import { clip, ink, type Paper, paragraph } from './paper.ts';
import { verdictMarks } from './verdict-marks.ts';

/** A claim as a block: its verdict and words, then each part with what ran, what was seen and what to do. */
export function claimBlock(paper: Paper, claim: ClaimView): string {
  const { sign, colour } = verdictMarks[claim.verdict];
  const head = `${sign} ${claim.verdict.padEnd(12)}  `;
  const statement = paragraph(paper, head, clip(claim.statement, (paper.width - head.length) * 3));
  const lines = [
    statement.replace(head, () => ink(paper, colour, head)),
    ink(paper, 'dim', paragraph(paper, '  ', provenance(claim))),
    ...claim.parts.map((part) => partBlock(paper, part)),
    ...remarks(claim).map((text) => paragraph(paper, '  note  ', text)),
  ];
  return lines.join('\n');
}

/** The last digits tell claims of one day apart; the first ones are the time. */
export function shortId(id: string): string {
  return id.slice(-8);
}

export function provenance({ id, claimant, claimedAt, target, standing, intent, pod }: ClaimView): string {
  const about = target.tree === undefined ? target.commit : target.tree;
  return [
    shortId(id),
    claimant.kind === 'human' ? claimant.id : `${claimant.id} (${claimant.kind})`,
    utc(claimedAt),
    intent === undefined ? `pod ${pod}` : `intent ${intent}`,
    ...(standing ? ['standing'] : []),
    ...(about === undefined ? [] : [`${target.tree === undefined ? 'commit' : 'tree'} ${about.slice(0, 8)}`]),
  ].join(' · ');
}

/** `2026-11-21 03:27Z` */
export function utc(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)}Z`;
}

export function partBlock(paper: Paper, part: PartView): string {
  const { sign, colour, next } = verdictMarks[part.verdict];
  const scope = part.scope === 'named' ? (part.names ?? []).join(', ') : part.scope;
  const lines = [
    `  ${ink(paper, colour, `${sign} ${part.verdict}`)}  ${clip(`${part.kind} (${scope})`, paper.width - part.verdict.length - 6)}`,
    paragraph(paper, '      ', sentence(part.because)),
    ...ranLines(paper, part.evidence),
    ...part.notes.map((note) => paragraph(paper, '      note  ', note)),
    ...(next === '' ? [] : [paragraph(paper, '      next  ', next)]),
  ];
  return lines.join('\n');
}

function ranLines(paper: Paper, evidence: Evidence | undefined): readonly string[] {
  if (evidence === undefined || evidence.ran.length === 0) return [];
  const counted = new Map<string, number>();
  for (const command of evidence.ran) counted.set(command, (counted.get(command) ?? 0) + 1);
  const ran = [...counted].map(([command, times]) => (times === 1 ? command : `${command}  (${times} times)`));
  const again =
    evidence.reusedFrom === undefined
      ? []
      : [`      ${'seen'}  ${utc(evidence.reusedFrom)}, on this same tree; --fresh looks again`];
  return [...ran.map((command) => ink(paper, 'dim', paragraph(paper, '      ran   ', command))), ...again];
}

function sentence(text: string): string {
  return /[.!?…)]$/.test(text) ? text : `${text}.`;
}

function remarks(claim: ClaimView): readonly string[] {
  return [
    ...(claim.missing.length === 0 ? [] : [`level ${claim.level} also requires: ${claim.missing.join(', ')}`]),
    ...(claim.unsafe === undefined ? [] : [`cannot become verified: ${claim.unsafe}`]),
  ];
}
