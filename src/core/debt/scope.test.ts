import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aChange, aCorrection, anyFacts, aRequest, aReview, some, start } from '../../../test/make/facts.ts';
import { detectors } from '../../plugins/detectors/index.ts';
import { signals } from '../../plugins/signals/index.ts';
import { toolkits } from '../../plugins/toolkits/index.ts';
import type { ChangeFact, Fact } from '../signal/fact.ts';
import { seriesOf } from '../signal/series.ts';
import { day, week, windowsAt } from '../signal/week.ts';
import { seededRandom } from '../stats/random.ts';
import { alarmsIn } from './alarms.ts';
import { collector } from './collect.ts';
import { Diagnosis, type Scope } from './diagnosis.ts';
import { badnessOf } from './inputs.ts';
import { diagnoseScope, type Diagnosing } from './scope.ts';

const asOf = start + 400 * day;
const asked: Diagnosing = {
  signals,
  toolkits,
  period: { windows: windowsAt(asOf), asOf, compared: false },
  anchors: {},
  cost: {},
  alarms: { found: [], looked: [], tooShort: [], notLooked: 'nobody' },
};

function collected(facts: readonly Fact[], pods: readonly string[] = []) {
  const into = collector({ signals, pods, keepWeeks: 240 });
  for (const fact of facts) into.add(fact);
  return into;
}

function scopeOf(facts: readonly Fact[], over: Partial<Diagnosing> = {}): Scope {
  return diagnoseScope('repository', 'test', collected(facts).whole, { ...asked, ...over });
}

/** One change a day for 400 days, by three people, reviewed and traced unless told otherwise. */
function steady(given: (n: number) => Partial<ChangeFact> = () => ({}), count = 400): readonly ChangeFact[] {
  const people = ['ada', 'bob', 'cyd'] as const;
  return Array.from({ length: count }, (_, n) => {
    const mergedAt = start + n * day + 1000 * n;
    const [author = 'ada', reviewer = 'bob'] = [people[n % 3], people[(n + 1) % 3]];
    return aChange({
      id: `c${n}`,
      mergedAt,
      begunAt: mergedAt - (1 + (n % 5)) * (day / 4),
      form: 'merge',
      authors: [author],
      answeredBy: [author],
      reviews: [aReview(reviewer)],
      ownedShare: 1,
      traces: { issue: true, discussion: true, decision: false, reason: true },
      ...given(n),
    });
  });
}

function values(scope: Scope): readonly number[] {
  const { score, debts, executionDebt, visibility } = scope;
  const levels = [score.level, ...debts.map(({ level }) => level), executionDebt.predicted.level];
  const all = levels.flatMap((level) =>
    level.state === 'computed' ? [level.value, level.band.lo, level.band.hi] : [],
  );
  return [...all, ...(visibility.level.state === 'computed' ? [100 * visibility.level.value] : [])];
}

function observedIn(scope: Scope): number {
  return scope.inputs.filter(({ badness }) => badness.state === 'computed').length;
}

/** Sums come in another order; nothing else may differ. */
function rounded(scope: Scope): unknown {
  return JSON.parse(
    JSON.stringify(scope, (_key, each: unknown) => (typeof each === 'number' ? Number(each.toPrecision(9)) : each)),
  );
}

function densityOf(scope: Scope | undefined): unknown {
  return scope?.signals.find(({ id }) => id === 'review-density')?.now.state;
}

function keepingSome(drawnWeeks: number, keepWeeks = 240) {
  return collector({ signals, pods: [], keepWeeks, drawnWeeks });
}

function groupsOf({ whole }: ReturnType<typeof collected>, weeks: number): number | undefined {
  return whole.kept.get('review-density')?.get(start + weeks * week)?.size;
}

