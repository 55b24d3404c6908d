import type { Target } from '../../core/claim/claim.ts';
import type { ReadContext } from '../../core/operation.ts';
import type { LedgerRecord } from '../../core/ledger/record.ts';
import { stableJson } from '../looking/stable-json.ts';
import { policyOf } from './pods.ts';

/** What the working tree, or one commit, is now: fixed when the claim is made. */
export async function targetNow({ repository }: ReadContext, commit?: string): Promise<Target> {
  if (repository === undefined) return {};
  const { name, branch } = repository;
  const head = commit ?? repository.commit;
  const tree = commit === undefined ? await repository.tree() : await repository.treeOf(commit);
  return {
    repository: name,
    ...(head === undefined ? {} : { commit: head }),
    ...(tree === undefined ? {} : { tree }),
    ...(branch === undefined || commit !== undefined ? {} : { branch }),
  };
}

/** The policy record to write before records of this pod, when it is not the one in force already. */
export async function policyRecords(context: ReadContext, pods: readonly string[]): Promise<readonly LedgerRecord[]> {
  const records: LedgerRecord[] = [];
  for (const pod of new Set(pods)) {
    const body = await policyOf(context, pod);
    const last = await context.read.policyInForce(pod);
    const same =
      last !== undefined && stableJson({ ...last, recordedAt: '' }) === stableJson({ ...body, recordedAt: '' });
    if (!same) records.push({ type: 'policy/v0.1', body });
  }
  return records;
}
