import { couldNotLook, type Seen, seen } from '../../../core/ports.ts';
import type { SourcePorts } from '../../../core/signal/source.ts';
import { textTable } from './text.ts';

export interface RollCall {
  /** Each name and address once, oldest first. */
  readonly people: readonly (readonly [name: string, email: string])[];
  readonly commits: number;
  /** Committer dates of the first-parent line, oldest first. */
  readonly times: readonly number[];
}

const order = ['log', '-z', '--topo-order', '--reverse', '--encoding=UTF-8', '--no-patch', '--no-notes', '--no-color'];

/** Who wrote in all of the history, and when it was merged: known before the first fact is made. */
export async function callRoll(ports: SourcePorts, head: string): Promise<Seen<RollCall>> {
  const text = textTable();
  const seenBefore = new Set<string>();
  const people: (readonly [string, string])[] = [];
  let commits = 0;
  const names = eachRecord(ports, ['--format=%aN%n%aE%n%cN%n%cE', head], (record) => {
    commits++;
    const [aName = '', aMail = '', cName = '', cMail = ''] = record.split('\n').map(text);
    for (const person of [
      [aName, aMail],
      [cName, cMail],
    ] as const) {
      const key = person.join('\n');
      if (!seenBefore.has(key)) people.push(person);
      seenBefore.add(key);
    }
  });
  const times: number[] = [];
  const dates = eachRecord(ports, ['--first-parent', '--format=%ct', head], (record) =>
    times.push(Number(record) * 1000),
  );
  const failed = (await Promise.all([names, dates])).find((one) => !one.ok);
  return failed?.ok === false ? failed : seen({ people, commits, times });
}

async function eachRecord(
  { gitStream }: SourcePorts,
  args: readonly string[],
  take: (record: string) => void,
): Promise<Seen<undefined>> {
  const stream = gitStream([...order, ...args, '--']);
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
  return exit === 0 ? seen(undefined) : couldNotLook('broken', `git log ended with ${exit}: ${stderr.trim()}`);
}