describe('a history of which not all is kept', () => {
  const days = 1400;
  const late = start + days * day;
  const changes = steady((n) => {
    const voice = n % 7 === 0 ? 'objects' : 'approves';
    return { reviews: [aReview('dan', { voice, from: 'gerrit', at: start + n * day })] };
  }, days);
  const facts = changes.flatMap((change, n): readonly Fact[] => [
    change,
    aRequest(`request ${n}`, n, { answered: n % 5, waited: n % 9 }),
    ...(n % 9 === 0 ? [aCorrection(change, 4)] : []),
  ]);
  const period = { windows: windowsAt(late), asOf: late, compared: false };

  /** All facts, told before how far they go. */
  function told(drawnWeeks: number, keepWeeks?: number) {
    const taking = keepingSome(drawnWeeks, keepWeeks);
    taking.reach(late);
    for (const fact of facts) taking.add(fact);
    return taking;
  }
  /** The first `many` facts, told how far they go; then the others, by another that goes on from there. */
  function resumed(many: number, drawnWeeks: number, keepWeeks?: number) {
    const [before, after] = [keepingSome(drawnWeeks, keepWeeks), keepingSome(drawnWeeks, keepWeeks)];
    before.reach(start + (many / facts.length) * days * day);
    for (const fact of facts.slice(0, many)) before.add(fact);
    after.reach(late);
    after.resume(structuredClone(before.state()));
    for (const fact of facts.slice(many)) after.add(fact);
    return after;
  }
  const scopeIn = ({ whole }: ReturnType<typeof collected>) =>
    diagnoseScope('repository', 'test', whole, { ...asked, period });
  const seriesIn = ({ whole }: ReturnType<typeof collected>) =>
    signals.map((signal) => seriesOf(signal, whole.kept.get(signal.id) ?? new Map(), { scope: '', asOf: late }));

  test('where no change is drawn a week keeps one state, and the report is the same', () => {
    const [all, settled] = [collected(facts), told(66)];
    expect(scopeIn(settled)).toEqual(scopeIn(all));
    expect(seriesIn(settled)).toEqual(seriesIn(all));
    expect(rounded(scopeIn(told(30)))).not.toEqual(rounded(scopeIn(all)));
    expect([groupsOf(all, 5), groupsOf(settled, 5)]).toEqual([7, 1]);
    expect([groupsOf(all, 190), groupsOf(settled, 190)]).toEqual([7, 7]);
  });

  test('what is too old is let go of where nobody tells how far it goes, too', () => {
    const taking = keepingSome(66, 100);
    for (const fact of facts) taking.add(fact);
    expect([groupsOf(taking, 95), groupsOf(taking, 105)]).toEqual([undefined, 7]);
  });

  test('one that goes on from what another kept says the same, and lets go of as much', () => {
    const { length } = facts;
    for (const many of [0, 1, Math.floor(length / 3), length - 20, length]) {
      const [whole, later] = [told(66, 100), resumed(many, 66, 100)];
      expect(scopeIn(later)).toEqual(scopeIn(whole));
      expect(seriesIn(later)).toEqual(seriesIn(whole));
      expect([groupsOf(later, 95), groupsOf(whole, 95)]).toEqual([undefined, undefined]);
    }
    const later = resumed(Math.floor(length / 3), 66);
    expect(groupsOf(later, 50)).toBe(7);
    later.state();
    expect(groupsOf(later, 50)).toBe(1);
  });
});

test('whatever is read, the answer fits its schema, levels are within 0 and 100, and twice is the same', () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      const at = start + 200 * day;
      const period = { windows: windowsAt(at), asOf: at, compared: false };
      const scope = scopeOf(facts, { period });
      expect(Diagnosis.shape.repositories.element.shape.scopes.element.parse(scope)).toEqual(scope);
      for (const value of values(scope)) expect(value >= 0 && value <= 100 + 1e-9).toBe(true);
      expect(scopeOf(facts, { period })).toEqual(scope);
      for (const { signal, anchors, badness } of scope.inputs) {
        const now = scope.signals.find(({ id }) => id === signal)?.now;
        if (badness.state === 'computed' && now?.state === 'measured')
          expect(badness.value).toBe(badnessOf(now.value, anchors));
      }
    }),
    { numRuns: 15 },
  );
});

