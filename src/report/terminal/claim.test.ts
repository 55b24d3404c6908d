import { expect, test } from 'vitest';
import { aLook } from '../../../test/make/claim-values.ts';
import type { Evidence } from '../../core/claim/evidence.ts';
import type { PartView } from '../../core/claim/view.ts';
import { claimBlock } from './claim.ts';

function unverified(evidence?: Evidence): string {
  const paper = { width: 80, colour: false };
  const part: PartView = { id: 'p1', kind: 'pushed', scope: 'unknown', verdict: 'unverified', because: 'x', notes: [] };
  return claimBlock(paper, {
    id: '01900000-0000-7000-8000-000000000001',
    pod: 'core',
    statement: 'Pushed.',
    claimant: { id: 'ada@example.org', kind: 'human' },
    claimedAt: '2026-01-01T00:00:00Z',
    standing: false,
    open: true,
    target: {},
    verdict: 'unverified',
    parts: [evidence === undefined ? part : { ...part, evidence }],
    humans: [],
    confirmations: 0,
    quorum: 2,
    missing: [],
    level: 'routine',
    uncounted: [],
  });
}

test('where nobody has looked, looking is what to do; where something stood in the way, removing that', () => {
  expect(unverified()).toContain('next  factum verify');
  const barred = unverified(aLook({ outcome: 'error' }));
  expect(barred).toContain('remove what stood in the way');
  expect(barred).not.toContain('factum verify');
});
