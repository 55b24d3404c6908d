import type { Scope, SignalReading } from '../../core/debt/diagnosis.ts';
import { table } from '../reference/markdown.ts';
import { alarmSentence, promiseText, pText, watchedNames } from '../wording/alarms.ts';
import { ofSignal } from '../wording/explanations.ts';
import { changeText, effectivePeople, line, moneyText, shown } from '../wording/figures.ts';
import { bare, counted, percent } from '../wording/numbers.ts';
import { anchorTexts, capital, type InputShare, inputTitle, signalOf, standingOf } from '../wording/scope.ts';
import { debtTitles, dimensionTerms, meaningOf, toolName } from '../wording/terms.ts';
import { explained } from './at-a-glance.ts';
import { folded, md } from './text.ts';

// What stands behind the figures at a glance, part by part.

function plainly(texts: readonly string[]): readonly string[] {
  return texts.map((text) => md`${text}`);
}

export function alarms(scope: Scope): readonly string[] {
  const { found, looked, notLooked } = scope.alarms;
  const none = looked.length === 0 ? 'Nothing could be looked at.' : 'Nothing broke and nothing drifts.';
  const told = found.map(
    (alarm) => md`- **${capital(alarm.kind)}.** ${alarmSentence(scope, alarm)} ${pText(alarm.p)}, adjusted.`,
  );
  return [
    '## What changed',
    told.length === 0 ? none : told.join('\n'),
    notLooked === undefined ? '' : md`${capital(notLooked)}.`,
    md`${promiseText(scope.alarms)}`,
    md`${watchedNames(scope)}`,
  ];
}

export function debts(scope: Scope): readonly string[] {
  const rows = scope.inputs.flatMap((input) => {
    if (input.badness.state !== 'computed') return [];
    const { good, bad } = anchorTexts(scope, input);
    const signal = signalOf(scope, input.signal);
    const own = signal === undefined ? '' : line(signal.now, signal.unit);
    const source = input.anchors.configured ? 'factum.yaml' : input.anchors.source;
    return [plainly([input.title, own, line(input.badness, 'badness'), good, bad, source])];
  });
  return [
    '## Debts',
    'Each input on a scale from 0 (good anchor) to 1 (bad anchor). Levels are absolute; changes stand under Signals.',
    rows.length === 0
      ? 'No input was observed.'
      : table(['input', 'signal', 'badness', 'good', 'bad', 'anchors'], rows),
    ...scope.debts.map(({ id, shares }) => shareTable(scope, `What ${debtTitles[id]} is made of`, shares)),
    shareTable(scope, 'What the prediction is made of', scope.executionDebt.predicted.shares),
  ];
}

function shareTable(scope: Scope, what: string, shares: readonly InputShare[]): string {
  if (shares.length === 0) return '';
  const rows = shares.map(({ input, ofLevel, ofUncertainty }) =>
    plainly([inputTitle(scope, input), percent(ofLevel), percent(ofUncertainty)]),
  );
  return folded(what, table(['input', 'share of it', 'share of the doubt'], rows));
}

export function score(scope: Scope): readonly string[] {
  const rows = scope.score.dimensions.map(({ id, title, level, coverage }) => {
    const { definition, brief } = meaningOf(dimensionTerms[id]);
    const seen = `${coverage.observed} of ${coverage.of} inputs`;
    return plainly([capital(title), line(level, 'level'), seen, `${definition} ${brief}`]);
  });
  return [
    '## Score',
    table(['dimension', '0 to 100', 'observed', 'what it is'], rows),
    shareTable(scope, 'What the score lacks lies in', scope.score.shares),
  ];
}

export function signals(scope: Scope): readonly string[] {
  const seen = scope.signals.filter(({ now }) => now.state === 'measured');
  if (seen.length === 0) return ['## Signals', 'None has enough observations yet.'];
  const rows = seen.map((signal) => [...plainly(signalCells(signal)), spark(signal)]);
  const all = seen.map((signal) => [signal.title, ofSignal(scope, signal)] as const);
  return [
    '## Signals',
    table(['signal', 'state', 'now', 'before', 'change', 'week by week'], rows),
    folded('Definitions, sources and what to do', explained(all)),
  ];
}

function signalCells(signal: SignalReading): readonly string[] {
  const { title, now, before, unit } = signal;
  const text = shown(now, unit);
  const reading = text.known ? `${text.value} (${text.band}), ${text.of}` : text.why;
  const people = effectivePeople(now);
  const headed = people === undefined ? reading : `${people.text}; ${reading}`;
  return [title, standingOf(signal), headed, line(before, unit), changeText(signal)];
}

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const most = 26;

/** The last half year from its lowest to its highest week; weeks without observations are left out. */
function spark({ weekly }: SignalReading): string {
  const values = weekly.slice(-most).map(({ value }) => value);
  const [lo, hi] = [Math.min(...values), Math.max(...values)];
  return values.map((value) => bars[hi > lo ? Math.floor(((value - lo) / (hi - lo)) * 7.999) : 3] ?? '·').join('');
}

export function agents({ agents: { share, unseen, tools } }: Scope): readonly string[] {
  const rows = [
    ['share of changes with the mark of an agent: a lower bound', line(share, 'share')],
    ['of those, without a human look on record', line(unseen, 'share')],
    ...tools.map(({ tool, changes }) => [toolName(tool), `${bare(changes)} changes`]),
  ];
  return ['## Agents', table(['what', 'how much'], rows.map(plainly))];
}

export function cost({ cost: { people, weeks, rework, waiting, personWeeks, money } }: Scope): readonly string[] {
  const who = people === undefined ? 'the people' : counted(people, 'person', 'people');
  const parts = [
    ['rework', rework],
    ['waiting', waiting],
  ] as const;
  const rows = parts.map(([name, { share, published }]) =>
    plainly([name, line(share, 'share'), `${percent(published.from)} to ${percent(published.to)}`]),
  );
  return [
    '## Cost',
    md`Person-weeks of ${who} in ${weeks} weeks that rework takes, were this all that they do: ${line(personWeeks, 'ratio')}.`,
    money === undefined ? '' : md`At what a week of a person costs: ${moneyText(money)}.`,
    table(['share of the work', 'measured here', 'published elsewhere'], rows),
  ];
}
