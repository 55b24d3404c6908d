/** The first JSON object in `text` that begins where `opening` matches; undefined when there is none or it is cut. */
export function embeddedJson(text: string, opening: RegExp): unknown {
  const start = text.search(opening);
  if (start < 0) return undefined;
  const end = endOfObject(text, start);
  if (end === undefined) return undefined;
  try {
    return JSON.parse(text.slice(start, end));
  } catch {
    return undefined;
  }
}

function endOfObject(text: string, start: number): number | undefined {
  const tokens = /["{}]/g;
  tokens.lastIndex = start;
  let depth = 0;
  for (let token = tokens.exec(text); token !== null; token = tokens.exec(text)) {
    if (token[0] === '"') {
      const close = endOfString(text, token.index + 1);
      if (close === undefined) return undefined;
      tokens.lastIndex = close;
      continue;
    }
    depth += token[0] === '{' ? 1 : -1;
    if (depth === 0) return token.index + 1;
  }
  return undefined;
}

function endOfString(text: string, from: number): number | undefined {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return undefined;
}
