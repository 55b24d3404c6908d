import { type CouldNotLook, type Seen, seen } from '../../../core/ports.ts';
import type { SourcePorts } from '../../../core/signal/source.ts';
import { eachRecord } from './each-record.ts';
import { textTable } from './text.ts';

export interface RollCall {
  /** Each name and address once, oldest first. */
  readonly people: readonly (readonly [name: string, email: string])[];
  readonly commits: number;
  /** Committer dates of the first-parent line, oldest first. */
  readonly times: readonly number[];
  /** Name of the change at this place of the line; undefined: it is not so long. */
  readonly changeAt: (place: number) => string | undefined;
}

const order = ['log', '-z', '--topo-order', '--reverse', '--encoding=UTF-8', '--no-patch', '--no-notes', '--no-color'];

/** Who wrote in all of the history, and when it was merged: known before the first fact is made. */
export async function callRoll(ports: SourcePorts, head: string): Promise<Seen<RollCall>> {
  const text = textTable();
  const seenBefore = new Set<string>();
  const people: (readonly [string, string])[] = [];
  let commits = 0;
  /** The first to fail says why; the other is stopped for it. */
  let failed: CouldNotLook | undefined;
  const ofNames = ports.gitStream([...order, '--format=%aN%n%aE%n%cN%n%cE', head, '--']);
  const ofDates = ports.gitStream([...order, '--first-parent', '--format=%ct %H', head, '--']);
  const names = eachRecord(ofNames, (record) => {
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
  const ids: string[] = [];
  const dates = eachRecord(ofDates, (record) => {
    const [seconds, id = ''] = record.split(' ');
    times.push(Number(seconds) * 1000);
    ids.push(id);
  });
  const reads = [names, dates].map(async (reading) => {
    const read = await reading;
    if (!read.ok) for (const stream of [ofNames, ofDates]) stream.stop();
    if (!read.ok) failed ??= read;
  });
  await Promise.all(reads);
  return failed ?? seen({ people, commits, times, changeAt: (place) => ids[place] });
}
