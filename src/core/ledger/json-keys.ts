/**
 * True when some object has one key twice, however it is escaped. Of such a text one reader takes the first value and
 * another the last (RFC 8259 section 4), so that both see the same signature over different things.
 * `text` has to be valid JSON.
 */
export function hasKeyTwice(text: string): boolean {
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      const end = endOfString(text, at);
      if (isKey(text, end)) {
        const keys = open.at(-1);
        const key = keyIn(text, at, end);
        if (keys?.has(key) === true) return true;
        keys?.add(key);
      }
      at = end - 1;
    } else if (code === brace.opens) open.push(new Set());
    else if (code === bracket.opens) open.push(undefined);
    else if (code === brace.closes || code === bracket.closes) open.pop();
  }
  return false;
}

// Codes, not characters: every entry of a ledger is read so, and a string for each character takes twice as long.
const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const brace = { opens: 0x7b, closes: 0x7d } as const;
const bracket = { opens: 0x5b, closes: 0x5d } as const;

/** Behind the closing quote: the first one with an even number of backslashes before it. No pattern: strings can be long. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === backslash) backslashes += 1;
    if (backslashes % 2 === 0) return end + 1;
  }
}

function keyIn(text: string, start: number, end: number): string {
  const between = text.slice(start + 1, end - 1);
  return between.includes('\\') ? (JSON.parse(text.slice(start, end)) as string) : between;
}

/** Only a key has a colon behind it; white space may stand between. */
function isKey(text: string, end: number): boolean {
  let at = end;
  while (text.charCodeAt(at) <= 0x20) at += 1;
  return text.charCodeAt(at) === colon;
}

/** True when keys of one object differ by no more than case: some readers take either for the other. */
export function hasKeysLikeEachOther(object: object): boolean {
  const keys = Object.keys(object);
  return new Set(keys.map((key) => key.toLowerCase())).size < keys.length;
}
