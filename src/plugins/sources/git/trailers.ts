/** `Key: value` of one line. */
export interface Trailer {
  /** In lower case, with hyphens for blanks. */
  readonly key: string;
  readonly value: string;
}

const form = /^[ \t]*([A-Za-z][A-Za-z0-9]*(?:[- ][A-Za-z0-9]+){0,4})[ \t]*:[ \t]+(\S.*)$/;

/**
 * Trailers of every line, not of the last paragraph only: a squash moves them into the middle of the body and repeats
 * them. Lines that quote somebody ("> Reviewed-by: ...") are none.
 */
export function trailersOf(message: string): readonly Trailer[] {
  const found: Trailer[] = [];
  for (const line of bodyLinesOf(message)) {
    if (!line.includes(':')) continue;
    const match = form.exec(line);
    if (match === null) continue;
    const key = (match[1] ?? '').toLowerCase().replaceAll(' ', '-');
    found.push({ key, value: (match[2] ?? '').trim() });
  }
  return found;
}

export function subjectOf(message: string): string {
  const end = message.indexOf('\n');
  return (end < 0 ? message : message.slice(0, end)).trim();
}

/** Lines after the subject; the first 2,000, of at most 2,000 characters each: nobody writes more than that by hand. */
export function bodyLinesOf(message: string): readonly string[] {
  const body = message.slice(message.indexOf('\n') + 1 || message.length).slice(0, 400_000);
  // Of ends of lines that were written twice, or of the last one alone, a carriage return may be left.
  return body.split('\n', 2000).map((line) => line.slice(0, 2000).trimEnd());
}

/** `Name <address>`, a name, or an address; undefined for words that name nobody. */
export function personIn(value: string): { readonly name: string; readonly email: string } | undefined {
  const match = /^([^<]*)<([^>]+)>/.exec(value);
  if (match !== null) return { name: (match[1] ?? '').replaceAll('"', '').trim(), email: (match[2] ?? '').trim() };
  const words = value.replace(/[(#].*$/, '').trim();
  if (words === '' || words.length > 80 || nobody.test(words)) return undefined;
  return words.includes('@') && !words.startsWith('@')
    ? { name: '', email: words }
    : { name: words.replace(/^@/, ''), email: '' };
}

const nobody = /^(?:none|nobody|n\/a|no one|me|self|tbd|tbr|yes|no|todo|pending|-+|\?+|https?:\S+)$/i;
