import type { Claim, Withdrawal } from '../../core/claim/claim.ts';
import { replitFactsIn, replitItself } from '../../core/git/replit.ts';
import { type Step, undoneBehind } from '../../core/git/undone.ts';
import type { ReadContext } from '../../core/operation.ts';

/**
 * Withdrawals of claims about commits that a rollback of Replit undid. Only where the rollback's tree is that of the
 * commit it names, which it has in its history; where git cannot tell, nothing is withdrawn, and a note says so.
 */
export async function rolledBack(context: ReadContext, claims: readonly Claim[]): Promise<readonly Withdrawal[]> {
  const head = context.repository?.commit;
  const earlier = claims.filter(
    ({ standing, target }) => !standing && target.commit !== undefined && target.commit !== head,
  );
  if (head === undefined || earlier.length === 0) return [];
  const undone = undoneBehind(head, await stretchOf(context, head, earlier));
  return earlier.flatMap((claim): Withdrawal[] => {
    const rollback = undone.get(claim.target.commit ?? '');
    if (rollback === undefined) return [];
    const reason = `its commit ${short(claim.target.commit)} was rolled back by ${short(rollback)} (Replit-Restored-To)`;
    return [{ claim: claim.id, by: replitItself, reason, withdrawnAt: context.ports.now() }];
  });
}

const format = '--format=%H %T %P%x09%(trailers:key=Replit-Restored-To,valueonly,separator=%x2C)';

/** All history, where a rollback came after the oldest of these claims; else nothing. */
async function stretchOf(context: ReadContext, head: string, claims: readonly Claim[]): Promise<readonly Step[]> {
  const commits = [...new Set(claims.flatMap(({ target }) => target.commit ?? []))].slice(0, 500);
  const here = await linesOf(context, ['rev-list', '--ignore-missing', '--no-walk', ...commits]);
  if (here.length === 0) return [];
  const [start] = await linesOf(context, ['merge-base', '--octopus', ...here]);
  const since = start === undefined ? [] : [`^${start}`];
  const later = await linesOf(context, ['log', '--format=%H', '--grep=^Replit-Restored-To: ', head, ...since]);
  if (later.length === 0) return [];
  const read = (await linesOf(context, ['log', '--topo-order', format, head, '--'])).map(lineOf);
  const trees = new Map(read.map(({ id, tree }) => [id, tree]));
  const steps: Step[] = [];
  for (const { id, tree, parents, restoredTo } of read) {
    const isSeen =
      restoredTo !== undefined && trees.get(restoredTo) === tree && (await isBehind(context, restoredTo, id));
    if (restoredTo !== undefined && !isSeen && later.includes(id)) context.progress.note(untold(id, restoredTo));
    steps.push({ id, parents, ...(isSeen ? { restoredTo } : {}) });
  }
  return steps;
}

function untold(rollback: string, to: string): string {
  return `${short(rollback)} says that it restores ${short(to)}, and git does not show that state: no claim is withdrawn for it`;
}

function lineOf(line: string) {
  const [names = '', said = ''] = line.split('\t');
  const [id = '', tree = '', ...parents] = names.split(' ').filter(Boolean);
  const restoredTo = replitFactsIn([{ key: 'replit-restored-to', value: said }])?.restoredTo;
  return { id, tree, parents, ...(restoredTo === undefined ? {} : { restoredTo }) };
}

async function isBehind({ ports }: ReadContext, commit: string, later: string): Promise<boolean> {
  const answer = await ports.git(['merge-base', '--is-ancestor', commit, later]);
  return answer.ok && answer.value.exit === 0;
}

/** Nothing where git cannot tell. */
async function linesOf({ ports }: ReadContext, args: readonly string[]): Promise<readonly string[]> {
  const answer = await ports.git(args);
  return answer.ok && answer.value.exit === 0 ? answer.value.stdout.split('\n').filter(Boolean) : [];
}

function short(commit = ''): string {
  return commit.slice(0, 10);
}
