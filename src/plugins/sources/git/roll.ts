import { type Seen, seen } from '../../../core/ports.ts';
import type { SourcePorts } from '../../../core/signal/source.ts';
import { eachRecord } from './each-record.ts';
import type { Roll } from './identity.ts';
import { textTable } from './text.ts';

/** Plain values, so that the next reading can go on from them. */
export interface RollCall {
  /** The commit whose history was called. */
  readonly head: string;
  readonly people: Roll;
  readonly commits: number;
  /** Committer dates of the first-parent line, oldest first. */
  readonly times: Float64Array;
  /** Names of these changes, one after the other: in one text they are sooner kept and recalled. */
  readonly ids: string;
}

/** Name of the change at this place of the line; undefined: it is not so long. */
export function changeAt({ head, times, ids }: RollCall, place: number): string | undefined {
  const length = head.length;
  return place >= 0 && place < times.length ? ids.slice(place * length, (place + 1) * length) : undefined;
}

/** Names of all changes from this place on, a name a line. */
export function changesFrom({ head, ids }: RollCall, place: number): string {
  return ids.slice(place * head.length).replaceAll(new RegExp(`.{${head.length}}`, 'g'), '$&\n');
}

export interface Called {
  readonly roll: RollCall;
  /** All commits that were called now, parents first, a name a line. */
  readonly names: string;
}

/** Where a history goes on from another one, names are those of what is new. */
export function areAllCalled({ roll, names }: Called): boolean {
  return names.length === roll.commits * (roll.head.length + 1);
}

const nobody: RollCall = { head: '', people: [], commits: 0, times: new Float64Array(), ids: '' };

/**
 * Who wrote in all of the history, and when it was merged: known before the first fact is made. Where the line goes on
 * from `before`, git is asked only for what is new, if that makes `total` commits. `head`: a name such as HEAD will do, and
 * the answer says which commit that was.
 */
export async function callRoll(
  ports: SourcePorts,
  head: string,
  {
    before = nobody,
    total,
  }: { readonly before?: RollCall | undefined; readonly total?: Promise<number | undefined> } = {},
): Promise<Seen<Called>> {
  if (before.head === head) return seen({ roll: before, names: '' });
  const called = await callFrom(ports, head, before);
  if (before === nobody) return called;
  const goesOn = called.ok && called.value.follows === before.head && called.value.roll.commits === (await total);
  return goesOn ? called : callRoll(ports, head);
}

/**
 * Begins before anybody knows which commit HEAD is, which takes as long as a tenth of a short history. Answers undefined
 * where it was another one after all, or git did not tell; no other name is taken early.
 */
export function callEarly(
  ports: SourcePorts,
  revision: string,
): ((head: string) => Promise<Seen<Called> | undefined>) | undefined {
  if (revision !== 'HEAD') return undefined;
  const calling = callRoll(ports, revision);
  // Nobody asks for it where something else is wrong.
  calling.catch(() => undefined);
  return async (head) => {
    const called = await calling;
    return called.ok && called.value.roll.head === head ? called : undefined;
  };
}

const order = ['log', '-z', '--topo-order', '--encoding=UTF-8', '--no-patch', '--no-notes', '--no-color'];
const format = '--format=%H %P%n%ct%n%aN%n%aE%n%cN%n%cE';

/** `follows`: the change before the first of those that are new. */
async function callFrom(
  ports: SourcePorts,
  asked: string,
  before: RollCall,
): Promise<Seen<Called & { follows: string | undefined }>> {
  const text = textTable();
  const people = new Map(before.people.map((person) => [person.join('\n'), person]));
  /** Of author and committer together: few pairs make most of a history. */
  const signatures = new Set<string>();
  let commits = before.commits;
  const [times, ids]: [number[], string[]] = [[], []];
  const called: string[] = [];
  /** The next commit of the line, which comes after its children; none before the first. */
  let follows: string | undefined;
  const range = before === nobody ? asked : `${before.head}..${asked}`;
  let head = '';
  const read = await eachRecord(ports.gitStream([...order, format, range, '--']), (record) => {
    commits++;
    const dateAt = record.indexOf('\n') + 1;
    const signaturesAt = record.indexOf('\n', dateAt) + 1;
    signatures.add(text(record.slice(signaturesAt)));
    head ||= record.slice(0, record.indexOf(' '));
    follows ??= head;
    called.push(`${record.slice(0, head.length)}\n`);
    if (follows === '' || !record.startsWith(follows)) return;
    times.push(Number(record.slice(dateAt, signaturesAt - 1)) * 1000);
    ids.push(follows);
    follows = record.slice(head.length + 1, Math.min(2 * head.length + 1, dateAt - 1));
  });
  if (!read.ok) return read;
  for (const both of signatures) {
    const [aName = '', aMail = '', cName = '', cMail = ''] = both.split('\n');
    people.set(`${aName}\n${aMail}`, [aName, aMail]).set(`${cName}\n${cMail}`, [cName, cMail]);
  }
  const roll = {
    head,
    people: [...people].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, person]) => person),
    commits,
    times: Float64Array.from([...before.times, ...times.toReversed()]),
    ids: before.ids + ids.toReversed().join(''),
  };
  return seen({ roll, names: called.toReversed().join(''), follows });
}
