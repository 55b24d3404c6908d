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

function bytesOf(characters: string): Uint8Array {
  const bytes = new Uint8Array(characters.length);
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
