import type { SourcePorts } from '../../../core/signal/source.ts';

export interface Blob {
  readonly blob: string;
  /** Bytes. */
  readonly size: number;
}

/** Nobody writes more by hand; together so much is asked of git at once. */
const largestText = 1024 * 1024;
const atOnce = 16 * 1024 * 1024;

/** What `read` makes of blobs, by their names, one batch after the other. What is missing or too large is left out. */
export async function* textsOf(
  ports: SourcePorts,
  wanted: readonly Blob[],
  read: (bytes: string) => string | undefined,
): AsyncGenerator<ReadonlyMap<string, string>> {
  const distinct = [...new Map(wanted.map((each) => [each.blob, each])).values()];
  for (const batch of batchesOf(distinct.filter(({ size }) => size <= largestText)))
    yield await readBatch(ports, batch, read);
}

function batchesOf(entries: readonly Blob[]): readonly (readonly Blob[])[] {
  const batches: Blob[][] = [];
  let left = 0;
  for (const entry of entries) {
    if (batches.length === 0 || left < entry.size) {
      batches.push([]);
      left = atOnce;
    }
    left -= entry.size;
    batches.at(-1)?.push(entry);
  }
  return batches;
}

async function readBatch(
  { git }: SourcePorts,
  batch: readonly Blob[],
  read: (bytes: string) => string | undefined,
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  const asked = await git(['cat-file', '--batch'], batch.map(({ blob }) => `${blob}\n`).join(''));
  if (!asked.ok || asked.value.exit !== 0) return texts;
  const { stdout } = asked.value;
  let at = 0;
  for (const { blob } of batch) {
    const end = stdout.indexOf('\n', at);
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(stdout.slice(at, end))?.[1];
    at = end + 1;
    if (size === undefined) continue;
    const text = read(stdout.slice(at, at + Number(size)));
    at += Number(size) + 1;
    if (text !== undefined) texts.set(blob, text);
  }
  return texts;
}

/** Git may fail so often, each time at an object that is broken, before the rest is given up. */
const failures = 32;

/**
 * Contents of blobs (one character a byte), in the order of their names and as they come; undefined for what is missing,
 * broken or too large.
 */
export async function* contentsOf(ports: SourcePorts, names: readonly string[]): AsyncGenerator<string | undefined> {
  let told = 0;
  for (let failed = 0; told < names.length && failed < failures; failed++) {
    for await (const content of toldOf(ports, names.slice(told))) {
      told++;
      yield content;
    }
    // What git failed at.
    if (told++ < names.length) yield undefined;
  }
}

/** Ends early where git fails. */
async function* toldOf({ gitStream }: SourcePorts, names: readonly string[]): AsyncGenerator<string | undefined> {
  const stream = gitStream(['cat-file', '--batch', '--buffer'], `${names.join('\n')}\n`);
  const chunks = stream.chunks[Symbol.asyncIterator]();
  let text = '';
  /** Answers whether there was more; what was passed is dropped. */
  async function more(passed: number): Promise<boolean> {
    const chunk = await chunks.next();
    text = text.slice(passed) + (chunk.done === true ? '' : chunk.value);
    return chunk.done !== true;
  }
  let at = 0;
  for (let told = 0; told < names.length; told++) {
    while (!text.includes('\n', at)) {
      if (!(await more(at))) return;
      at = 0;
    }
    const end = text.indexOf('\n', at);
    const size = Number(/^[0-9a-f]+ blob (\d+)$/.exec(text.slice(at, end))?.[1] ?? NaN);
    at = end + 1;
    if (Number.isNaN(size)) {
      yield undefined;
      continue;
    }
    const isRead = size <= largestText;
    // A line's end comes after each.
    let left = size + 1;
    while (text.length - at < left) {
      if (!isRead) left -= text.length - at;
      if (!(await more(isRead ? at : text.length))) return;
      at = 0;
    }
    yield isRead ? text.slice(at, at + size) : undefined;
    at += left;
  }
}
