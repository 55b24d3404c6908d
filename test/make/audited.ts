import type { SessionClaim } from '../../src/core/audit/session.ts';
import type { TranscriptFile } from '../../src/core/transcript/file.ts';
import type { Framing } from '../../src/core/transcript/transcript.ts';
import { auditFile } from '../../src/ops/auditing/audit-file.ts';
import { transcripts } from '../../src/plugins/transcripts/index.ts';

export interface Audited {
  readonly format: string | undefined;
  readonly claims: readonly SessionClaim[];
  readonly skipped: number;
}

/** What the audit says of a text, cut into pieces as the host would. */
export async function audited(text: string): Promise<Audited> {
  const claims: SessionClaim[] = [];
  const read = await auditFile(fileOf(text), transcripts, (claim) => void claims.push(claim));
  return { format: read?.format, claims, skipped: read?.skipped ?? 0 };
}

function fileOf(text: string): TranscriptFile {
  return {
    name: 'made',
    head: () => Promise.resolve(text.slice(0, 256 * 1024)),
    async *pieces(framing: Framing) {
      if (framing === 'whole') yield [{ at: 0, text }];
      else if (framing === 'items')
        yield (JSON.parse(text) as unknown[]).map((item, at) => ({ at, text: JSON.stringify(item) }));
      else yield text.split('\n').map((line, at) => ({ at: at + 1, text: line }));
    },
  };
}

/** Verdicts of what is written by lines. */
export async function verdictsOf(entries: readonly object[]): Promise<readonly string[]> {
  const { claims } = await audited(entries.map((entry) => JSON.stringify(entry)).join('\n'));
  return claims.map(({ verdict }) => verdict);
}
