/** Reads a ledger as somebody else keeps it: a folder, or a log over HTTP. */
export interface LedgerReader {
  /** Folder or URL, for messages. */
  readonly place: string;
  /** `store`: Factum's own folder, with `journal/` and `public/`; `log`: what a log serves. */
  readonly layout: 'store' | 'log';
  /** Path with slashes, relative to the place; undefined when there is no such file. */
  read(path: string): Promise<Uint8Array | undefined>;
}

/** Names of the files of one layout. Written anew here: what checks a writer takes no names from it. */
export function pathsOf({ layout }: Pick<LedgerReader, 'layout'>) {
  const published = layout === 'store' ? 'public/' : '';
  return {
    checkpoint: `${published}checkpoint`,
    vkey: `${published}vkey`,
    tile: (level: number | 'entries', index: number, width: number): string =>
      `${published}tile/${level}/${numbered(index)}${width === 256 ? '' : `.p/${width}`}`,
    journal: (bundle: number): string => `journal/${numbered(bundle)}`,
  };
}

/** A log that has grown may serve a full tile in place of a part of it (C2SP tlog-tiles). */
export async function readPartial(
  reader: LedgerReader,
  path: string,
): Promise<{ readonly bytes: Uint8Array; readonly isWhole: boolean } | undefined> {
  const bytes = await reader.read(path);
  if (bytes !== undefined) return { bytes, isWhole: !path.includes('.p/') };
  const full = path.includes('.p/') ? await reader.read(path.slice(0, path.indexOf('.p/'))) : undefined;
  return full === undefined ? undefined : { bytes: full, isWhole: true };
}

/** Groups of three digits, all but the last prefixed `x` (C2SP tlog-tiles). */
function numbered(n: number): string {
  const last = String(n % 1000).padStart(3, '0');
  return n < 1000 ? last : `${prefixed(Math.floor(n / 1000))}/${last}`;
}

function prefixed(n: number): string {
  const last = `x${String(n % 1000).padStart(3, '0')}`;
  return n < 1000 ? last : `${prefixed(Math.floor(n / 1000))}/${last}`;
}