test('good work has low debts, a high score and no move; nothing is an alarm', () => {
  const scope = scopeOf(steady());
  expect(scope.state).toBe('ok');
  for (const { level } of scope.debts) expect(level).toMatchObject({ state: 'computed' });
  const [human, technical] = scope.debts.map(({ level }) => (level.state === 'computed' ? level.value : NaN));
  expect(human).toBeLessThan(10);
  expect(technical).toBeLessThan(10);
  expect(scope.score.level.state === 'computed' && scope.score.level.value).toBeGreaterThan(80);
  expect(scope.stage.stage).toBe(0);
});

test('work that is taken back is measured as Execution Debt, and as the second stage', () => {
  const changes = steady();
  const facts = changes.flatMap((change, n) => (n % 3 === 0 ? [change, aCorrection(change, 5)] : [change]));
  const { executionDebt, stage, state } = scopeOf(facts);
  const { level } = executionDebt.measured;
  expect(level.state === 'measured' && Math.abs(level.value - 100 / 3)).toBeLessThan(3);
  expect(stage).toMatchObject({ stage: 2, title: 'invisible gaps' });
  expect(state).toBe('alarm');
});

test('of a few weeks no stage is told, however much of them was taken back', () => {
  const changes = steady(undefined, 60);
  const facts = changes.flatMap((change) => [change, aCorrection(change, 5)]);
  const at = start + 90 * day;
  const scope = scopeOf(facts, { period: { windows: windowsAt(at), asOf: at, compared: false } });
  expect(scope.state).toBe('not-enough-data');
  expect(scope.stage).toMatchObject({ stage: 0, evidence: [] });
  expect(scope.stage.notLooked).toHaveLength(3);
});

/** How far below 1 the band of asymmetry reaches where one person made one change in so many days. */
function doubtOfOne(days: number): number {
  const alone = steady(() => ({ reviews: [], authors: ['ada'] })).filter((_, n) => n % days === 0);
  const now = scopeOf(alone).signals.find(({ id }) => id === 'contribution-asymmetry')?.now;
  if (now?.state !== 'measured') throw new Error('not measured');
  expect(now).toMatchObject({ value: 1, band: { hi: 1 } });
  return 1 - now.band.lo;
}

test('one person is not known for certain to be the only one: the fewer changes, the less', () => {
  const [many, few] = [doubtOfOne(1), doubtOfOne(5)];
  expect(many).toBeGreaterThan(0);
  expect(few).toBeGreaterThan(2 * many);
});

test('roles that were always filled are not known for certain to be', () => {
  const accounted = scopeOf(steady()).signals.find(({ id }) => id === 'accountability')?.now;
  expect(accounted).toMatchObject({ state: 'measured', value: 1, band: { hi: 1 } });
  expect(accounted?.state === 'measured' && accounted.band.lo).toBeLessThan(1);
});

describe('what was not looked at is not "no"', () => {
  test('without records of reviews and links nothing is called unreviewed, and visibility is not zero', () => {
    const bare = { issue: false, discussion: false, decision: false, reason: true };
    const scope = scopeOf(steady(() => ({ reviews: [], traces: bare })));
    expect(scope.visibility).toMatchObject({ level: { state: 'not-observable' }, missing: 'both' });
    const inputs = new Map(scope.inputs.map(({ id, badness }) => [id, badness.state]));
    expect([inputs.get('review-density'), inputs.get('decision-visibility')]).toEqual([
      'not-observable',
      'not-observable',
    ]);
    expect(scope.executionDebt.predicted.level.state).toBe('not-observable');
    expect(scope.stage.stage).toBe(0);
    expect(scope.stage.notLooked.join()).toContain('collapse of decision visibility');
  });

  test('a collapse is seen where links were the custom before', () => {
    const bare = { issue: false, discussion: false, decision: false, reason: true };
    const scope = scopeOf(steady((n) => (n > 300 ? { traces: bare } : {})));
    expect(scope.stage).toMatchObject({ stage: 3 });
    const reading = scope.signals.find(({ id }) => id === 'decision-visibility');
    expect(reading?.change).toMatchObject({ state: 'clear', reads: 'worse' });
  });

  test.each(['review-density', 'decision-visibility', 'contribution-asymmetry', 'corrected-changes'])(
    'coverage counts what was observed: without %s its inputs are gone',
    (id) => {
      const [all, without] = [
        scopeOf(steady()),
        scopeOf(steady(), { signals: signals.filter((each) => each.id !== id) }),
      ];
      const lost = all.inputs.filter((input) => input.signal === id && input.badness.state === 'computed').length;
      expect(lost).toBeGreaterThan(0);
      expect(observedIn(without)).toBe(observedIn(all) - lost);
      for (const [at, debt] of without.debts.entries()) {
        expect(debt.coverage.observed).toBeLessThanOrEqual(all.debts[at]?.coverage.observed ?? 0);
      }
      expect(without.score.coverage.observed).toBeLessThanOrEqual(all.score.coverage.observed);
    },
  );

  test('few changes or weeks give no level at all, and say what would be enough', () => {
    const few = scopeOf(steady().slice(-5));
    expect(few).toMatchObject({
      state: 'not-enough-data',
      score: { level: { state: 'not-enough-data', n: 5, needed: 8 } },
    });
    const weeks = scopeOf(steady().slice(-30));
    expect(weeks).toMatchObject({ state: 'not-enough-data', score: { level: { needed: 12 } } });
    expect(weeks.move).toBeUndefined();
  });
});

