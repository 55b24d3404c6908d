import type { SourcePorts } from '../../../../core/signal/source.ts';

/** What somebody attached to a commit. */
export interface Note {
  readonly commit: string;
  readonly text: string;
}

export interface Notes {
  readonly notes: readonly Note[];
  /** Too large, not UTF-8, missing, or on something that has no name of a commit. */
  readonly skipped: number;
}

/** Nobody writes more about one commit; together so much is asked of git at once. */
const largest = 1024 * 1024;
const atOnce = 16 * 1024 * 1024;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** All notes of a ref such as `refs/notes/review`; none where there is no such ref. */
export async function notesOf(ports: SourcePorts, ref: string): Promise<Notes> {
  const listed = await ports.git(['ls-tree', '-r', '-l', '-z', '--full-tree', ref]);
  if (!listed.ok || listed.value.exit !== 0) return { notes: [], skipped: 0 };
  const entries = listed.value.stdout.split('\0').filter((line) => line !== '');
  const found = entries.flatMap((line) => entryIn(line) ?? []);
  const notes: Note[] = [];
  for (const batch of batchesOf(found)) notes.push(...(await textsOf(ports, batch)));
  return { notes, skipped: entries.length - notes.length };
}

interface Entry {
  readonly commit: string;
  readonly blob: string;
  readonly size: number;
}

/** `100644 blob <id> <size>\t<name of the commit, in folders>` */
function entryIn(line: string): Entry | undefined {
  const [, blob = '', size = '', path = ''] = /^100\d{3} blob ([0-9a-f]+) +(\d+)\t([0-9a-f/]+)$/.exec(line) ?? [];
  const commit = path.replaceAll('/', '');
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit) && Number(size) <= largest
    ? { commit, blob, size: Number(size) }
    : undefined;
}

function batchesOf(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const batches: Entry[][] = [];
  let left = 0;
  for (const entry of entries) {
    if (left < entry.size) {
      batches.push([]);
      left = atOnce;
    }
    left -= entry.size;
    batches.at(-1)?.push(entry);
  }
  return batches;
}

async function textsOf({ git }: SourcePorts, batch: readonly Entry[]): Promise<readonly Note[]> {
  const asked = await git(['cat-file', '--batch'], batch.map(({ blob }) => `${blob}\n`).join(''));
  if (!asked.ok || asked.value.exit !== 0) return [];
  const { stdout } = asked.value;
  const notes: Note[] = [];
  let at = 0;
  for (const { commit } of batch) {
    const end = stdout.indexOf('\n', at);
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(stdout.slice(at, end))?.[1];
    at = end + 1;
    if (size === undefined) continue;
    const text = strictTextOf(stdout.slice(at, at + Number(size)));
    at += Number(size) + 1;
    if (text !== undefined) notes.push({ commit, text });
  }
  return notes;
}

/** Undefined when the bytes (one a character) are not UTF-8. */
export function strictTextOf(bytes: string): string | undefined {
  try {
    return decoder.decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

/** Undefined when it is no JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
