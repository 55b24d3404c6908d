import { isWork, looksAt } from '../../core/signal/changes.ts';
import type { ChangeFact, Fact } from '../../core/signal/fact.ts';
import { type Absence, notEnough, signal } from '../../core/signal/signal.ts';
import { mergeTally, count, type Tally } from '../../core/signal/tally.ts';
import { day, weekOf } from '../../core/signal/week.ts';
import { eValueBelow } from '../../core/stats/e-value.ts';
import { jeffreysInterval } from '../../core/stats/proportion-interval.ts';

const counted = ['votes', 'dissents', 'work', 'reversed'] as const;
/** Per ISO week. */
type State = Record<(typeof counted)[number], Tally<number>>;

const needsVotes = 'recorded votes (Gerrit, git-appraise, a forge): a branch keeps approvals only';
/** Without so many dissents before, their absence says nothing; without so many reversals nobody knows what slipped by. */
const fewestDissents = 5;
const fewestVotes = 8;
const fewestReversals = 5;
const within = 30 * day;

/** Whether objections fall silent while what they would have stopped does not become rarer. */
export const dissentSuppression = signal<State>({
  id: 'dissent-suppression',
  title: 'Dissent suppression',
  summary: 'How strongly objections have become rarer while later reversals have not.',
  lifecycle: 'experimental',
  definition:
    'Evidence (an e-value; 1 is none) that objections in votes fell below those of the 52 weeks before, if the share of changes corrected within 30 days did not fall; else 1.',
  formula:
    'E = [B(d0; 1+k, 1+n-k) / B(d0; 1, 1)] / (d0^k (1-d0)^(n-k)), k objections in n votes of changes with two voters or more, d0 the lower end of the 95 % Jeffreys interval of the share before; 1 if fewer changes were corrected than before',
  citation: 'Ramdas, Grünwald, Vovk & Shafer 2023, Stat. Sci. 38:4; that both must hold is [F]',
  unit: 'index',
  worse: 'higher',
  raisedBy: 'reviewers who stop to object while as much goes wrong as before',
  loweredBy: 'objections that are made and recorded; also work that gives fewer grounds for them',
  cannotSee:
    'why nobody objects; objections made elsewhere; a vote that was withdrawn before anybody recorded it; reversals that do not name what they take back',
  beside: {
    dissent: 'share of votes that objected',
    dissentBefore: 'the same in the 52 weeks before',
    reversed: 'share of changes corrected within 30 days',
    reversedBefore: 'the same in the 52 weeks before',
  },
  maturesAfterDays: 30,
  looksBackWeeks: 52,
  place(fact) {
    if (isWork(fact)) return { at: fact.mergedAt, cluster: fact.id };
    const target = soonReversed(fact);
    return target === undefined ? undefined : { at: target.mergedAt, cluster: target.id };
  },
  run: {
    adds: true,
    empty: () => ({ votes: new Map(), dissents: new Map(), work: new Map(), reversed: new Map() }),
    add(state, fact) {
      if (isWork(fact)) return addChange(state, fact);
      const target = soonReversed(fact);
      if (target !== undefined) count(state.reversed, weekOf(target.mergedAt));
      return state;
    },
    merge(into, other) {
      for (const what of counted) mergeTally(into[what], other[what]);
      return into;
    },
    read: (state, { window }) => evidenceIn(state, window.from),
  },
});

function addChange(state: State, change: ChangeFact): State {
  const week = weekOf(change.mergedAt);
  count(state.work, week);
  const votes = looksAt(change).filter(
    ({ voice, from }) => voice !== 'comments' && from !== 'merge' && from !== 'trailer',
  );
  const voters = new Set(votes.map(({ by }) => by));
  if (voters.size < 2) return state;
  count(state.votes, week, voters.size);
  count(state.dissents, week, new Set(votes.filter(({ voice }) => voice === 'objects').map(({ by }) => by)).size);
  return state;
}

function soonReversed(fact: Fact): { readonly mergedAt: number; readonly id: string } | undefined {
  if (fact.kind !== 'correction' || !fact.isFirst || fact.target === undefined) return undefined;
  if (fact.target.authorship === 'bot' || fact.how === 'rewrite') return undefined;
  return fact.at - fact.target.mergedAt <= within ? fact.target : undefined;
}

function evidenceIn(state: State, from: number): Absence | ReturnType<typeof measured> {
  const sums = (isNow: boolean): Record<keyof State, number> => {
    const sum = (tally: Tally<number>): number =>
      [...tally].reduce((total, [week, n]) => (week >= weekOf(from) === isNow ? total + n : total), 0);
    return Object.fromEntries(counted.map((what) => [what, sum(state[what])])) as Record<keyof State, number>;
  };
  const [before, now] = [sums(false), sums(true)];
  if (now.work + before.work > 0 && now.votes + before.votes === 0)
    return { state: 'not-observable', needs: needsVotes };
  if (now.votes < fewestVotes) return notEnough(now.votes, fewestVotes);
  if (before.dissents < fewestDissents) return notEnough(before.dissents, fewestDissents);
  return measured(before, now);
}

function measured(before: Record<keyof State, number>, now: Record<keyof State, number>) {
  const { lo } = jeffreysInterval({ k: before.dissents, n: before.votes });
  const beside = {
    dissent: share(now.dissents, now.votes),
    dissentBefore: share(before.dissents, before.votes),
    reversed: share(now.reversed, now.work),
    reversedBefore: share(before.reversed, before.work),
  };
  const isKnown = now.reversed + before.reversed >= fewestReversals;
  const stayed = isKnown && now.reversed > 0 && beside.reversed >= beside.reversedBefore;
  const evidence = Math.max(1, eValueBelow(lo, { k: now.dissents, n: now.votes }));
  const note = isKnown ? {} : { note: 'too few corrections on record to tell whether they fell: nothing is concluded' };
  return { state: 'measured', value: stayed ? evidence : 1, n: now.votes, beside, ...note } as const;
}

function share(k: number, n: number): number {
  return n === 0 ? 0 : Math.min(1, k / n);
}
