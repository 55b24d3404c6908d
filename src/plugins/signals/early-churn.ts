import { lineClusters, placeOfLines, worthInChanges } from '../../core/signal/lines.ts';
import type { LinesDiedFact } from '../../core/signal/fact.ts';
import { notEnough, signal } from '../../core/signal/signal.ts';
import { day } from '../../core/signal/week.ts';

interface State {
  changes: number;
  added: number;
  /** Of how many lines each change added. */
  squares: number;
  gone: number;
}

const early = 14;

/** What is merged and touched again at once. */
export const earlyChurn = signal<State>({
  id: 'early-churn',
  title: 'Early churn',
  summary: 'Share of added lines that are changed or deleted again within 14 days.',
  lifecycle: 'experimental',
  definition:
    'Share of the lines that changes added that a later change altered or deleted within 14 days, not only in white space and not by a commit that .git-blame-ignore-revs lists.',
  formula:
    'lines gone within 14 days / lines added, at least 14 days ago; the interval redraws changes, with Jeffreys’ prior at the weight that their scatter tells, or where all lines are alike against as many changes as if of one size; n counts changes',
  citation:
    'Nagappan & Ball 2005, "Use of relative code churn measures", ICSE; two weeks as GitClear 2024 reports them; interval: Korn & Graubard 1998, Surv. Methodol. 24; Kish 1965, "Survey Sampling"',
  unit: 'share',
  worse: 'higher',
  raisedBy:
    'work that is merged unfinished, and mended after; also small steps on purpose, moved code, and formatting that changes more than white space (quotes, commas, the order of imports)',
  loweredBy: 'work that is finished when it is merged; also work that nobody uses yet',
  cannotSee:
    'what was changed before it was merged; generated, vendored, lock and binary files; what is changed after a reformatting, whose lines they are then',
  beside: { lines: 'lines that were added' },
  maturesAfterDays: early,
  place: placeOfLines,
  run: {
    empty: () => ({ changes: 0, added: 0, squares: 0, gone: 0 }),
    add(state, fact) {
      if (fact.kind === 'lines-born') {
        state.changes++;
        state.added += fact.lines;
        state.squares += fact.lines ** 2;
      } else if (fact.kind === 'lines-died' && isChurn(fact)) state.gone += fact.lines;
      return state;
    },
    merge(into, { changes, added, squares, gone }) {
      into.changes += changes;
      into.added += added;
      into.squares += squares;
      into.gone += gone;
      return into;
    },
    read({ changes, added, squares, gone }) {
      if (changes < lineClusters) return notEnough(changes, lineClusters);
      const value = Math.min(1, gone / added);
      const worth = worthInChanges({ lines: added, squares });
      return { state: 'measured', value, n: changes, beside: { lines: added }, ...worth };
    },
    readWeek: ({ changes, added, gone }) =>
      added === 0 ? undefined : { value: Math.min(1, gone / added), n: changes },
  },
});

function isChurn({ born, diedAt, isReformatted }: LinesDiedFact): boolean {
  return isReformatted !== true && diedAt - born.at < early * day;
}
