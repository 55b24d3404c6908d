import { expect, test } from 'vitest';
import { claimant, claimId, minute } from '../../../test/make/claim-values.ts';
import type { Session } from '../claim/claim.ts';
import { redact } from '../claim/redact.ts';
import { verdictsWorstFirst } from '../claim/verdict.ts';
import type { ClaimView, PartView } from '../claim/view.ts';
import { evaluationsOf } from './evaluations.ts';

function aView(part: Partial<PartView>, fields: Partial<ClaimView> = {}): ClaimView {
  const parts: PartView[] = [
    { id: 'p1', kind: 'tests-pass', scope: 'all', verdict: 'supported', because: 'it ran', notes: [], ...part },
  ];
  return {
    id: claimId(1),
    pod: 'core',
    statement: 'All tests pass.',
    claimant,
    claimedAt: minute(0),
    standing: false,
    open: true,
    target: {},
    verdict: 'supported',
    parts,
    level: 'routine',
    confirmations: 0,
    quorum: 2,
    humans: [],
    uncounted: [],
    missing: [],
    ...fields,
  };
}

function attributesIn(view: ClaimView, session?: Session): ReadonlyMap<string, unknown> {
  const [event] = evaluationsOf([{ claim: view, session }], { now: minute(3), redact });
  const list = (event as { attributes: readonly { key: string; value: object }[] }).attributes;
  return new Map(list.map(({ key, value }) => [key, Object.values(value)[0]]));
}

test.each(verdictsWorstFirst)('%s has its label, and a score only where reality decided', (verdict) => {
  const score = { verified: 1, supported: 1, contradicted: 0, drifted: 0 }[verdict as string];
  const attributes = attributesIn(aView({ verdict }));
  expect(attributes.get('gen_ai.evaluation.score.label')).toBe(verdict);
  expect(attributes.get('gen_ai.evaluation.score.value')).toBe(score);
});

test('the response of the model is named where the claim knows it', () => {
  const session = { agent: 'claude-code', id: 's1', response: 'msg_1' };
  expect(attributesIn(aView({}), session).get('gen_ai.response.id')).toBe('msg_1');
  expect(attributesIn(aView({})).has('gen_ai.response.id')).toBe(false);
});

test('neither secrets nor control sequences nor names of people leave', () => {
  const token = `ghp_${'aB3dE5gH7jK9mN1pQ2sT4vW6yZ8bC0fG2hJ4'}`;
  const person = { kind: 'human', id: 'ada@example.org', name: 'Ada' } as const;
  const answer = {
    person,
    decision: 'dispute',
    attestedAt: minute(2),
    saw: { machineVerdict: false, otherAttestations: false, aiReview: false },
    assurance: 'software',
    independent: true,
    current: true,
  } as const;
  const view = aView({ verdict: 'disputed', because: `Ada disputes \u001B[31m${token}` }, { humans: [answer] });
  expect(attributesIn(view).get('gen_ai.evaluation.explanation')).toBe('a human disputes [redacted]');
});
