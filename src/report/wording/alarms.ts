import type { AlarmReading, Alarms, Scope } from '../../core/debt/diagnosis.ts';
import { differenceStyle } from './figures.ts';
import { bare, counted, percent, range, styleOf, type Unit, written } from './numbers.ts';
import { listed, signalOf, signalTitle } from './scope.ts';
import { dateText } from './time.ts';

export function alarmSentence(scope: Scope, alarm: AlarmReading): string {
  const unit = signalOf(scope, alarm.signal)?.unit ?? 'index';
  const style = styleOf(unit, Math.max(alarm.from, alarm.to), { lo: alarm.from, hi: alarm.to });
  const way = `${written(alarm.from, style)} to ${written(alarm.to, style)}`;
  const when = alarm.kind === 'break' ? 'from one week to the next, in the week of' : 'gradually, since';
  const what = alarm.of === undefined ? '' : ` (watched: ${alarm.of})`;
  return `${signalTitle(scope, alarm.signal)}${what} went from ${way} ${when} ${dateText(alarm.at)}${slopeText(alarm, unit)}: ${reads[alarm.reads]}.`;
}

function slopeText({ perYear, from, to }: AlarmReading, unit: Unit): string {
  if (perYear === undefined) return '';
  const { value, band } = perYear;
  const style = differenceStyle(unit, Math.max(from, to), band);
  return `, by ${written(value, style)} in 52 weeks (${percent(band.level)} interval ${range(band, style)})`;
}

const reads = { better: 'better', worse: 'worse', neither: 'neither better nor worse in itself' } as const;

export function pText(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p = ${bare(p, 3)}`;
}

/** What was watched, and what is described only; a reader could take the silence of the second for that of the first. */
export function watchedText({ looked, tooShort }: Alarms): string {
  const short = tooShort.length === 0 ? '' : `; ${tooShort.length} too short for it${neededText(tooShort)}`;
  return `${counted(looked.length, 'series', 'series')} watched${short}.`;
}

/** The same by name. */
export function watchedNames(scope: Scope): string {
  const { looked, tooShort } = scope.alarms;
  const named = (ids: readonly string[]): string => listed(ids.map((id) => signalTitle(scope, id)));
  return [
    ...(looked.length === 0 ? [] : [`${looked.length} watched: ${named(looked)}.`]),
    ...(tooShort.length === 0
      ? []
      : [
          `${tooShort.length} too short for it${neededText(tooShort)}: ${named(tooShort.map(({ signal }) => signal))}.`,
        ]),
  ].join(' ');
}

function neededText([first]: Alarms['tooShort']): string {
  return first === undefined ? '' : ` (fewer than ${first.needed} weeks with data in the baseline)`;
}

/** How often anything is raised where nothing changes; empty where nothing was watched. */
export function promiseText({ rate, looked }: Alarms): string {
  return rate === undefined || looked.length === 0
    ? ''
    : `Where nothing changes, a report raises anything at all with a probability of at most ${percent(rate)}.`;
}
