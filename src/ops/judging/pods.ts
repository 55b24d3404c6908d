import { PodConfig } from '../../core/config/config.ts';
import type { PolicyInForce } from '../../core/ledger/record.ts';
import { FactumError } from '../../core/errors.ts';
import type { ReadContext } from '../../core/operation.ts';

/** The pod asked for, else the one that the actor is a member of, else the first. */
export async function podFor(context: ReadContext, asked?: string): Promise<PodConfig> {
  const { pods } = context.settings.config;
  if (asked !== undefined) {
    const found = pods.find(({ id }) => id === asked);
    if (found !== undefined) return found;
    throw new FactumError('USAGE', `there is no pod ${asked}; pods: ${pods.map(({ id }) => id).join(', ')}`);
  }
  const { kind, id } = await context.actor();
  const own = pods.find(({ members }) =>
    kind === 'agent' ? members.agents.includes(id) : members.humans.some((human) => human.id === id),
  );
  const [first] = pods;
  if (own !== undefined) return own;
  if (first === undefined) throw new FactumError('INTERNAL', 'no pod at all');
  return first;
}

/** The policy and members that a pod has now; a pod that the configuration no longer names keeps what was recorded last. */
export async function policyOf(context: ReadContext, podId: string): Promise<PolicyInForce> {
  const { pods } = context.settings.config;
  const pod = pods.find(({ id }) => id === podId);
  if (pod !== undefined) return policyInForce(pod, context.ports.now());
  const recorded = await context.read.policyInForce(podId);
  return recorded ?? policyInForce(PodConfig.parse({ id: podId }), context.ports.now());
}

function policyInForce({ id, policy, members }: PodConfig, recordedAt: string): PolicyInForce {
  return { pod: id, policy, humans: members.humans.map((human) => human.id), recordedAt };
}
