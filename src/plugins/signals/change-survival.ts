import type { Authorship, Fact, LineEnd } from '../../core/signal/fact.ts';
import { lineClusters, type LineSizes, placeOfLines, worthInChanges } from '../../core/signal/lines.ts';
import { notEnough, signal } from '../../core/signal/signal.ts';
import { count, mergeTally, type Tally, total } from '../../core/signal/tally.ts';
import { day } from '../../core/signal/week.ts';
import { aalenJohansen, kaplanMeier, type Life, survivalAt } from '../../core/stats/survival.ts';

interface State {
  /** Changes that added lines. */
  changes: number;
  /** Of how many lines each of them added. */
  squares: number;
  /** Lines by who wrote them, and the day on which they were added. */
  readonly born: Tally<number>;
  /** Lines that died by then, by the same. */
  readonly died: Tally<number>;
  /** Lines by who wrote them, why they died, and at which age. */
  readonly ends: Tally<number>;
}

const followed = 90;
const causes: readonly LineEnd[] = ['corrective', 'adaptive', 'deletion'];
const authors: readonly Authorship[] = ['human', 'agent', 'undisclosed'];
/** Ages: by the day in the first two weeks, then four days together; an age ends before its last day. */
const ages: readonly number[] = [...Array(14).keys(), ...Array.from({ length: 19 }, (_, n) => 14 + 4 * n)];

function ageIndex(days: number): number {
  return days < 14 ? Math.max(0, Math.floor(days)) : 14 + Math.floor((days - 14) / 4);
}

/** How long what was merged stays. */
export const changeSurvival = signal<State>({
  id: 'change-survival',
  title: 'Change survival',
  summary: 'Share of added lines that are still there after 90 days.',
  lifecycle: 'experimental',
  definition:
    'Share of the lines that changes added to the default branch that are still as they were after 90 days; whole lines, followed through renames of files.',
  formula:
    'S(90 d) by Kaplan-Meier over lines, those still there censored when reading ends; causes by Aalen-Johansen; the interval redraws changes, with Jeffreys’ prior at the weight that their scatter tells, or where all lines are alike against as many changes as if of one size; n counts changes',
  citation:
    'Kaplan & Meier 1958, JASA 53; Aalen & Johansen 1978, Scand. J. Stat. 5; lines from their first-parent change to their last is [F]',
  unit: 'share',
  worse: 'lower',
  raisedBy: 'work that is right at first; also a part that nobody touches any more',
  loweredBy: 'work that is mended, rewritten or thrown away; also formatting, and moving lines within or between files',
  cannotSee:
    'whether a line should have gone; generated, vendored, lock and binary files. Studies disagree on the sign for agents: compare with the own past',
  beside: {
    lines: 'lines that were added',
    after14: 'S(14 d)',
    corrective: 'share gone within 90 days by a revert or fix',
    adaptive: 'share gone because others stand in their place',
    deletion: 'share gone with nothing in their place',
    human: 'S(90 d) of changes that say no agent helped',
    agent: 'S(90 d) of changes with a mark of an agent',
    undisclosed: 'S(90 d) of changes without a mark: not the same as human',
  },
  maturesAfterDays: followed,
  place: placeOfLines,
  run: {
    adds: true,
    empty: () => ({ changes: 0, squares: 0, born: new Map(), died: new Map(), ends: new Map() }),
    add(state, fact) {
      note(state, fact);
      return state;
    },
    merge(into, other) {
      into.changes += other.changes;
      into.squares += other.squares;
      for (const which of ['born', 'died', 'ends'] as const) mergeTally(into[which], other[which]);
      return into;
    },
    read(state, { asOf }) {
      if (state.changes < lineClusters) return notEnough(state.changes, lineClusters);
      const lives = livesOf(state, authors, asOf);
      const value = survivalAt(kaplanMeier(lives), followed);
      return { state: 'measured', value, n: state.changes, ...worthInChanges(watchedOf(state, lives)) };
    },
    beside(state, { asOf }) {
      const lives = livesOf(state, authors, asOf);
      const incidence = aalenJohansen(lives, causes.length).at(-1)?.incidence ?? [];
      return {
        lines: total(state.born),
        after14: survivalAt(kaplanMeier(lives), 13),
        ...Object.fromEntries(causes.map((cause, at) => [cause, incidence[at] ?? 0])),
        ...Object.fromEntries(authors.flatMap((author) => survivalOf(state, author, asOf))),
      };
    },
    lean({ changes, squares, born, died, ends }, { asOf }) {
      const oldest = Math.floor(asOf / day) - followed;
      const byDay = (tally: Tally<number>): Tally<number> =>
        summed(tally, (key) => Math.max(oldest, Math.floor(key / authors.length)) * authors.length);
      return { changes, squares, born: byDay(born), died: byDay(died), ends: summed(ends, (key) => key % ages.length) };
    },
    readWeek(state) {
      const [all, gone] = [total(state.born), total(state.died)];
      return all === 0 ? undefined : { value: 1 - gone / all, n: state.changes };
    },
  },
});

function note(state: State, fact: Fact): void {
  if (fact.kind === 'lines-born') {
    state.changes++;
    state.squares += fact.lines ** 2;
    count(state.born, bornKey(fact.authorship, fact.at), fact.lines);
  } else if (fact.kind === 'lines-died') {
    const { at, authorship } = fact.born;
    const days = (fact.diedAt - at) / day;
    if (days >= followed) return;
    count(state.died, bornKey(authorship, at), fact.lines);
    const end = authors.indexOf(authorship) * causes.length + causes.indexOf(fact.cause);
    count(state.ends, end * ages.length + ageIndex(days), fact.lines);
  }
}

function summed(tally: Tally<number>, keyOf: (key: number) => number): Tally<number> {
  const sums: Tally<number> = new Map();
  for (const [key, lines] of tally) count(sums, keyOf(key), lines);
  return sums;
}

function bornKey(authorship: Authorship, at: number): number {
  return Math.floor(at / day) * authors.length + authors.indexOf(authorship);
}

/** Lines with what became of them; those still there were watched for whole days. */
function livesOf({ born, died, ends }: State, of: readonly Authorship[], asOf: number): readonly Life[] {
  const isOf = (index: number): boolean => of.includes(authors[index] ?? 'bot');
  const there = [...born]
    .filter(([key]) => isOf(key % authors.length))
    .map(([key, lines]): Life => {
      const days = Math.floor(asOf / day) - Math.floor(key / authors.length);
      return { time: Math.min(followed, days), cause: 0, many: lines - (died.get(key) ?? 0) };
    });
  const gone = [...ends].flatMap(([key, many]): readonly Life[] => {
    const end = Math.floor(key / ages.length);
    const time = ages[key % ages.length] ?? 0;
    return isOf(Math.floor(end / causes.length)) ? [{ time, cause: (end % causes.length) + 1, many }] : [];
  });
  return [...there, ...gone];
}

/** Lines count for as much of the 90 days as they were watched, or died in. */
function watchedOf({ born, squares }: State, lives: readonly Life[]): LineSizes {
  const watched = lives.map(({ time, cause, many = 1 }) => many * (cause === 0 ? time / followed : 1));
  const lines = watched.reduce((sum, each) => sum + each, 0);
  return { lines, squares: squares * (lines / Math.max(1, total(born))) };
}

function survivalOf(state: State, author: Authorship, asOf: number): readonly (readonly [string, number])[] {
  const lives = livesOf(state, [author], asOf);
  return lives.length === 0 ? [] : [[author, survivalAt(kaplanMeier(lives), followed)]];
}