test('a sudden fall of reviews is a change for the worse; steady work has none', () => {
  const fallen = scopeOf(steady((n) => (n > 310 && n % 2 === 0 ? { reviews: [] } : {})));
  const density = fallen.signals.find(({ id }) => id === 'review-density');
  expect(density).toMatchObject({ state: 'watch', change: { state: 'clear', reads: 'worse' } });
  const changed = scopeOf(steady()).signals.filter(({ change }) => change.state === 'clear');
  expect(changed.map(({ id }) => id)).toEqual([]);
});

test('how many people take part is set against as long a stretch: newcomers in every quarter are no change', () => {
  const quarters = steady((n) => ({ authors: [n % 2 === 0 ? 'ada' : `guest${Math.floor(n / 4)}`] }));
  const asymmetry = scopeOf(quarters).signals.find(({ id }) => id === 'contribution-asymmetry');
  expect(asymmetry?.change.state).toBe('unclear');
});

test('a tool that one mark names and another does not is one tool', () => {
  const mark = { rule: 'r', role: 'coauthor', confidence: 'high' } as const;
  const unnamed = { ...mark, tool: '*' };
  const marks = [[unnamed, { ...mark, tool: 'codex' }], [unnamed], []];
  const { agents, changes } = scopeOf(steady((n) => ({ marks: marks[n % 3] ?? [] })));
  expect(agents.tools.map(({ tool }) => tool).toSorted()).toEqual(['*', 'codex']);
  for (const tool of agents.tools) expect(tool.changes / changes.now).toBeCloseTo(1 / 3, 1);
});

test('facts in another order, as far as their weeks allow it, give the same', () => {
  const changes = steady();
  const facts: readonly Fact[] = changes.flatMap((change, n) =>
    n % 9 === 0 ? [change, aCorrection(change, 3)] : [change],
  );
  const turned = facts.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  expect(rounded(scopeOf(turned))).toEqual(rounded(scopeOf(facts)));
});

test('a pod has its own figures; what it does not own is not in them', () => {
  const changes = steady((n) => ({
    pods: n % 4 === 0 ? ['web'] : ['core'],
    reviews: n % 4 === 0 ? [] : [aReview('zoe')],
  }));
  const into = collected(changes, ['web', 'core']);
  const [web, core] = ['web', 'core'].map((id) => {
    const own = into.pods.get(id);
    if (own === undefined) throw new Error(id);
    return diagnoseScope('pod', id, own, asked);
  });
  expect(web?.changes.now).toBeLessThan(core?.changes.now ?? 0);
  expect([densityOf(web), densityOf(core)]).toEqual(['not-observable', 'measured']);
});

test('anchors that were set are used, and said', () => {
  const anchors = { 'contribution-asymmetry': { good: -1, bad: 0 } };
  const scope = scopeOf(steady(), { anchors });
  const input = scope.inputs.find(({ id }) => id === 'contribution-asymmetry');
  expect(input).toMatchObject({ anchors: { configured: true, source: 'factum.yaml' }, badness: { value: 1 } });
});

