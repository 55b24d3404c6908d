import type { SourcePorts } from '../../../core/signal/source.ts';

export interface GitObject {
  /** Its name, which its content decides. */
  readonly id: string;
  /** Of a file: one character a byte; undefined where it is too large. */
  readonly content: string | undefined;
}

/** Bytes; nobody writes more by hand. */
const largestText = 1024 * 1024;

/** Git may fail so often, each time at an object that is broken, before the rest is given up. */
const failures = 32;

/**
 * What git finds under names such as `HEAD:path`, in their order and as it comes; undefined for what is missing or broken,
 * and nothing after what was given up.
 */
export async function* objectsOf(
  ports: SourcePorts,
  names: readonly string[],
  largest = largestText,
): AsyncGenerator<GitObject | undefined> {
  let told = 0;
  for (let failed = 0; told < names.length && failed < failures; failed++) {
    for await (const object of toldOf(ports, names.slice(told), largest)) {
      told++;
      yield object;
    }
    // What git failed at.
    if (told++ < names.length) yield undefined;
  }
}

/** Ends early where git fails. */
async function* toldOf(
  { gitStream }: SourcePorts,
  names: readonly string[],
  largest: number,
): AsyncGenerator<GitObject | undefined> {
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
    const [, id, type, length] = /^([0-9a-f]+) (\w+) (\d+)$/.exec(text.slice(at, end)) ?? [];
    at = end + 1;
    if (id === undefined) {
      yield undefined;
      continue;
    }
    const size = Number(length);
    const isRead = type === 'blob' && size <= largest;
    // A line's end comes after each.
    let left = size + 1;
    while (text.length - at < left) {
      if (!isRead) left -= text.length - at;
      if (!(await more(isRead ? at : text.length))) return;
      at = 0;
    }
    yield { id, content: isRead ? text.slice(at, at + size) : undefined };
    at += left;
  }
}
