import type { Look, Outcome, Skipped } from '../claim/evidence.ts';
import type { CouldNotLook, GitAnswer, Seen, VerifierPorts } from '../ports.ts';

/** What a look found; the inquiry adds what it ran. */
export interface Finding {
  readonly outcome: Outcome;
  readonly message: string;
  readonly facts?: Look['facts'];
  readonly boundTo: Look['boundTo'];
  readonly skipped?: readonly Skipped[];
}

/** Asks ports one thing after another. A port that could not look ends the whole inquiry, as `error`. */
export interface Inquiry {
  /** Any exit code is an answer. */
  git(...args: readonly string[]): Promise<GitAnswer>;
  /** Standard output of a command that only fails when something is wrong. */
  text(...args: readonly string[]): Promise<string>;
  /** The same in a submodule. */
  within(submodule: string): Inquiry;
  /** The value that another port saw; `what` names it in the record of what ran. */
  value<T>(what: string, answer: Promise<Seen<T>>): Promise<T>;
}

class Hindered extends Error {}

/** The frame of every verifier that reads a repository: one plan, and no verdict without having looked. */
export async function inquire(
  ports: VerifierPorts,
  planned: readonly string[],
  look: (inquiry: Inquiry) => Promise<Finding>,
): Promise<Look> {
  const ran: string[] = [];
  try {
    const found = await look(inquiryOf(ports, ran));
    return lookOf(found, planned, ran);
  } catch (thrown) {
    if (!(thrown instanceof Hindered)) throw thrown;
    return lookOf({ outcome: 'error', message: thrown.message, boundTo: {} }, planned, ran);
  }
}

function inquiryOf(ports: VerifierPorts, ran: string[], submodule?: string): Inquiry {
  const place = submodule === undefined ? 'git' : `git -C ${submodule}`;
  async function value<T>(what: string, answer: Promise<Seen<T>>): Promise<T> {
    ran.push(what);
    const seen = await answer;
    if (!seen.ok) throw new Hindered(describe(what, seen));
    return seen.value;
  }
  const git = (...args: readonly string[]): Promise<GitAnswer> =>
    value(`${place} ${args.join(' ')}`, ports.git(args, submodule));
  return {
    git,
    value,
    within: (inner) => inquiryOf(ports, ran, submodule === undefined ? inner : `${submodule}/${inner}`),
    async text(...args) {
      const { exit, stdout, stderr } = await git(...args);
      if (exit !== 0) throw new Hindered(`${place} ${args.join(' ')} ended with ${exit}: ${stderr.trim()}`);
      return stdout;
    },
  };
}

function describe(what: string, { why, message }: CouldNotLook): string {
  return `${what}: could not look (${why}): ${message}`;
}

function lookOf(found: Finding, planned: readonly string[], ran: readonly string[]): Look {
  return {
    outcome: found.outcome,
    message: found.message.slice(0, 4000),
    facts: found.facts ?? {},
    planned: [...planned],
    ran: [...new Set(ran)].slice(0, 50).map((line) => line.slice(0, 2000)),
    skipped: [...(found.skipped ?? [])].slice(0, 50),
    artifacts: [],
    boundTo: found.boundTo,
  };
}

/** "a, b and 3 more". */
export function some(items: readonly string[], limit = 5): string {
  if (items.length <= limit) return items.join(', ');
  return `${items.slice(0, limit).join(', ')} and ${items.length - limit} more`;
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A commit as people read it. */
export function short(commit: string): string {
  return commit.slice(0, 10);
}
