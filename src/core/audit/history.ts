import { Heard, kindsSaid, kindsShown } from './heard.ts';
import { concerns } from './paths.ts';
import { type Check, checksOf, checksOfTool, type Command, commandOf, type Ended } from './run.ts';
import type { Checked } from './program.ts';
import type { Call, Result } from '../transcript/moment.ts';

/** A check with its place in the session. */
export interface Look extends Check {
  /** Order of its call among all moments. */
  readonly order: number;
  /** Place of its answer in the file. */
  readonly at: number;
}

interface Change {
  readonly order: number;
  readonly at: number;
  /** `edit`: a file; `format`: by a formatter; `unknown`: something that may have changed anything. */
  readonly how: 'edit' | 'format' | 'unknown';
  readonly path: string;
}

interface Delivery {
  readonly what: 'committed' | 'pushed';
  readonly order: number;
  readonly at: number;
  readonly outcome: 'done' | 'refused' | 'unclear';
}

interface Pending {
  readonly call: Call;
  readonly command?: Command;
  readonly order: number;
  readonly at: number;
  output: string;
}

const most = 500;
const longestOutput = 2_000_000;

/** What a session has shown so far, in bounded memory: outputs are read once and let go. */
export class History {
  readonly looks: Look[] = [];
  readonly changes: Change[] = [];
  readonly deliveries: Delivery[] = [];
  /** What workers reported, and what a person showed. */
  readonly reports = new Heard(kindsSaid);
  readonly shown = new Heard(kindsShown);
  /** Order of the last moment at which the record starts anew or has a hole. */
  gap = -1;
  /** It looked at what runs in other terminals, or in CI. */
  watched = false;
  /** It looked at what an editor found: no command of a linter or compiler is needed for that. */
  askedEditor = false;
  private readonly pending = new Map<string, Pending>();
  private order = 0;

  call(call: Call, at: number): void {
    const order = ++this.order;
    const command = call.command === undefined ? undefined : commandOf(call.command);
    if (this.pending.size >= most) this.pending.delete(this.pending.keys().next().value ?? '');
    this.pending.set(call.id, { call, order, at, output: '', ...(command !== undefined && { command }) });
  }

  result({ id, output, exit, refused, open }: Result, at: number): void {
    this.order++;
    const pending = this.pending.get(id);
    if (pending === undefined) return;
    pending.output = (pending.output + output).slice(-longestOutput);
    if (open === true && exit === undefined) return;
    this.pending.delete(id);
    if (refused === true) return;
    const ended = { output: pending.output, ...(exit !== undefined && { exit }) };
    this.settle(pending, ended, at);
  }

  /** Calls whose answer is not there yet, of one kind. */
  isRunning(kind: Checked, after: number): boolean {
    return [...this.pending.values()].some(
      ({ command, order }) =>
        order > after && command?.steps.some(({ deed }) => deed.does === 'check' && deed.kind === kind) === true,
    );
  }

  report(text: string, at: number): void {
    this.reports.add({ order: ++this.order, at, text });
  }

  person(text: string, at: number): void {
    this.shown.add({ order: ++this.order, at, text });
  }

  interrupted(): void {
    this.gap = ++this.order;
  }

  /** The newest change after `order` that may change what a program says. */
  changeAfter({ order, program }: { readonly order: number; readonly program: string }): Change | undefined {
    return this.changes.findLast(
      (change) => change.order > order && change.how === 'edit' && concerns(change.path, program),
    );
  }

  anythingAfter(order: number): Change | undefined {
    return this.changes.find((change) => change.order > order);
  }

  /** Something that nobody knows, a person or a worker may have done what only git is read for. */
  mayHaveActed(after: number): boolean {
    const unknown = this.changes.some(({ how, order }) => order > after && how === 'unknown');
    return unknown || this.gap > after || this.reports.isAfter(after) || this.shown.isAfter(after);
  }

  private settle({ call, command, order }: Pending, ended: Ended, at: number): void {
    const failed = ended.exit !== undefined && ended.exit !== 0;
    for (const path of failed ? [] : (call.writes ?? [])) keep(this.changes, { order, at, how: 'edit', path });
    if (command === undefined) {
      this.askedEditor ||= call.asksEditor === true;
      if (call.writes !== undefined || call.looks === true) return;
      keep(this.changes, { order, at, how: 'unknown', path: '' });
      for (const check of checksOfTool(ended)) keep(this.looks, { ...check, order, at });
      return;
    }
    for (const check of checksOf(command, ended)) keep(this.looks, { ...check, order, at });
    this.deeds(command, { order, at, ended });
  }

  private deeds(
    { steps }: Command,
    { order, at, ended }: { readonly order: number; readonly at: number; readonly ended: Ended },
  ): void {
    const checked = steps.findLastIndex(({ deed }) => deed.does === 'check');
    for (const [index, { deed, into, words }] of steps.entries()) {
      this.watched ||= watches.test(words.join(' '));
      // What one command does after its own checks comes after them.
      const when = index > checked && checked >= 0 ? order + 0.5 : order - 0.5;
      const edit = (path: string): void => keep(this.changes, { order: when, at, how: 'edit', path });
      for (const path of into) edit(path);
      if (deed.does === 'edit') for (const path of deed.paths.length === 0 ? ['?'] : deed.paths) edit(path);
      else if (deed.does === 'switch') keep(this.changes, { order: when, at, how: 'unknown', path: '' });
      else if (deed.does === 'format' || (deed.does === 'check' && deed.fixes))
        keep(this.changes, { order: order + 0.25, at, how: 'format', path: '' });
      else if (deed.does === 'unknown' || deed.does === 'checks')
        keep(this.changes, { order: when, at, how: 'unknown', path: '' });
      else if (deed.does === 'commit' || deed.does === 'push')
        keep(this.deliveries, {
          what: deed.does === 'commit' ? 'committed' : 'pushed',
          order,
          at,
          outcome: delivered(deed.does, ended),
        });
    }
  }
}

const watches =
  /^(?:tmux|screen|zellij|workmux|zmx|byobu) |^(?:gh (?:run|pr checks|workflow)|glab (?:ci|pipeline)|circleci|act)(?: |$)/;

function delivered(what: 'commit' | 'push', { output, exit }: Ended): Delivery['outcome'] {
  const done = what === 'push' ? pushed.test(output) : /^\[[^\]\n]+ [0-9a-f]{7,}\]/m.test(output);
  const refused = what === 'push' && refusal.test(output) && exit !== 0;
  // Of several branches or tags some may have gone through.
  if (refused) return done ? 'unclear' : 'refused';
  return done || exit === 0 ? 'done' : 'unclear';
}

/** What a push says, or whatever asks the remote; other commands of git in the same call have their own "fatal". */
const refusal =
  /! \[(?:remote )?rejected\]|failed to push some refs|^fatal: (?:Authentication failed|could not read (?:Username|Password)|unable to access|Could not read from remote|No configured push destination|The current branch \S+ has no upstream|'[^'\n]*' does not appear to be a git repository)/m;

/** `   1a2b3c4..5d6e7f8  main -> main`, ` + 1a2b...5d6e main -> main (forced update)` */
const pushed =
  /^ [ +*=-]? ?(?:[0-9a-f]{7,}\.{2,3}[0-9a-f]{7,}|\[(?:new \w+|up to date)\]) .*->|^Everything up-to-date/m;

function keep<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > most) list.splice(0, most / 2);
}
