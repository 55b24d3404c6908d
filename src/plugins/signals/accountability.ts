import { conventionShare, countingWork, isReviewed, placeOfWork } from '../../core/signal/changes.ts';
import type { ChangeFact } from '../../core/signal/fact.ts';
import { type Absence, type Estimate, notEnough, signal } from '../../core/signal/signal.ts';
import type { Tally } from '../../core/signal/tally.ts';

type Counted = 'all' | 'ownable' | 'owned' | 'verified' | 'answered' | 'agents' | 'agentsAnswered';

const fewest = 8;

/** Whether somebody is named who owns the work and who checked it; who is to correct it, an assignee, git does not know. */
export const accountability = signal<Tally<Counted>>({
  id: 'accountability',
  title: 'Accountability',
  summary: 'How often owner and verifier of a change are named.',
  lifecycle: 'experimental',
  definition:
    'Share of the two roles of merged changes that are filled by name: an owner of most of its files, a human who verified it.',
  formula:
    'mean of the observable shares: owned (CODEOWNERS names an owner of more than half of the files), verified (reviewed by another human)',
  citation: '[F]',
  unit: 'share',
  worse: 'lower',
  raisedBy: 'CODEOWNERS that cover the work, reviews on record',
  loweredBy: 'unowned files, unreviewed changes',
  cannotSee:
    'whether the named know of it; owners and assignees that only a forge or tracker has: who is to correct it is not told',
  beside: {
    owned: 'share with an owner of most of their files; only with CODEOWNERS',
    verified: 'share with a review by another human; only where reviews are on record',
    answered: 'share with a human author, co-author, signer or merger: nearly all but what agents did alone',
    agentsAnswered: "share of disclosed agents' changes with a human who answers for them",
  },
  place: placeOfWork,
  run: {
    ...countingWork(countedIn),
    read: rolesFilled,
  },
});

function countedIn(change: ChangeFact): readonly Counted[] {
  const isAgents = change.authorship === 'agent';
  const isAnswered = change.answeredBy.length > 0;
  const found: Record<Counted, boolean> = {
    all: true,
    ownable: change.ownedShare !== undefined,
    owned: (change.ownedShare ?? 0) > 0.5,
    verified: isReviewed(change),
    answered: isAnswered,
    agents: isAgents,
    agentsAnswered: isAgents && isAnswered,
  };
  return (Object.keys(found) as Counted[]).filter((what) => found[what]);
}

function rolesFilled(state: Tally<Counted>): Absence | Estimate {
  const of = (what: Counted): number => state.get(what) ?? 0;
  const all = of('all');
  if (all < fewest) return notEnough(all, fewest);
  const isReviewing = of('verified') >= conventionShare * all;
  const counts = {
    ...(of('ownable') === 0 ? {} : { owned: { k: of('owned'), n: of('ownable') } }),
    ...(isReviewing ? { verified: { k: of('verified'), n: all } } : {}),
  };
  const roles = Object.fromEntries(Object.entries(counts).map(([role, { k, n }]) => [role, k / n]));
  const shares = Object.values(roles);
  if (shares.length === 0)
    return { state: 'not-observable', needs: 'CODEOWNERS, or a forge that records reviewers and assignees' };
  const agents = of('agents') === 0 ? {} : { agentsAnswered: of('agentsAnswered') / of('agents') };
  const answered = of('answered') / all;
  const value = mean(shares);
  const among = Math.min(...Object.values(counts).map(({ n }) => n));
  const note =
    shares.length === 2 ? {} : { note: isReviewing ? 'owners are not on record' : 'verifiers are not on record' };
  return { state: 'measured', value, n: all, among, beside: { ...roles, answered, ...agents }, ...note };
}

function mean(shares: readonly number[]): number {
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
