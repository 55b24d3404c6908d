import { weighAnswers } from '../../core/claim/human-judgement.ts';
import type { ClaimView, HumanView } from '../../core/claim/view.ts';
import { openClaims } from '../../core/claim/open.ts';
import { verdictsOf } from '../../core/claim/relay.ts';
import type { Verdict } from '../../core/claim/verdict.ts';
import { FactumError } from '../../core/errors.ts';
import type { ClaimRecord, ReadContext, Reading } from '../../core/operation.ts';
import type { PolicyInForce } from '../../core/ledger/record.ts';
import { policyOf } from './pods.ts';

/** Verdicts of these claims as of now. Whether one is open depends on later claims of its session among them. */
export async function judge(context: ReadContext, asked: readonly ClaimRecord[]): Promise<readonly ClaimView[]> {
  const records = await withRelayed(context, asked);
  const views = await judgeAll(context, records);
  const ids = new Set(asked.map(({ claim }) => claim.id));
  return views.filter(({ id }) => ids.has(id));
}

/** A relayed claim may lend its verdict, so each chain is followed to its end; one that this ledger does not have lends nothing. */
async function withRelayed({ read }: ReadContext, asked: readonly ClaimRecord[]): Promise<readonly ClaimRecord[]> {
  const records = new Map(asked.map((record) => [record.claim.id, record]));
  const wanted = asked.map(({ claim }) => claim.relays);
  for (let id = wanted.pop(); wanted.length > 0 || id !== undefined; id = wanted.pop()) {
    if (id === undefined || records.has(id)) continue;
    const relayed = await claimOrNone(read, id);
    if (relayed === undefined) continue;
    records.set(id, relayed);
    wanted.push(relayed.claim.relays);
  }
  return [...records.values()];
}

async function claimOrNone(read: Reading, id: string): Promise<ClaimRecord | undefined> {
  try {
    return await read.claim(id);
  } catch (thrown) {
    if (thrown instanceof FactumError && thrown.code === 'CLAIM_NOT_FOUND') return undefined;
    throw thrown;
  }
}

async function judgeAll(context: ReadContext, records: readonly ClaimRecord[]): Promise<readonly ClaimView[]> {
  const asOf = context.ports.now();
  const policies = new Map<string, PolicyInForce>();
  for (const pod of new Set(records.map(({ claim }) => claim.pod))) policies.set(pod, await policyOf(context, pod));
  const policyFor = (pod: string): PolicyInForce => {
    const policy = policies.get(pod);
    if (policy === undefined) throw new FactumError('INTERNAL', `no policy for pod ${pod}`);
    return policy;
  };
  const verdicts = verdictsOf(records.map((record) => ({ ...record, policy: policyFor(record.claim.pod), asOf })));
  const judged = records.flatMap((record) => {
    const verdict = verdicts.get(record.claim.id);
    return verdict === undefined ? [] : [{ record, verdict }];
  });
  const open = new Set(
    [...policies].flatMap(([pod, { policy }]) => {
      const ofPod = judged.filter(({ record }) => record.claim.pod === pod);
      const inputs = ofPod.map(({ record, verdict }) => ({ ...record, verdict: verdict.verdict }));
      return [...openClaims(inputs, policy, asOf)];
    }),
  );
  return judged.map(({ record, verdict }) => ({
    ...view(record, verdict, open.has(record.claim.id)),
    humans: humansOf(record, policyFor(record.claim.pod)),
  }));
}

function humansOf({ claim, evidence, attestations }: ClaimRecord, policy: PolicyInForce): HumanView[] {
  return weighAnswers(attestations, { claim, evidence, policy }).map(({ attestation, ...weight }) => {
    const { person, decision, note, attestedAt, saw, assurance } = attestation;
    return { person, decision, ...(note === undefined ? {} : { note }), attestedAt, saw, assurance, ...weight };
  });
}

function view({ claim, uncounted }: ClaimRecord, verdict: Verdict, open: boolean): Omit<ClaimView, 'humans'> {
  return {
    id: claim.id,
    pod: claim.pod,
    statement: claim.statement,
    claimant: claim.claimant,
    ...(claim.beside === undefined ? {} : { beside: claim.beside }),
    claimedAt: claim.claimedAt,
    standing: claim.standing,
    open,
    ...(claim.intent === undefined ? {} : { intent: claim.intent }),
    target: claim.target,
    verdict: verdict.verdict,
    parts: verdict.parts.map((judged) => {
      const part = claim.parts.find(({ id }) => id === judged.part);
      if (part === undefined)
        throw new FactumError('INTERNAL', `verdict for a part ${judged.part} that ${claim.id} does not have`);
      const { span } = part;
      return {
        id: part.id,
        kind: part.kind,
        scope: part.scope,
        ...(part.names === undefined ? {} : { names: part.names }),
        ...(span === undefined ? {} : { words: claim.statement.slice(span.start, span.end) }),
        verdict: judged.verdict,
        because: judged.because,
        notes: [...judged.notes],
        ...(judged.decidedBy === undefined ? {} : { evidence: judged.decidedBy }),
      };
    }),
    level: verdict.demand.level,
    confirmations: verdict.confirmations,
    quorum: verdict.demand.quorum,
    uncounted: [...uncounted],
    missing: [...verdict.missing],
    ...(verdict.unsafe === undefined ? {} : { unsafe: verdict.unsafe }),
  };
}

/** The answer is "no": a part is contradicted, or something standing has drifted. */
export function saysNo(views: readonly ClaimView[]): boolean {
  return views.some(({ parts, standing }) =>
    parts.some(({ verdict }) => verdict === 'contradicted' || (standing && verdict === 'drifted')),
  );
}
