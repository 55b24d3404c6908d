import type { Piece } from '../../core/transcript/file.ts';
import type { Framing } from '../../core/transcript/transcript.ts';

/** Of one line, one conversation, one document: what is longer is passed over and counted. */
export const longestPiece = 32 * 1024 * 1024;
const longestDocument = 256 * 1024 * 1024;
export const headBytes = 256 * 1024;

const newline = 0x0a;

/** Lines of a stream, several at a time; what is longer than `longest` bytes is passed over and told as missing. */
async function* linesOf(stream: AsyncIterable<Buffer>, longest: number): AsyncGenerator<readonly Piece[]> {
  const cut = new Cutter(longest);
  let line = 0;
  for await (const chunk of stream) {
    const pieces: Piece[] = [];
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      cut.add(chunk.subarray(from, end));
      pieces.push({ at: ++line, text: cut.take() });
      from = end + 1;
    }
    cut.add(chunk.subarray(from));
    if (pieces.length > 0) yield pieces;
  }
  if (!cut.isEmpty) yield [{ at: ++line, text: cut.take() }];
}

/** The elements of one JSON array, each as its own text; index from 0. */
async function* itemsOf(stream: AsyncIterable<Buffer>, longest: number): AsyncGenerator<readonly Piece[]> {
  const cut = new Cutter(longest);
  let [index, depth, quoted, escaped] = [0, 0, false, false];
  for await (const chunk of stream) {
    const pieces: Piece[] = [];
    let from = depth > 1 ? 0 : -1;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (quoted) {
        if (escaped) escaped = false;
        else if (byte === 0x5c) escaped = true;
        else if (byte === 0x22) quoted = false;
      } else if (byte === 0x22) quoted = true;
      else if (byte === 0x7b || byte === 0x5b) {
        if (++depth === 2) from = at;
      } else if ((byte === 0x7d || byte === 0x5d) && --depth === 1) {
        cut.add(chunk.subarray(from, at + 1));
        pieces.push({ at: index++, text: cut.take() });
        from = -1;
      }
    }
    if (from >= 0) cut.add(chunk.subarray(from));
    if (pieces.length > 0) yield pieces;
  }
  if (!cut.isEmpty) yield [{ at: index, text: undefined }];
}

/** All of it as one piece. */
async function* wholeOf(stream: AsyncIterable<Buffer>, longest: number): AsyncGenerator<readonly Piece[]> {
  const cut = new Cutter(longest);
  for await (const chunk of stream) cut.add(chunk);
  yield [{ at: 0, text: cut.take() }];
}

/** Gathers the bytes of one piece, and lets go of them when they are too many. */
class Cutter {
  private parts: Buffer[] = [];
  private bytes = 0;
  private readonly longest: number;

  constructor(longest: number) {
    this.longest = longest;
  }

  get isEmpty(): boolean {
    return this.bytes === 0;
  }

  add(part: Buffer): void {
    this.bytes += part.length;
    if (this.bytes > this.longest) this.parts = [];
    else if (part.length > 0) this.parts.push(part);
  }

  take(): string | undefined {
    const text =
      this.bytes > this.longest
        ? undefined
        : this.parts.length === 1
          ? this.parts[0]?.toString()
          : Buffer.concat(this.parts).toString();
    this.parts = [];
    this.bytes = 0;
    return text;
  }
}

/** Undefined for what is no text. */
export function textOf(bytes: Buffer): string | undefined {
  return bytes.includes(0) ? undefined : bytes.toString();
}

export function piecesOf(stream: AsyncIterable<Buffer>, framing: Framing): AsyncGenerator<readonly Piece[]> {
  if (framing === 'whole') return wholeOf(stream, longestDocument);
  return framing === 'items' ? itemsOf(stream, longestDocument) : linesOf(stream, longestPiece);
}

/** The beginning of a stream, which is then let go. */
export async function headOfStream(stream: AsyncIterable<Buffer>): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of stream) {
    parts.push(part);
    bytes += part.length;
    if (bytes >= headBytes) break;
  }
  return textOf(Buffer.concat(parts).subarray(0, headBytes));
}
