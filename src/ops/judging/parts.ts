import { z } from 'zod';
import { deferred } from '../../core/deferred.ts';
import { explainExtraction } from '../../core/claim/extract/extract.ts';
import type { Part } from '../../core/claim/part.ts';
import type { ReadContext } from '../../core/operation.ts';
import { parsePart } from './part-text.ts';

/** Words that look like a claim and are none, with the reason. */
export const NotTaken = deferred(() => z.object({ words: z.string(), why: z.string() }));

export interface PartsFound {
  readonly parts: readonly Part[];
  readonly notTaken: readonly z.infer<typeof NotTaken>[];
}

/** Parts named outright, or else read from the words. */
export function findParts(context: ReadContext, statement: string, named: readonly string[]): PartsFound {
  if (named.length > 0) {
    return { parts: named.map((text, index) => parsePart(text, `p${index + 1}`, context.verifiers)), notTaken: [] };
  }
  const findings = explainExtraction(statement);
  return {
    parts: findings.flatMap((finding) => ('part' in finding ? [finding.part] : [])),
    notTaken: findings.flatMap((finding) =>
      'part' in finding ? [] : [{ words: statement.slice(finding.span.start, finding.span.end), why: finding.reason }],
    ),
  };
}
