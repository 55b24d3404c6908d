import { type Git, outputOf } from '../git.ts';
import { errorOf } from '../repository.ts';

export interface GitObject {
  /** Absent: it is not there. */
  readonly kind?: string;
  readonly bytes: number;
  /** latin1; absent when it is of another kind than wanted, or larger. */
  readonly content?: string;
}

export interface Wanted {
  readonly kind: 'tree' | 'blob';
  /** Larger ones are not read. */
  readonly maxBytes: number;
}

/** In the order of their names; two commands, however many there are. Throws GIT_FAILED. */
export async function readObjects(
  git: Git,
  ids: readonly string[],
  { kind, maxBytes }: Wanted,
): Promise<readonly GitObject[]> {
  if (ids.length === 0) return [];
  const listing = (await ask(git, ids, '--batch-check')).split('\n');
  const objects = ids.map((_, at): GitObject => {
    const [, found, bytes] = (listing[at] ?? '').split(' ');
    return bytes === undefined || found === undefined ? { bytes: 0 } : { kind: found, bytes: Number(bytes) };
  });
  const isWanted = (each: GitObject): boolean => each.kind === kind && each.bytes <= maxBytes;
  const wanted = ids.filter((_, at) => isWanted(objects[at] ?? { bytes: 0 }));
  const output = wanted.length === 0 ? '' : await ask(git, wanted, '--batch');
  let end = 0;
  return objects.map((each) => {
    if (!isWanted(each)) return each;
    const start = output.indexOf('\n', end) + 1;
    end = start + each.bytes + 1;
    return { ...each, content: output.slice(start, end - 1) };
  });
}

async function ask(git: Git, ids: readonly string[], how: '--batch' | '--batch-check'): Promise<string> {
  const input = ids.map((id) => `${id}\n`).join('');
  const output = await outputOf(git, ['cat-file', how], { input, encoding: 'latin1' });
  if (!output.ok) throw errorOf(output);
  return output.value;
}
