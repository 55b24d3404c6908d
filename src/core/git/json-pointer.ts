/** What is at a JSON pointer, in canonical form: keys sorted, no white space. */
export type AtPointer =
  | { readonly state: 'found'; readonly json: string }
  | { readonly state: 'absent'; readonly json?: undefined }
  | { readonly state: 'not-json'; readonly why: string; readonly json?: undefined };

/** RFC 6901. The pointer is '' for the whole document, or begins with a slash. */
export function atPointer(text: string, pointer: string): AtPointer {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { state: 'not-json', why: error instanceof Error ? error.message : String(error) };
  }
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return { state: 'absent' };
    if (Array.isArray(value) && !/^(?:0|[1-9][0-9]*)$/.test(key)) return { state: 'absent' };
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return { state: 'found', json: canonical(value) };
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
