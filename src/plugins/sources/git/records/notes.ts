import type { SourcePorts } from '../../../../core/signal/source.ts';
import { objectsOf } from '../objects.ts';
import { strictTextOf } from '../text.ts';

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

/** The notes of a ref such as `refs/notes/review` on commits that are wanted; none where there is no such ref. */
export async function notesOf(
  ports: SourcePorts,
  ref: string,
  isWanted: (commit: string) => boolean = () => true,
): Promise<Notes> {
  const listed = await ports.git(['ls-tree', '-r', '-z', '--full-tree', ref]);
  if (!listed.ok) return { notes: [], skipped: 1 };
  if (listed.value.exit !== 0) return { notes: [], skipped: 0 };
  const lines = listed.value.stdout.split('\0').filter((line) => line !== '');
  const all = lines.flatMap((line) => entryIn(line) ?? []);
  const entries = all.filter(({ commit }) => isWanted(commit));
  const texts = new Map<string, string | undefined>();
  for await (const object of objectsOf(ports, [...new Set(entries.map(({ blob }) => blob))]))
    if (object?.content !== undefined) texts.set(object.id, strictTextOf(object.content));
  const notes = entries.flatMap(({ commit, blob }) => {
    const text = texts.get(blob);
    return text === undefined ? [] : [{ commit, text }];
  });
  return { notes, skipped: lines.length - all.length + entries.length - notes.length };
}

/** `100644 blob <id>\t<name of the commit, in folders>` */
function entryIn(line: string): { readonly commit: string; readonly blob: string } | undefined {
  const [, blob = '', path = ''] = /^100\d{3} blob ([0-9a-f]+)\t([0-9a-f/]+)$/.exec(line) ?? [];
  const commit = path.replaceAll('/', '');
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit) ? { commit, blob } : undefined;
}

/** Undefined when it is no JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
