import { isWork } from '../../core/signal/changes.ts';
import type { ChangeFact, Fact } from '../../core/signal/fact.ts';
import { type Absence, type Estimate, notEnough, signal } from '../../core/signal/signal.ts';
import { mergeTally, count, type Tally } from '../../core/signal/tally.ts';
import { votesOn } from '../../core/signal/votes.ts';
import { day, week, weekOf } from '../../core/signal/week.ts';
import { eValueBelow } from '../../core/stats/e-value.ts';
import { jeffreysInterval } from '../../core/stats/proportion-interval.ts';
import { seededRandom } from '../../core/stats/random.ts';
import { type Ballot, unanimity } from '../../core/stats/unanimity.ts';

const counted = ['votes', 'dissents', 'work', 'reversed'] as const;
/** Only shown beside it: votes by whose approval came before, and of each the dissents. */
const shown = [
  ...(['nobody', 'nobodyDissents', 'longer', 'longerDissents', 'others', 'othersDissents'] as const),
  'withdrawn',
] as const;
/** Per ISO week. */
type State = Readonly<Record<(typeof counted)[number] | (typeof shown)[number], Tally<number>>> & {
  /** Changes by who voted how on them. */
  readonly ballots: Map<number, Tally>;
};

const needsVotes = 'recorded votes (Gerrit, git-appraise, a forge): a branch keeps approvals only';
/** Without so many dissents before, their absence says nothing; without so many reversals nobody knows what slipped by. */
const fewestDissents = 5;
const fewestVotes = 8;
const fewestReversals = 5;
/** Nobody doubts less than that. */
const mostEvidence = 1_000_000;
const within = 30 * day;
const seed = 20_260_103;

