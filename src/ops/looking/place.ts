import type { Claim } from '../../core/claim/claim.ts';
import type { Verifier } from '../../core/claim/verifier.ts';
import type { ReadContext } from '../../core/operation.ts';
import { couldNotLook, type Seen, type Workspace } from '../../core/ports.ts';

/**
 * Where a verifier looks. Outside a repository: the folder itself. In one: the working tree while it is what was claimed,
 * or when what was claimed was never committed (the look then says how things stand now, and the verdict says stale);
 * else a clean checkout of the claimed commit. Undefined: it looks at nothing local.
 */
export async function placeFor(
  context: ReadContext,
  { target }: Claim,
  { looksAt, readsFiles }: Verifier,
): Promise<Seen<Workspace> | undefined> {
  const { repository, workspace, settings } = context;
  if (looksAt === 'outside') return readsFiles === true ? workspace('in-place') : undefined;
  if (repository === undefined) return looksAt === 'local-run' ? workspace('in-place') : undefined;
  const { commit, tree } = target;
  const present = await repository.tree();
  if (tree !== undefined && tree !== present) {
    const isCommitted = commit !== undefined && (await repository.treeOf(commit)) === tree;
    return workspace(isCommitted ? { commit } : 'in-place');
  }
  const { isolation } = settings.config.run;
  if (looksAt === 'repository' || isolation === 'in-place') return workspace('in-place');
  const head = repository.commit;
  if (head !== undefined && (await repository.treeOf(head)) === present) return workspace({ commit: head });
  return couldNotLook(
    'not-allowed',
    `run.isolation is ${isolation} and the working tree has changes that are not committed`,
  );
}