test('the move is one whose inputs are bad, and changes with them', () => {
  const slow = scopeOf(steady((n) => ({ begunAt: start + n * day - (20 + (n % 7)) * day })));
  expect(slow.move?.because.map(({ input }) => input)).toContain('decision-latency');
  const alone = scopeOf(steady(() => ({ authors: ['ada'], reviews: [], form: 'direct' })));
  expect(alone.move?.because.map(({ input }) => input)).toContain('contribution-asymmetry');
});

test('few observations are drawn towards the own history; none of 20 is not taken for certain', () => {
  const changes = steady(() => ({}), 300).concat(steady().slice(-20));
  const facts = changes.flatMap((change, n) => (n % 10 === 0 && n < 280 ? [change, aCorrection(change, 2)] : [change]));
  const reading = scopeOf(facts).signals.find(({ id }) => id === 'inspectability-gap');
  expect(reading).toMatchObject({ shrunk: true, now: { n: 20 } });
  expect(reading?.now.state === 'measured' && reading.now.band.hi).toBeGreaterThan(0.005);
});

function watched(facts: readonly Fact[], by = signals): Scope {
  const { kept } = collected(facts).whole;
  const alarms = alarmsIn([{ id: 'all', kept }], { signals: by, detectors, repositories: 1 }, asked.period).get('all');
  if (alarms === undefined) throw new Error('nobody looked');
  return scopeOf(facts, { alarms });
}

/** Three changes a day. */
function busy(given: (n: number) => Partial<ChangeFact> = () => ({})): readonly ChangeFact[] {
  return steady((n) => ({ mergedAt: start + n * (day / 3), begunAt: start + n * (day / 3) - day, ...given(n) }), 1200);
}

describe('alarms', () => {
  test('the same people with the same shares break nothing when they do four times as much', () => {
    const random = seededRandom(1);
    const people = Array.from({ length: 40 }, (_, n) => Array<string>(Math.ceil(12 / (n + 1))).fill(`p${n}`)).flat();
    const anybody = (): string => people[random.below(people.length)] ?? '';
    const perDay = [...Array<number>(310).fill(2), ...Array<number>(90).fill(8)];
    const changes = perDay.flatMap((many, at) =>
      some(many, (n) => {
        const mergedAt = start + (at + n / many) * day;
        return { id: `c${at}-${n}`, mergedAt, authors: [anybody()], reviews: [aReview(anybody())] };
      }),
    );
    const broken = (by?: typeof signals): readonly string[] =>
      watched(changes, by).alarms.found.map(({ signal }) => signal);
    expect(broken()).not.toContain('reviewer-concentration');
    expect(broken()).not.toContain('contribution-asymmetry');
    const asShown = signals.map((each) => {
      const run = { ...each.run };
      Reflect.deleteProperty(run, 'watch');
      return { ...each, run };
    });
    expect(broken(asShown)).toContain('reviewer-concentration');
  });

  test('reviews that stop are a break for the worse, with its p; steady work raises none', () => {
    const stopped = watched(busy((n) => (n > 1080 && n % 5 > 0 ? { reviews: [] } : {})));
    const found = stopped.alarms.found.find(({ signal }) => signal === 'review-density');
    expect(found?.p).toBeLessThanOrEqual(0.1);
    expect({ ...found, state: stopped.state }).toMatchObject({ kind: 'break', reads: 'worse', state: 'alarm' });
    expect(stopped.signals.find(({ id }) => id === 'review-density')?.state).toBe('alarm');
    const { alarms: quiet } = watched(busy());
    expect(quiet).toMatchObject({ found: [], rate: 0.1 });
    expect(quiet.looked.length).toBeGreaterThan(5);
  });

  test('too few weeks are not looked at, and it says so', () => {
    const { alarms, stage } = watched(steady().slice(-60));
    expect(alarms).toMatchObject({ found: [], looked: [], notLooked: expect.stringContaining('weeks with data') });
    expect(stage.notLooked.join()).toContain('slow degradation');
  });
});
