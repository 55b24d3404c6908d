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

/** Accepts the standard and the URL-safe alphabet, padded or not; undefined for anything else, set unused bits included. */
export function fromBase64(text: string): Uint8Array | undefined {
  const body = text
    .replace(/={1,2}$/, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/');
  if (!/^[A-Za-z0-9+/]*$/.test(body) || body.length % 4 === 1) return undefined;
  // Bits that no byte uses are zero, so that a changed character is never read as the same bytes.
  if (body.length % 4 === 2 && !/[AQgw]$/.test(body)) return undefined;
  if (body.length % 4 === 3 && !/[AEIMQUYcgkosw048]$/.test(body)) return undefined;
  const binary = atob(body);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
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

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
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
