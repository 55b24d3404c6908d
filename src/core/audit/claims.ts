import type { Part, PartKind } from '../claim/part.ts';
import { type Judgement, type SessionVerdict, sessionVerdicts } from './judge.ts';

export interface AuditedPart extends Judgement {
  readonly kind: PartKind;
  readonly words: string;
}

export type ClaimVerdict = SessionVerdict | 'partly-supported';
export const claimVerdicts: readonly ClaimVerdict[] = [
  ...sessionVerdicts.slice(0, 2),
  'partly-supported',
  ...sessionVerdicts.slice(2),
];

/** One sentence that claims something, and what its session shows of it. */
export interface AuditedClaim {
  /** Place of the quote: line, or index of the message or conversation. */
  readonly line: number;
  readonly quote: string;
  readonly verdict: ClaimVerdict;
  readonly parts: readonly AuditedPart[];
}

/** The sentence around each part, and the parts that share it. */
export function sentencesOf(
  text: string,
  parts: readonly Part[],
): readonly { readonly start: number; readonly end: number; readonly parts: readonly Part[] }[] {
  const found: { start: number; end: number; parts: Part[] }[] = [];
  for (const part of parts) {
    const { start, end } = sentenceAround(text, part.span ?? { start: 0, end: 0 });
    const last = found.at(-1);
    if (last !== undefined && start < last.end) {
      last.parts.push(part);
      last.end = Math.max(last.end, end);
    } else found.push({ start, end, parts: [part] });
  }
  return found;
}

const longestQuote = 300;

function sentenceAround(
  text: string,
  span: { readonly start: number; readonly end: number },
): { start: number; end: number } {
  let start = Math.max(0, span.start - longestQuote);
  for (const stop of text.slice(start, span.start).matchAll(/[.!?]["')*_]*\s+|\n/g)) {
    const after = stop.index + stop[0].length;
    start = Math.max(start, Math.max(0, span.start - longestQuote) + after);
  }
  const rest = text.slice(span.end, span.end + longestQuote);
  const stop = /[.!?](?=["')*_]*(?:\s|$))|\n|$/.exec(rest);
  return { start, end: span.end + (stop === null ? rest.length : stop.index + stop[0].trimEnd().length) };
}

/**
 * The word for a whole claim. Support of one part and nothing for another is partly-supported; a part that was seen,
 * and not for this state, makes it stale. What nobody could check is left out beside what somebody could.
 */
export function verdictOfParts(parts: readonly Pick<AuditedPart, 'verdict'>[]): ClaimVerdict {
  const has = (...verdicts: readonly SessionVerdict[]): boolean =>
    parts.some(({ verdict }) => verdicts.includes(verdict));
  if (has('contradicted')) return 'contradicted';
  if (has('disputed')) return 'disputed';
  const isBacked = has('supported', 'supported-by-human-evidence');
  if (has('unsupported', 'hearsay') && (isBacked || has('stale'))) return 'partly-supported';
  return sessionVerdicts.find((verdict) => verdict !== 'not-checkable' && has(verdict)) ?? 'not-checkable';
}
