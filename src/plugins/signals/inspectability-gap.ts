import { countingWork, placeOfWork } from '../../core/signal/changes.ts';
import type { ChangeFact } from '../../core/signal/fact.ts';
import { shareOf, weeklyShare } from '../../core/signal/share.ts';
import { signal } from '../../core/signal/signal.ts';
import type { Tally } from '../../core/signal/tally.ts';

const carried = ['reason', 'link', 'test', 'disclosure'] as const;
type Counted = (typeof carried)[number] | 'all' | 'none' | 'whole';

/** Changes that nobody can inspect later. */
export const inspectabilityGap = signal<Tally<Counted>>({
  id: 'inspectability-gap',
  title: 'Inspectability gap',
  summary: 'How many merged changes carry no reason, no link and no test.',
  lifecycle: 'experimental',
  definition: 'Share of merged changes that give no reason, link to nothing and touch no test.',
  formula: 'changes without reason, link and test / changes that people or agents wrote',
  citation: '[F]',
  unit: 'share',
  worse: 'higher',
  raisedBy: 'one-line messages on untested direct pushes',
  loweredBy: 'messages that say why, links, tests in the same change',
  cannotSee: 'whether the reason is a good one; reasons kept elsewhere',
  beside: {
    reason: 'share with a reason in the message',
    link: 'share that lead to an issue, a discussion or a decision on record',
    test: 'share that touch a test',
    disclosure: 'share that say whether an agent had a part',
    whole: 'share with all four',
  },
  place: placeOfWork,
  run: {
    ...countingWork(countedIn),
    readWeek: (state) => weeklyShare({ hits: state.get('none') ?? 0, all: state.get('all') ?? 0 }),
    read(state) {
      const all = state.get('all') ?? 0;
      const found = shareOf({ hits: state.get('none') ?? 0, all });
      if (found.state !== 'measured') return found;
      const shares = ([...carried, 'whole'] as const).map((what) => [what, (state.get(what) ?? 0) / all]);
      return { ...found, beside: Object.fromEntries(shares) };
    },
  },
});

function countedIn({ traces, touchesTests, authorship }: ChangeFact): readonly Counted[] {
  const { issue, discussion, decision, reason } = traces;
  const has = {
    reason,
    link: issue || discussion || decision,
    test: touchesTests === true,
    disclosure: authorship !== 'undisclosed',
  };
  const there = carried.filter((what) => has[what]);
  const isGap = !(has.reason || has.link || has.test);
  return ['all', ...there, ...(isGap ? (['none'] as const) : []), ...(there.length === 4 ? (['whole'] as const) : [])];
}
