import type { CouldNotLook } from '../ports.ts';
import {
  type Artifact,
  type Binding,
  type Facts,
  type Look,
  nothingSeen,
  type Outcome,
  type Skipped,
} from './evidence.ts';
import { printable, redact } from './redact.ts';

/** What one glance at an outside system says. */
export interface Glance {
  readonly outcome: Outcome;
  readonly message: string;
  readonly facts?: Facts;
  readonly skipped?: readonly Skipped[];
  readonly artifacts?: readonly Artifact[];
}

/** One thing to look at outside: a URL, a package, a query, a name. */
export interface OutsideThing {
  /** Whatever the answer is true of, and of nothing else. */
  readonly boundTo: Binding;
  /** What is looked at and what is expected there, in one line. */
  readonly planned: string;
  glance(): Promise<Glance>;
}

interface Judged extends Glance {
  readonly thing: OutsideThing;
  /** How many glances were answered. */
  readonly glances: number;
}

/** The worst first: one thing that is not so refutes "these are so"; one that nobody could see leaves it open. */
const order: readonly Outcome[] = ['refuted', 'error', 'inconclusive', 'not-applicable', 'supported'];

/**
 * Looks at each thing; only two glances that agree refute, because outside systems stumble. `none` says what to do
 * when there is nothing to look at.
 */
export async function lookOutside(things: readonly OutsideThing[], none: string): Promise<Look> {
  const judged: Judged[] = [];
  for (const thing of things) judged.push(await judge(thing));
  const deciding = order.flatMap((outcome) => judged.filter((one) => one.outcome === outcome)).at(0);
  if (deciding === undefined) return emptyLook(none);
  return {
    outcome: deciding.outcome,
    message: clean(
      [deciding, ...judged.filter((one) => one !== deciding)].map(({ message }) => message).join(' '),
      4000,
    ),
    facts: Object.assign({}, ...judged.map((one, at) => factsOf(one, judged.length > 1 ? `${at + 1}.` : ''))) as Facts,
    planned: judged.map(({ thing }) => clean(thing.planned, 2000)),
    ran: judged.flatMap(({ thing, glances }) => Array.from({ length: glances }, () => clean(thing.planned, 2000))),
    skipped: judged.flatMap(({ skipped }) => skipped ?? []).slice(0, 50),
    artifacts: judged.flatMap(({ artifacts }) => artifacts ?? []).slice(0, 50),
    boundTo: redactedBinding(deciding.thing.boundTo),
  };
}

async function judge(thing: OutsideThing): Promise<Judged> {
  const first = await thing.glance();
  if (first.outcome !== 'refuted') return { ...first, thing, glances: first.outcome === 'error' ? 0 : 1 };
  const second = await thing.glance();
  if (second.outcome === 'refuted')
    return { ...second, message: `${second.message} A second look agrees.`, thing, glances: 2 };
  const message = `Two looks do not agree. First: ${first.message} Second: ${second.message}`;
  return { ...second, outcome: 'inconclusive', message, thing, glances: second.outcome === 'error' ? 1 : 2 };
}

/** A port that could not look. What the outside system itself kept from us is inconclusive; the rest is an error here. */
export function hindered({ why, message }: CouldNotLook): Glance {
  const outside = why === 'unreachable' || why === 'time-out' || why === 'too-large';
  return { outcome: outside ? 'inconclusive' : 'error', message: sentence(message), facts: { hindrance: why } };
}

/** Ends with a full stop, so that sentences can follow one another. */
function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function factsOf({ facts = {} }: Glance, prefix: string): Facts {
  const entries = Object.entries(facts).map(([name, value]) => [
    `${prefix}${name}`,
    typeof value === 'string' ? clean(value, 4000) : value,
  ]);
  return Object.fromEntries(entries) as Facts;
}

function redactedBinding(binding: Binding): Binding {
  return Object.fromEntries(Object.entries(binding).map(([name, value]) => [name, redact(value ?? '')]));
}

/** Strangers write titles, headers and bodies: no control character of theirs is kept, and no text without end is read. */
function clean(text: string, length: number): string {
  return redact(printable(text.slice(0, length * 4))).slice(0, length);
}

function emptyLook(message: string): Look {
  return { outcome: 'not-applicable', message, ...nothingSeen };
}
