import type { Signal } from '../signal/signal.ts';
import { total } from '../signal/tally.ts';
import { isWithin, type Window, week } from '../signal/week.ts';
import { ofDescribed } from './alarms.ts';
import { anchorsOf } from './anchors.ts';
import { computedOf, level, notEnough } from './band.ts';
import type { Collected } from './collect.ts';
import { debtLevel, type Grounds, predictedDebt, risksOf, scoreOf } from './conclude.ts';
import { type CostGiven, costOf } from './cost.ts';
import type { Agents, Alarms, InputReading, Scope, SignalReading, Visibility } from './diagnosis.ts';
import { type DrawnInput, type DrawnVisibility, levelsDrawn } from './draws.ts';
import type { Absent, Figure, Level, TooLittle } from './figure.ts';
import {
  type AnchorPair,
  badnessOf,
  type InputId,
  inputForms,
  inputIds,
  isSurelyBad,
  measuredSignal,
} from './inputs.ts';
import { moveFor } from './move.ts';
import { type Period, type Taken, takeReadings } from './reading.ts';
import { hasTrail, stageOf, stageOfTooLittle } from './stage.ts';
import type { Toolkit } from './toolkit.ts';

export interface Diagnosing {
  readonly signals: readonly Signal[];
  readonly toolkits: readonly Toolkit[];
  readonly period: Period;
  /** Set in factum.yaml. */
  readonly anchors: Readonly<Partial<Record<InputId, AnchorPair>>>;
  readonly cost: CostGiven;
  readonly alarms: Alarms;
}

/** A report says nothing of fewer changes and weeks than these. */
const fewestChanges = 8;
const fewestWeeks = 12;

/** Everything that is said of the whole repository, or of one pod. */
export function diagnoseScope(kind: Scope['kind'], id: string, collected: Collected, asked: Diagnosing): Scope {
  const { current, baseline } = asked.period.windows;
  const taken = takeReadings(asked.signals, collected.kept, asked.period);
  const readings = new Map(taken.map(({ reading }) => [reading.id, alarmed(reading, asked.alarms)]));
  const alarms = ofDescribed(asked.alarms, readings);
  const changes = { now: changesIn(collected, current), before: changesIn(collected, baseline) };
  const weeks = [...collected.changes.keys()].filter((at) =>
    isWithin(at, { from: baseline.from, to: current.to }),
  ).length;
  const tooLittle = tooLittleOf(changes.now, weeks);
  const inputs = inputsOf(taken, asked);
  const visible = visibleFactors(taken);
  const drawn = levelsDrawn(inputs.drawn, visible.drawn, drawsOf(taken));
  const grounds: Grounds = {
    inputs: new Map(inputs.readings.map((each) => [each.id as InputId, each])),
    drawn,
    tooLittle,
  };
  const debts = [debtLevel(grounds, 'human'), debtLevel(grounds, 'technical')];
  const visibility = visibilityLevel(grounds, visible);
  const score = scoreOf(grounds);
  const cost = costOf(readings, (current.to - current.from) / week, asked.cost);
  const pace = { now: changes.now / weeksIn(current), before: changes.before / weeksIn(baseline) };
  const stage = tooLittle === undefined ? stageOf({ signals: readings, alarms, pace }) : stageOfTooLittle(tooLittle);
  const move = moveFor(asked.toolkits, { debts, score, inputs: inputs.readings, people: cost.people });
  return {
    kind,
    id,
    ...stateOf({
      tooLittle,
      readings: [...readings.values()],
      alarms,
      stage: stage.stage,
      inputs: inputs.readings,
      hasBefore: changes.before > 0,
    }),
    changes,
    weeks,
    signals: [...readings.values()],
    inputs: inputs.readings,
    debts,
    visibility,
    executionDebt: {
      predicted: predictedDebt(grounds, debts, visibility.level),
      measured: { level: tooLittle ?? measured(readings), signal: measuredSignal },
    },
    score,
    stage,
    risks: [...risksOf(grounds)],
    cost,
    ...(move === undefined || tooLittle !== undefined ? {} : { move }),
    alarms,
    agents: agentsOf(readings, collected, current),
  };
}

/** What broke or drifts for the worse is no longer a matter of how the two windows differ. */
function alarmed(reading: SignalReading, { found }: Alarms): SignalReading {
  const isWorse = found.some(({ signal, reads }) => signal === reading.id && reads === 'worse');
  return isWorse && reading.now.state === 'measured' ? { ...reading, state: 'alarm' } : reading;
}

function changesIn({ changes }: Collected, window: Window): number {
  return total(new Map([...changes].filter(([at]) => isWithin(at, window))));
}

function weeksIn({ from, to }: Window): number {
  return Math.max(1, (to - from) / week);
}

function tooLittleOf(changes: number, weeks: number): TooLittle | undefined {
  if (changes < fewestChanges) return notEnough(changes, fewestChanges, 'changes in the current window');
  return weeks < fewestWeeks ? notEnough(weeks, fewestWeeks, 'weeks with a change') : undefined;
}

