const alphabet = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const padding = 0x3d;

/** Standard alphabet, padded. By hand: `btoa` wants a string of the bytes first, which costs ten times as much. */
export function toBase64(bytes: Uint8Array): string {
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  let to = 0;
  for (let from = 0; from < bytes.length; from += 3) {
    const group = (at(bytes, from) << 16) | (at(bytes, from + 1) << 8) | at(bytes, from + 2);
    text[to++] = at(alphabet, group >> 18);
    text[to++] = at(alphabet, (group >> 12) & 63);
    text[to++] = from + 1 < bytes.length ? at(alphabet, (group >> 6) & 63) : padding;
    text[to++] = from + 2 < bytes.length ? at(alphabet, group & 63) : padding;
  }
  return new TextDecoder().decode(text);
}

function at(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}

/** By character code; both alphabets. */
const sextets = new Int8Array(128).fill(-1);
for (const [value, code] of alphabet.entries()) sextets[code] = value;
sextets['-'.charCodeAt(0)] = 62;
sextets['_'.charCodeAt(0)] = 63;

/** Accepts the standard and the URL-safe alphabet, padded or not; undefined for anything else, set unused bits included. */
export function fromBase64(text: string): Uint8Array | undefined {
  const length = text.length - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
  if (length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  const tail = length % 4;
  let to = 0;
  let from = 0;
  for (; from < length - tail; from += 4) {
    const group = (sextet(text, from) << 18) | (sextet(text, from + 1) << 12) | (sextet(text, from + 2) << 6);
    const whole = group | sextet(text, from + 3);
    if (whole < 0) return undefined;
    bytes[to++] = whole >> 16;
    bytes[to++] = (whole >> 8) & 255;
    bytes[to++] = whole & 255;
  }
  if (tail === 0) return bytes;
  const rest = (sextet(text, from) << 12) | (sextet(text, from + 1) << 6) | (tail === 3 ? sextet(text, from + 2) : 0);
  if (rest < 0) return undefined;
  bytes[to] = rest >> 10;
  if (tail === 3) bytes[to + 1] = (rest >> 2) & 255;
  // Bits that no byte uses are zero, so that a changed character is never read as the same bytes.
  return (rest & (tail === 3 ? 0x3 : 0x3ff)) === 0 ? bytes : undefined;
}

/** Negative for what is in neither alphabet, which makes the whole group negative. */
function sextet(text: string, index: number): number {
  return sextets[text.charCodeAt(index)] ?? -1;
}

/** Only what `toBase64` writes: formats whose every byte counts allow no second spelling of the same bytes. */
export function fromStandardBase64(text: string): Uint8Array | undefined {
  const bytes = fromBase64(text);
  return bytes !== undefined && toBase64(bytes) === text ? bytes : undefined;
}

export function fromHex(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16);
  }
  return bytes;
}

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function toHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += hexOfByte[byte];
  return hex;
}

export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let filled = 0;
  for (const part of parts) {
    joined.set(part, filled);
    filled += part.length;
  }
  return joined;
}
