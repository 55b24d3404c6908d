import { conventionShare } from '../signal/changes.ts';
import type { AlarmReading, Alarms, SignalReading, Stage } from './diagnosis.ts';
import type { TooLittle } from './figure.ts';
import { measuredSignal } from './inputs.ts';

interface Seen {
  readonly signals: ReadonlyMap<string, SignalReading>;
  readonly alarms: Alarms;
  /** Changes a week, in the current window and before. */
  readonly pace: { readonly now: number; readonly before: number };
}

type Looked = { readonly evidence: readonly string[] } | { readonly notLooked: string };

/** Outcomes that slow degradation shows in. */
const outcomes = [
  measuredSignal,
  'corrected-changes',
  'early-churn',
  'change-survival',
  'decision-latency',
  'correction-latency',
];
/** Factum's own. */
export const stageLimits = {
  /** Activity has not fallen while it is this share of what it was. */
  steady: 0.8,
  /** More than this share of reported work was not real. */
  gap: 0.1,
  /** Fewer changes than these lead to a reason. */
  visibility: 0.3,
} as const;

const stageTitles = ['none', 'slow degradation', 'invisible gaps', 'collapse of decision visibility'] as const;

/** The last of the three stages for which there is evidence; each with what speaks for it, or why nobody could look. */
export function stageOf(seen: Seen): Stage {
  const looks = [degradation(seen), gaps(seen), collapse(seen)];
  const stage = looks.findLastIndex((look) => 'evidence' in look && look.evidence.length > 0) + 1;
  return {
    stage: stage as Stage['stage'],
    title: stageTitles[stage] ?? '',
    evidence: looks.flatMap((look, at) =>
      'evidence' in look ? look.evidence.map((text) => `${stageTitles[at + 1] ?? ''}: ${text}`) : [],
    ),
    notLooked: looks.flatMap((look, at) =>
      'notLooked' in look ? [`${stageTitles[at + 1] ?? ''}: ${look.notLooked}`] : [],
    ),
  };
}

/** Of so little that debts and score are not shown, no stage is either. */
export function stageOfTooLittle({ n, needed, of = 'observations' }: TooLittle): Stage {
  const why = `${n} of ${needed} ${of}`;
  const notLooked = stageTitles.slice(1).map((title) => `${title}: ${why}`);
  return { stage: 0, title: stageTitles[0], evidence: [], notLooked };
}

function degradation({ signals, alarms, pace }: Seen): Looked {
  if (alarms.notLooked !== undefined) return { notLooked: alarms.notLooked };
  if (!alarms.looked.some((signal) => outcomes.includes(signal)))
    return { notLooked: 'no outcome (corrections, churn, survival, latency) has a series long enough to be watched' };
  const worse = alarms.found.filter(({ signal, reads }) => outcomes.includes(signal) && reads === 'worse');
  const kept = pace.now / pace.before;
  const isSteady = kept >= stageLimits.steady;
  return {
    evidence: isSteady
      ? worse.map((alarm) => `${alarmText(alarm, signals)} while activity was ${percent(kept)} of before`)
      : [],
  };
}

function gaps({ signals }: Seen): Looked {
  const gap = signals.get(measuredSignal)?.now;
  if (gap?.state !== 'measured') return { notLooked: 'too little work is old enough to be judged' };
  const { lo } = gap.band;
  if (lo <= stageLimits.gap) return { evidence: [] };
  const named = signals.get('corrected-changes')?.now;
  const parts =
    named?.state === 'measured'
      ? ` within 30 days (${percent(named.value)} reverted or fixed by name, the rest rewritten for more than half)`
      : '';
  return { evidence: [`at least ${percent(lo)} of merged work was taken back, mended or rewritten${parts}`] };
}

function collapse({ signals, alarms }: Seen): Looked {
  const reading = signals.get('decision-visibility');
  if (reading?.now.state !== 'measured') return { notLooked: 'too few changes' };
  if (!hasTrail(reading))
    return { notLooked: 'hardly any change names a reason on record in git; a forge or tracker could tell' };
  const broken = alarms.found.filter(
    ({ kind, signal, reads }) => kind === 'break' && signal === reading.id && reads === 'worse',
  );
  const { hi } = reading.now.band;
  const low = hi < stageLimits.visibility ? [`at most ${percent(hi)} of changes lead to a reason on record`] : [];
  return { evidence: [...broken.map((alarm) => alarmText(alarm, signals)), ...low] };
}

/** Git keeps no record of decisions where hardly a change ever led to one: that is not "no visibility". */
export function hasTrail({ now, before }: Pick<SignalReading, 'now' | 'before'>): boolean {
  return [now, before].some((figure) => figure.state === 'measured' && figure.value >= conventionShare);
}

function alarmText({ kind, signal, at, from, to }: AlarmReading, signals: Seen['signals']): string {
  const { title = signal, unit } = signals.get(signal) ?? {};
  const shown = unit === 'share' ? percent : (value: number): string => value.toPrecision(3);
  return `${kind} of ${title} from ${at.slice(0, 10)}, ${shown(from)} to ${shown(to)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}
