const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text that bytes (one a character) mean in UTF-8, in memory of its own: a slice would keep all that it came from. */
export function textOf(bytes: string): string {
  return decoder.decode(bytesOf(bytes));
}

/** Undefined when the bytes are not UTF-8. */
export function strictTextOf(bytes: string): string | undefined {
  try {
    return strict.decode(bytesOf(bytes));
  } catch {
    return undefined;
  }
}

/** Texts are short, and memory for each would cost more than to read it. */
const scratch = new Uint8Array(65_536);

/** Good until the next call. */
function bytesOf(characters: string): Uint8Array {
  const { length } = characters;
  const bytes = length <= scratch.length ? scratch.subarray(0, length) : new Uint8Array(length);
  for (let at = 0; at < characters.length; at++) bytes[at] = characters.charCodeAt(at);
  return bytes;
}

/** The same text in memory of its own: a slice keeps all that it was cut from. */
export function ownText(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}

/** One copy of each text that comes again and again, such as paths and names. */
export function textTable(): (bytes: string) => string {
  const known = new Map<string, string>();
  return (bytes) => {
    const before = known.get(bytes);
    if (before !== undefined) return before;
    const text = textOf(bytes);
    // For ASCII the text itself is the key.
    known.set(text.length === bytes.length ? text : ownText(bytes), text);
    return text;
  };
}

/** Finds an answer once for every two texts. A key made of both would be made anew for each question. */
export function oncePerPair<T extends object>(find: (one: string, other: string) => T) {
  const known = new Map<string, Map<string, T>>();
  return (one: string, other: string): T => {
    const beside = known.get(one) ?? new Map<string, T>();
    const before = beside.get(other);
    if (before !== undefined) return before;
    const found = find(one, other);
    known.set(one, beside.set(other, found));
    return found;
  };
}
