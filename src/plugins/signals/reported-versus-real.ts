import { isWork, placeOfWork } from '../../core/signal/changes.ts';
import type { CorrectionFact } from '../../core/signal/fact.ts';
import { shareOf, weeklyShare } from '../../core/signal/share.ts';
import { signal } from '../../core/signal/signal.ts';
import { count, mergeTally, type Tally, total } from '../../core/signal/tally.ts';
import { day, week, weekOf } from '../../core/signal/week.ts';

const spans = [14, 30, 90] as const;
type Days = (typeof spans)[number];

/** Per ISO week of the merge: changes, and how many were undone within so many days. */
interface State {
  readonly all: Tally<number>;
  readonly undone: Readonly<Record<Days, Tally<number>>>;
}

/** Merged says that it is done; some of it was not. */
export const reportedVersusReal = signal<State>({
  id: 'reported-versus-real',
  title: 'Reported-versus-real gap',
  summary: 'How much merged work was soon reverted, fixed or rewritten.',
  lifecycle: 'experimental',
  definition:
    'Share of merged changes that were reverted, fixed by name, or (10 added lines or more) for more than half rewritten within 30 days, not counting lines of which only white space changed or that a commit in .git-blame-ignore-revs took: reported as done, and not.',
  formula:
    'changes whose first correction came within 30 days / changes that people or agents wrote, at least 30 days old; Jeffreys interval',
  citation: '[F]; interval: Brown, Cai & DasGupta 2001, Stat. Sci. 16:2',
  unit: 'share',
  worse: 'higher',
  raisedBy:
    'work that is merged before it holds; also finding and naming faults sooner, moved code, and formatting that changes more than white space (quotes, commas, the order of imports)',
  loweredBy: 'work that holds; also faults that nobody finds, names or mends',
  cannotSee:
    'faults that live on; repairs that name nothing; rewrites where lines were not followed, or after a reformatting; claims and their verdicts, which no signal reads yet',
  beside: { within14: 'the same within 14 days', within90: 'within 90 days, of changes that are old enough' },
  maturesAfterDays: 30,
  place(fact) {
    if (isWork(fact)) return placeOfWork(fact);
    const target = targetOf(fact);
    return target === undefined ? undefined : { at: target.mergedAt, cluster: target.id };
  },
  run: {
    adds: true,
    empty: () => ({ all: new Map(), undone: { 14: new Map(), 30: new Map(), 90: new Map() } }),
    add(state, fact) {
      if (isWork(fact)) count(state.all, weekOf(fact.mergedAt));
      if (fact.kind === 'correction') addCorrection(state, fact);
      return state;
    },
    merge(into, other) {
      mergeTally(into.all, other.all);
      for (const days of spans) mergeTally(into.undone[days], other.undone[days]);
      return into;
    },
    readWeek: ({ all, undone }) => weeklyShare({ hits: total(undone[30]), all: total(all) }),
    read({ all, undone }, { asOf }) {
      const isOld = (at: number): boolean => at + week + 90 * day <= asOf;
      const found = shareOf({ hits: total(undone[30]), all: total(all) });
      if (found.state !== 'measured') return found;
      const old = sumWhere(all, isOld);
      const within90 = old === 0 ? {} : { within90: Math.min(1, sumWhere(undone[90], isOld) / old) };
      return { ...found, beside: { within14: Math.min(1, total(undone[14]) / found.n), ...within90 } };
    },
  },
});

function targetOf(fact: Parameters<typeof isWork>[0]): CorrectionFact['target'] {
  if (fact.kind !== 'correction' || !fact.isFirst || fact.target?.authorship === 'bot') return undefined;
  return fact.target;
}

function addCorrection(state: State, fact: CorrectionFact): void {
  const target = targetOf(fact);
  if (target === undefined) return;
  for (const days of spans) {
    if (fact.at - target.mergedAt <= days * day) count(state.undone[days], weekOf(target.mergedAt));
  }
}

function sumWhere(tally: Tally<number>, holds: (at: number) => boolean): number {
  return [...tally].reduce((sum, [at, n]) => (holds(at) ? sum + n : sum), 0);
}
