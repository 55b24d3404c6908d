import { z } from 'zod';
import type { Claim, Withdrawal } from '../../core/claim/claim.ts';
import { Part } from '../../core/claim/part.ts';
import type { Intent } from '../../core/intent.ts';
import type { LedgerRecord } from '../../core/ledger/record.ts';
import type { ClaimRecord, ReadContext } from '../../core/operation.ts';
import { stableJson } from '../looking/stable-json.ts';

/** Acceptance is claimed by Factum itself, on behalf of whoever decided the intent. */
const overseer = { kind: 'bot', id: 'factum' } as const;

/**
 * Records that bring the ledger's standing claims in line with the intents of the configuration: a claim for each new
 * or changed acceptance, a withdrawal for each that is gone.
 */
export function intentRecords(context: ReadContext, records: readonly ClaimRecord[]): readonly LedgerRecord[] {
  const now = context.ports.now();
  const current = records.filter(({ claim, withdrawals }) => claim.intent !== undefined && withdrawals.length === 0);
  const wanted = context.settings.config.pods.flatMap(({ id: pod, intents }) =>
    intents.map((intent) => ({ pod, intent })),
  );
  const isWanted = ({ claim }: ClaimRecord): boolean =>
    wanted.some(({ pod, intent }) => claim.intent === intent.id && claim.pod === pod && sameAcceptance(claim, intent));

  const filed = wanted
    .filter(
      ({ intent, pod }) =>
        !current.some(
          (record) =>
            record.claim.intent === intent.id && record.claim.pod === pod && sameAcceptance(record.claim, intent),
        ),
    )
    .flatMap(({ intent, pod }): LedgerRecord[] => [
      { type: 'intent/v0.1', body: { ...intent, pod, recordedAt: now } },
      { type: 'claim/v0.1', body: acceptanceClaim(context, pod, intent) },
    ]);
  const withdrawn = current
    .filter((record) => !isWanted(record))
    .map(({ claim }): LedgerRecord => ({ type: 'withdrawal/v0.1', body: withdrawalOf(claim, now) }));
  return [...filed, ...withdrawn];
}

function withdrawalOf(claim: Claim, withdrawnAt: string): Withdrawal {
  return { claim: claim.id, by: overseer, reason: 'the intent is gone or its acceptance changed', withdrawnAt };
}

function sameAcceptance(claim: Claim, intent: Intent): boolean {
  return claim.statement === intent.outcome && stableJson(claim.parts) === stableJson(acceptanceParts(intent));
}

function acceptanceParts({ accept }: Intent): Claim['parts'] {
  return z.array(Part).parse(accept.map((check, index) => ({ ...check, id: `p${index + 1}` })));
}

/** Unpinned: an acceptance is about whatever is there now. */
function acceptanceClaim(context: ReadContext, pod: string, intent: Intent): Claim {
  const { repository } = context;
  return {
    id: context.newId(),
    pod,
    claimant: overseer,
    statement: intent.outcome,
    parts: acceptanceParts(intent),
    target: repository === undefined ? {} : { repository: repository.name },
    intent: intent.id,
    standing: true,
    claimedAt: context.ports.now(),
    via: 'cli',
  };
}
