import { checksOf, type Command, commandOf } from '../audit/run.ts';
import type { PartKind } from '../claim/part.ts';
import type { Lead } from './lead.ts';

type Does = (command: Command) => boolean;

const checks =
  (kind: PartKind): Does =>
  ({ steps }) =>
    steps.some(({ deed }) => (deed.does === 'check' && deed.kind === kind) || deed.does === 'checks');
const does =
  (...what: readonly string[]): Does =>
  ({ steps }) =>
    steps.some(({ deed }) => what.includes(deed.does));

/** By kind of part: the commands that speak of it. A commit that a lead names and files that it wrote count beside them. */
const commandsFor: Partial<Readonly<Record<PartKind, Does>>> = {
  'tests-pass': checks('tests-pass'),
  'lint-clean': checks('lint-clean'),
  'types-check': checks('types-check'),
  'build-succeeds': checks('build-succeeds'),
  committed: does('commit'),
  pushed: does('commit', 'push'),
  merged: does('commit', 'push'),
  'change-made': does('commit', 'edit'),
};
const ofCommits: readonly PartKind[] = ['committed', 'pushed', 'merged', 'change-made'];

/** Those leads that tell where to look for what is claimed, in their order. */
export function bearingOn(kinds: readonly PartKind[], leads: readonly Lead[]): readonly Lead[] {
  const wanted = kinds.flatMap((kind) => commandsFor[kind] ?? []);
  const isCommit = kinds.some((kind) => ofCommits.includes(kind));
  return leads.filter(({ command, commit, writes }) => {
    if ((commit !== undefined && isCommit) || (writes !== undefined && kinds.includes('change-made'))) return true;
    const read = command === undefined || wanted.length === 0 ? undefined : commandOf(command);
    return read !== undefined && wanted.some((fits) => fits(read));
  });
}

/** It ran a check whose own exit code `| tail`, `|| true` and the like hide: that the whole succeeded says nothing of it. */
export function hidesCheck({ command, succeeded }: Lead): boolean {
  if (command === undefined || succeeded !== true) return false;
  // What it printed is not told, which is not the same as nothing.
  return checksOf(commandOf(command), { output: '?', exit: 0 }).some(({ outcome }) => outcome !== 'passed');
}
