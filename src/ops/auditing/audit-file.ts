import { SessionAudit, type SessionClaim } from '../../core/audit/session.ts';
import type { Piece, TranscriptFile } from '../../core/transcript/file.ts';
import type { Told, Transcript } from '../../core/transcript/transcript.ts';
import { formatOf, headOf } from '../../core/transcript/transcript.ts';

export interface AuditedFile {
  readonly format: string;
  readonly sessions: ReadonlySet<string>;
  /** Lines or items that were damaged, too long or of an unknown kind. */
  readonly skipped: number;
}

/** Reads one file to its end, piece by piece; undefined where it holds no session. Throws where it cannot be read. */
export async function auditFile(
  file: TranscriptFile,
  formats: readonly Transcript[],
  found: (claim: SessionClaim, format: string) => void,
): Promise<AuditedFile | undefined> {
  const head = await file.head();
  const format = head === undefined ? undefined : formatOf(headOf(head), formats);
  if (format === undefined) return undefined;
  const reader = format.run();
  const audit = new SessionAudit({ agent: format.agent, framing: format.framing });
  const tell = (told: Iterable<Told>, at: number): void => {
    for (const moment of told) for (const claim of audit.take(moment, moment.at ?? at)) found(claim, format.id);
  };
  let skipped = 0;
  for await (const pieces of file.pieces(format.framing)) {
    for (const piece of pieces) {
      const entry = entryOf(piece, format);
      if (entry === blank) continue;
      if (entry === broken) {
        skipped++;
        tell([{ kind: 'gap' }], piece.at);
      } else tell(reader.take(entry, piece.at), piece.at);
    }
  }
  tell(reader.end?.() ?? [], 0);
  return { format: format.id, sessions: audit.sessions, skipped: skipped + (reader.unknown ?? 0) };
}

const broken = Symbol('broken');
const blank = Symbol('blank');

function entryOf({ text }: Piece, { framing }: Transcript): unknown {
  if (text === undefined) return broken;
  if (framing === 'text') return text;
  if (text.trim() === '') return blank;
  try {
    return JSON.parse(text);
  } catch {
    return broken;
  }
}