function inputsOf(taken: readonly Taken[], { anchors }: Diagnosing) {
  const bySignal = new Map(taken.map((each) => [each.reading.id, each]));
  const drawn: DrawnInput[] = [];
  const readings = inputIds.map((id): InputReading => {
    const { title, signal, needs } = inputForms[id];
    const found = bySignal.get(signal);
    const own = anchorsOf(id, anchors[id], found?.reading);
    const form = { id, title, signal, anchors: own };
    if (found === undefined) return { ...form, badness: { state: 'not-observable', needs } };
    const now = id === 'decision-visibility' ? decisionFigure(found) : found.reading.now;
    if (now.state !== 'measured') return { ...form, badness: now };
    drawn.push({ id, anchors: own, drawn: found.drawn });
    return { ...form, badness: computedOf(found.drawn.map((value) => badnessOf(value, own))) };
  });
  return { readings, drawn };
}

/** Every measured signal has as many draws. */
function drawsOf(taken: readonly Taken[]): number {
  return taken.reduce((most, { drawn }) => Math.max(most, drawn.length), 0);
}

const noTrail: Absent = {
  state: 'not-observable',
  needs: 'links in commits to issues, requests or decisions: hardly any change has one; or a forge or tracker',
};

interface VisibleFactors {
  readonly decision: Figure;
  readonly execution: Figure;
  readonly drawn: DrawnVisibility;
}

function decisionFigure(taken: Taken | undefined): Figure {
  const isTold = taken === undefined || taken.reading.now.state !== 'measured' || hasTrail(taken.reading);
  return isTold ? figureOf(taken) : noTrail;
}

function visibleFactors(taken: readonly Taken[]): VisibleFactors {
  const find = (id: string): Taken | undefined => taken.find(({ reading }) => reading.id === id);
  const [decided, reviewed] = [find('decision-visibility'), find('review-density')];
  const [decision, execution] = [decisionFigure(decided), figureOf(reviewed)];
  return {
    decision,
    execution,
    drawn: {
      ...(decision.state === 'measured' && decided !== undefined ? { decision: decided.drawn } : {}),
      ...(execution.state === 'measured' && reviewed !== undefined ? { execution: reviewed.drawn } : {}),
    },
  };
}

function figureOf(taken: Taken | undefined): Figure {
  return taken?.reading.now ?? { state: 'not-observable', needs: 'this signal' };
}

function visibilityLevel({ drawn, tooLittle }: Grounds, { decision, execution }: VisibleFactors): Visibility {
  const values = drawn.flatMap(({ visibility }) => visibility ?? []);
  const absent = [decision, execution].filter(({ state }) => state !== 'measured');
  const missing =
    absent.length === 2
      ? 'both'
      : absent[0] === decision
        ? 'decision'
        : absent[0] === execution
          ? 'execution'
          : undefined;
  const none = decision.state === 'measured' ? execution : decision;
  const found: Level = missing === 'both' && none.state !== 'measured' ? none : computedOf(values);
  return { level: tooLittle ?? found, decision, execution, ...(missing === undefined ? {} : { missing }) };
}

function measured(readings: ReadonlyMap<string, SignalReading>): Figure {
  const gap = readings.get(measuredSignal)?.now ?? {
    state: 'not-observable' as const,
    needs: 'the signal reported-versus-real',
  };
  if (gap.state !== 'measured') return gap;
  const { lo, hi } = gap.band;
  return { ...gap, value: 100 * gap.value, band: { lo: 100 * lo, hi: 100 * hi, level } };
}

function agentsOf(readings: ReadonlyMap<string, SignalReading>, { tools }: Collected, current: Window): Agents {
  const sums = new Map<string, number>();
  for (const [at, counts] of tools) {
    if (isWithin(at, current)) for (const [tool, by] of counts) sums.set(tool, (sums.get(tool) ?? 0) + by);
  }
  const found = [...sums].map(([tool, changes]) => ({ tool, changes }));
  const of = (id: string): Figure => readings.get(id)?.now ?? { state: 'not-observable', needs: 'this signal' };
  return {
    share: of('agent-share'),
    unseen: of('agent-review-gap'),
    tools: found.toSorted((a, b) => b.changes - a.changes || (a.tool < b.tool ? -1 : 1)),
  };
}

interface Standing {
  readonly tooLittle: TooLittle | undefined;
  readonly readings: readonly SignalReading[];
  readonly alarms: Alarms;
  readonly stage: number;
  readonly inputs: readonly InputReading[];
  readonly hasBefore: boolean;
}

function stateOf({
  tooLittle,
  readings,
  alarms,
  stage,
  inputs,
  hasBefore,
}: Standing): Pick<Scope, 'state' | 'because'> {
  if (tooLittle !== undefined)
    return {
      state: 'not-enough-data',
      because: `${tooLittle.n} of the ${tooLittle.needed} ${tooLittle.of ?? ''} that debts and score need`,
    };
  const titles = new Map(readings.map(({ id, title }) => [id, title]));
  const worse = alarms.found
    .filter(({ reads }) => reads === 'worse')
    .map(({ kind, signal }) => `${kind} of ${titles.get(signal) ?? signal}`);
  if (stage >= 2) worse.push(`evidence of failure stage ${stage}`);
  if (worse.length > 0) return { state: 'alarm', because: worse.join(', ') };
  const watched = [
    ...readings.filter(({ state }) => state === 'watch').map(({ title }) => `${title} got worse`),
    ...inputs.filter(isSurelyBad).map(({ title }) => `${title}: at least half of the way to its bad anchor`),
  ];
  return watched.length > 0
    ? { state: 'watch', because: watched.join('; ') }
    : {
        state: 'ok',
        because: `${hasBefore ? 'nothing got worse by more than chance among so many signals' : 'nothing came before that it could be compared with'}, and no input is half of the way to its bad anchor with the whole of its band`,
      };
}
