/**
 * True when some object has one key twice, however it is escaped. Of such a text one reader takes the first value and
 * another the last (RFC 8259 section 4), so that both see the same signature over different things.
 * `text` has to be valid JSON.
 */
export function hasKeyTwice(text: string): boolean {
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '{') open.push(new Set());
    else if (character === '[') open.push(undefined);
    else if (character === '}' || character === ']') open.pop();
    else if (character === '"') {
      const end = endOfString(text, at);
      if (isKey(text, end)) {
        const keys = open.at(-1);
        const key = JSON.parse(text.slice(at, end)) as string;
        if (keys?.has(key) === true) return true;
        keys?.add(key);
      }
      at = end - 1;
    }
  }
  return false;
}

/** Behind the closing quote: the first one with an even number of backslashes before it. No pattern: strings can be long. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); ; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
  }
}

/** Only a key has a colon behind it. */
function isKey(text: string, end: number): boolean {
  let at = end;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1;
  return text[at] === ':';
}

/** True when keys of one object differ by no more than case: some readers take either for the other. */
export function hasKeysLikeEachOther(object: object): boolean {
  const keys = Object.keys(object);
  return new Set(keys.map((key) => key.toLowerCase())).size < keys.length;
}
