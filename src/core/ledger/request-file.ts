import { z } from 'zod';
import { jsonOf, parseEnvelope } from './dsse.ts';
import type { Sha256 } from './hash.ts';
import { toHex } from './octets.ts';
import { decodeStatement, recordOf } from './statement.ts';

// A claim as a file that one person hands to another: a line that says what follows, then one envelope per line.

const format = 'factum-request/v0.1';

/** Of a whole file; a few hundred entries have about a tenth of it. */
export const maxRequestBytes = 16 * 1024 * 1024;

const RequestHead = z.object({
  format: z.literal(format),
  claim: z.string(),
  /** SHA-256 of the claim's envelope, hex. */
  envelope: z.string(),
  count: z.number().int(),
});
type RequestHead = Readonly<z.infer<typeof RequestHead>>;

export interface RequestFile {
  readonly claim: string;
  readonly envelope: string;
  /** By SHA-256, hex. Nothing is checked of those that are not the claim's. */
  readonly envelopes: ReadonlyMap<string, Uint8Array>;
}

export function formatRequest({ claim, envelope, envelopes }: RequestFile): string {
  const head: RequestHead = { format, claim, envelope, count: envelopes.size };
  const decoder = new TextDecoder();
  return [JSON.stringify(head), ...[...envelopes.values()].map((bytes) => decoder.decode(bytes)), ''].join('\n');
}

/** A text says why it is none. */
export function parseRequest(bytes: Uint8Array, sha256: Sha256): RequestFile | string {
  const [first = new Uint8Array(), ...lines] = linesOf(bytes);
  const head = RequestHead.safeParse(jsonOf(first));
  if (!head.success) return `expected a first line of format ${format}`;
  if (bytes.at(-1) !== lineFeed) return 'expected a line feed at its end: it is cut';
  const { claim, envelope, count } = head.data;
  const envelopes = new Map(lines.map((line) => [toHex(sha256(line)), line]));
  if (lines.length !== count || envelopes.size !== count) {
    return `expected ${count} different envelopes, got ${envelopes.size} in ${lines.length} lines`;
  }
  const got = claimOf(envelopes.get(envelope));
  if (got !== claim)
    return `expected the claim that its first line names, got ${got === undefined ? 'none' : 'another'}`;
  return { claim, envelope, envelopes };
}

const lineFeed = 0x0a;

function linesOf(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(lineFeed, from);
    const to = end === -1 ? bytes.length : end;
    lines.push(bytes.subarray(from, to));
    from = to + 1;
  }
  return lines;
}

function claimOf(bytes: Uint8Array | undefined): string | undefined {
  const payload = bytes === undefined ? undefined : parseEnvelope(bytes)?.payload;
  const statement = payload === undefined ? undefined : decodeStatement(payload);
  const record = statement === undefined ? undefined : recordOf(statement);
  return record?.type === 'claim/v0.1' ? record.body.id : undefined;
}
