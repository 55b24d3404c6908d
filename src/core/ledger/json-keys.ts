/**
 * True when some object of a JSON text has one key twice, however it is escaped. Of such a text one reader takes the first
 * value and another the last (RFC 8259 section 4), so that both see the same signature over different things.
 * `value` is what JSON.parse made of `text`: it keeps one of each.
 */
export function hasKeyTwice(text: string, value: unknown): boolean {
  return keysIn(text) > keysOf(value);
}

function keysIn(text: string): number {
  let keys = 0;
  for (let at = text.indexOf('"'); at !== -1;) {
    const end = endOfString(text, at);
    if (isKey(text, end)) keys += 1;
    at = text.indexOf('"', end);
  }
  return keys;
}

/** In all objects within it; not by recursion, for it may be deep. */
function keysOf(value: unknown): number {
  let keys = 0;
  const open = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const inside: unknown[] = Object.values(next);
    if (!Array.isArray(next)) keys += inside.length;
    for (const each of inside) if (typeof each === 'object') open.push(each);
  }
  return keys;
}

const backslash = 0x5c;
const colon = 0x3a;

/** Behind the closing quote: the first one with an even number of backslashes before it. No pattern: strings can be long. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === backslash) backslashes += 1;
    if (backslashes % 2 === 0) return end + 1;
  }
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
