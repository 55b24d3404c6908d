import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SessionClaim } from '../../src/core/audit/session.ts';
import { quotesOf, transcriptFolder } from '../extraction/transcripts.ts';
import { audited } from '../make/audited.ts';

const folder = transcriptFolder();
if (folder === undefined) process.stderr.write('skipped: no reference transcripts; set FACTUM_TEST_DATA\n');

/** Verdicts that back a claim; none of them may be called contradicted. */
const backed = new Set(['supported', 'supported-by-human-evidence']);

describe.skipIf(folder === undefined)('labelled sessions', () => {
  const labels = folder === undefined ? [] : quotesOf(folder);
  const claims = new Map<string, readonly SessionClaim[]>();

  beforeAll(async () => {
    for (const file of new Set(labels.map((label) => label.file)))
      claims.set(file, (await audited(readFileSync(join(folder ?? '', file), 'utf8'))).claims);
  });

  test('there are labels to look at', () => {
    expect(labels.length).toBeGreaterThanOrEqual(11);
  });

  test.each(labels)('$file:$line "$quote"', ({ file, line, quote, expected }) => {
    const found = (claims.get(file) ?? []).filter((claim) => claim.line === line && overlap(claim.quote, quote));
    expect(found.map(({ verdict }) => verdict)).toContain(expected);
    if (backed.has(expected)) expect(found.map(({ verdict }) => verdict)).not.toContain('contradicted');
  });
});

function overlap(claimed: string, label: string): boolean {
  return claimed.includes(label) || label.includes(claimed) || claimed.includes(label.slice(0, 30));
}