/** Whether objections fall silent while what they would have stopped does not become rarer. */
export const dissentSuppression = signal<State>({
  id: 'dissent-suppression',
  title: 'Dissent suppression',
  summary: 'How strongly objections have become rarer while later reversals have not.',
  lifecycle: 'experimental',
  definition:
    'Evidence (an e-value; 1 is none) that objections in votes fell below those of the 52 weeks before, if the share of changes corrected within 30 days did not fall; else 1.',
  formula:
    'E = [B(d0; 1+k, 1+n-k) / B(d0; 1, 1)] / (d0^k (1-d0)^(n-k)), k objections in n votes of changes with two voters or more, d0 the lower end of the 95 % Jeffreys interval of the share before; 1,000,000 at most, and 1 if fewer changes were corrected than before',
  citation: 'Ramdas, Grünwald, Vovk & Shafer 2023, Stat. Sci. 38:4; that both must hold is [F]',
  unit: 'ratio',
  worse: 'higher',
  raisedBy: 'reviewers who stop to object while as much goes wrong as before',
  loweredBy: 'objections that are made and recorded; also work that gives fewer grounds for them',
  cannotSee:
    'why nobody objects; objections made elsewhere; a vote that was withdrawn before anybody recorded it; reversals that do not name what they take back',
  beside: {
    unanimous: 'share of the changes with two voters or more on which all agree',
    unanimousByChance: 'the same if each voter’s own votes were dealt out anew over the changes that they voted on',
    unanimityP: 'how often that gives as many (999 permutations); changes of unlike quality make voters agree, too',
    afterNobody: 'of votes before anybody else approved, the share that objected',
    afterAnybody: 'of votes after an approval by another: where it is smaller, who comes later goes along',
    votesAfterNobody: 'votes that the former is a share of; from 8 on',
    votesAfterAnybody: 'votes that the latter is a share of; from 8 on',
    afterLonger: 'of votes after an approval by somebody longer on record than the voter, the share that objected',
    afterOthers: 'the same after approvals by others alone: where it is larger, people object upwards less',
    votesAfterLonger: 'votes that this is a share of; from 8 on',
    votesAfterOthers: 'the same for those after others',
    withdrawn: 'objections taken back without a change, or a word by others, on record between',
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
  dependsOnLength: true,
  run: {
    adds: true,
    empty: emptyState,
    add(state, fact) {
      if (isWork(fact)) return addChange(state, fact);
      const target = soonReversed(fact);
      if (target !== undefined) count(state.reversed, weekOf(target.mergedAt));
      return state;
    },
    merge(into, other) {
      for (const what of [...counted, ...shown]) mergeTally(into[what], other[what]);
      other.ballots.forEach((tally, at) => void mergeTally(ballotsOf(into, at), tally));
      return into;
    },
    lean(state, { window }) {
      const from = weekOf(window.from);
      const inTwo = (what: (typeof counted)[number]): Tally<number> => beforeAndSince(state[what], from);
      return {
        ...nothingShown,
        votes: inTwo('votes'),
        dissents: inTwo('dissents'),
        work: inTwo('work'),
        reversed: inTwo('reversed'),
      };
    },
    read: (state, { window }) => evidenceIn(state, window.from),
    beside: (state, { window }) => ({ ...sharesOf(sumsOf(state, window.from)), ...patternOf(state, window.from) }),
  },
});

function emptyState(): State {
  const all = Object.fromEntries([...counted, ...shown].map((what) => [what, new Map()]));
  return { ...(all as Omit<State, 'ballots'>), ballots: new Map() };
}

/** Shared by all states that are only read. */
const nothingShown = emptyState();

function ballotsOf({ ballots }: State, at: number): Tally {
  const found = ballots.get(at) ?? new Map<string, number>();
  ballots.set(at, found);
  return found;
}

function addChange(state: State, change: ChangeFact): State {
  const at = weekOf(change.mergedAt);
  count(state.work, at);
  const votes = votesOn(change);
  if (votes.length < 2) return state;
  count(ballotsOf(state, at), votes.map(({ by, objects }) => `${objects ? '-' : '+'}${by}`).join('\n'));
  for (const { objects, after, isWithdrawn } of votes) {
    count(state.votes, at);
    if (objects) count(state.dissents, at);
    if (isWithdrawn) count(state.withdrawn, at);
    if (after === undefined) continue;
    count(state[after], at);
    if (objects) count(state[`${after}Dissents`], at);
  }
  return state;
}

function soonReversed(fact: Fact): { readonly mergedAt: number; readonly id: string } | undefined {
  if (fact.kind !== 'correction' || !fact.isFirstByName || fact.target === undefined) return undefined;
  if (fact.target.authorship === 'bot') return undefined;
  return fact.at - fact.target.mergedAt <= within ? fact.target : undefined;
}

type Sums = Readonly<Record<(typeof counted)[number], number>>;

function sumsOf(state: State, from: number): { readonly before: Sums; readonly now: Sums } {
  const sums = (isNow: boolean): Sums =>
    Object.fromEntries(counted.map((what) => [what, sumOf(state[what], from, isNow)])) as Sums;
  return { before: sums(false), now: sums(true) };
}

/** The same sums in two weeks. */
function beforeAndSince(tally: Tally<number>, from: number): Tally<number> {
  const sums: Tally<number> = new Map();
  tally.forEach((n, at) => void count(sums, at < from ? from - week : from, n));
  return sums;
}

function sumOf(tally: Tally<number>, from: number, isNow: boolean): number {
  const start = weekOf(from);
  let sum = 0;
  tally.forEach((n, at) => (sum += at >= start === isNow ? n : 0));
  return sum;
}

function evidenceIn(state: State, from: number): Absence | Estimate {
  const { before, now } = sumsOf(state, from);
  if (now.work + before.work > 0 && now.votes + before.votes === 0)
    return { state: 'not-observable', needs: needsVotes };
  if (now.votes < fewestVotes) return notEnough(now.votes, fewestVotes, 'votes');
  if (before.dissents < fewestDissents) return notEnough(before.dissents, fewestDissents, 'objections before');
  return measured(before, now);
}

function measured(before: Sums, now: Sums): Estimate {
  const { reversed, reversedBefore } = sharesOf({ before, now });
  const isKnown = now.reversed + before.reversed >= fewestReversals;
  const stayed = isKnown && now.reversed > 0 && reversed >= reversedBefore;
  const note = isKnown ? {} : { note: 'too few corrections on record to tell whether they fell: nothing is concluded' };
  return { state: 'measured', value: stayed ? evidenceOf(before, now) : 1, n: now.votes, ...note };
}

function evidenceOf(before: Sums, now: Sums): number {
  const { lo } = jeffreysInterval({ k: before.dissents, n: before.votes });
  return Math.min(mostEvidence, Math.max(1, eValueBelow(lo, { k: now.dissents, n: now.votes })));
}

function sharesOf({ before, now }: { readonly before: Sums; readonly now: Sums }) {
  return {
    dissent: share(now.dissents, now.votes),
    dissentBefore: share(before.dissents, before.votes),
    reversed: share(now.reversed, now.work),
    reversedBefore: share(before.reversed, before.work),
  };
}

/** How objections are spread in the window. It raises no value: each has harmless causes as well. */
function patternOf(state: State, from: number): Readonly<Record<string, number>> {
  const of = (what: (typeof shown)[number]): number => sumOf(state[what], from, true);
  const { share: unanimous, byChance, p } = unanimity(ballotsIn(state, from), seededRandom(seed));
  return {
    unanimous,
    unanimousByChance: byChance,
    unanimityP: p,
    ...shareAfter('Nobody', of('nobody'), of('nobodyDissents')),
    ...shareAfter('Anybody', of('longer') + of('others'), of('longerDissents') + of('othersDissents')),
    ...shareAfter('Longer', of('longer'), of('longerDissents')),
    ...shareAfter('Others', of('others'), of('othersDissents')),
    withdrawn: of('withdrawn'),
  };
}

function shareAfter(name: string, votes: number, dissents: number): Readonly<Record<string, number>> {
  return votes < fewestVotes ? {} : { [`after${name}`]: share(dissents, votes), [`votesAfter${name}`]: votes };
}

function ballotsIn({ ballots }: State, from: number): readonly Ballot[] {
  const all = new Map<string, number>();
  for (const [at, tally] of ballots) if (at >= weekOf(from)) mergeTally(all, tally);
  return [...all]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([votes, many]) => {
      const each = votes.split('\n').map((vote) => [vote.slice(1), vote.startsWith('-')] as const);
      return { votes: new Map(each), many };
    });
}

function share(k: number, n: number): number {
  return n === 0 ? 0 : Math.min(1, k / n);
}
