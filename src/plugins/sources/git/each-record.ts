import { couldNotLook, type Seen, seen } from '../../../core/ports.ts';
import type { GitStream } from '../../../core/signal/source.ts';

/** What `git log -z` prints, record by record; none is cut where a chunk ends. */
export async function eachRecord(stream: GitStream, take: (record: string) => void): Promise<Seen<undefined>> {
  let rest = '';
  for await (const chunk of stream.chunks) {
    const records = (rest + chunk).split('\0');
    rest = records.pop() ?? '';
    for (const record of records) take(record);
  }
  if (rest !== '') take(rest);
  const ended = await stream.ended;
  if (!ended.ok) return ended;
  const { exit, stderr } = ended.value;
  return exit === 0 ? seen(undefined) : couldNotLook('broken', `git log failed: ${stderr.trim()}`);
}
