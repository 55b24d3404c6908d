import { stripVTControlCharacters } from 'node:util';

/** Keeps the beginning and the end of what a command prints; the memory it takes never grows beyond that. */
export interface BoundedOutput {
  add(chunk: Uint8Array): void;
  /** Bytes printed, kept or not. */
  bytes(): number;
  text(): string;
}

export function boundedOutput(headLimit = 256 * 1024, tailLimit = 768 * 1024): BoundedOutput {
  const head = Buffer.allocUnsafe(headLimit);
  const tail = Buffer.allocUnsafe(tailLimit);
  let headBytes = 0;
  let tailBytes = 0;

  function addToTail(chunk: Uint8Array): void {
    const kept = chunk.subarray(Math.max(0, chunk.length - tailLimit));
    const at = (tailBytes + chunk.length - kept.length) % tailLimit;
    const first = kept.subarray(0, tailLimit - at);
    tail.set(first, at);
    tail.set(kept.subarray(first.length), 0);
    tailBytes += chunk.length;
  }

  return {
    add(chunk) {
      const first = chunk.subarray(0, headLimit - headBytes);
      head.set(first, headBytes);
      headBytes += first.length;
      if (first.length < chunk.length) addToTail(chunk.subarray(first.length));
    },
    bytes: () => headBytes + tailBytes,
    text() {
      const start = head.subarray(0, headBytes);
      if (tailBytes <= tailLimit) return plainText(Buffer.concat([start, tail.subarray(0, tailBytes)]).toString());
      const oldest = tailBytes % tailLimit;
      const end = Buffer.concat([tail.subarray(oldest), tail.subarray(0, oldest)]);
      const cut = `\n[${tailBytes - tailLimit} bytes were printed here and not kept]\n`;
      // A character that the cut went through is left out.
      return plainText(`${start.toString().replace(/\uFFFD$/, '')}${cut}${end.toString().replace(/^\uFFFD{1,3}/, '')}`);
    },
  };
}

/** Text that is safe to print on a terminal: no escape sequences, no control characters but tab and line feed. */
export function plainText(text: string): string {
  const lines = stripVTControlCharacters(text).replace(/\r\n?/g, '\n');
  return lines.replace(/(?![\t\n])\p{Cc}/gu, '');
}

/** The last lines that say something, for a message. */
export function lastLines(output: string, count = 5): string {
  const lines = output
    .slice(-8000)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.slice(-count).join('\n').slice(-1000);
}
