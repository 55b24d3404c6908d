import type { AlarmReading, SignalReading } from '../../core/debt/diagnosis.ts';
import type { Figure } from '../../core/debt/figure.ts';
import { bare, chosenStyle, counted, styleOf, written } from '../wording/numbers.ts';
import { dateText, spanText } from '../wording/time.ts';
import { heightOf, placeOf } from './gauge.ts';
import { markup, type Markup } from './markup.ts';

const top = 12;
const bottom = 112;
const week = 7 * 86_400_000;

type Point = SignalReading['weekly'][number];

interface Frame {
  readonly x: (time: number) => string;
  readonly y: (value: number) => number;
  readonly ticks: readonly number[];
}

/** A signal week by week, with the bands of both windows; what was found in it is marked. */
export function weeklyChart(signal: SignalReading, alarms: readonly AlarmReading[]): Markup | undefined {
  const { weekly, windows, unit } = signal;
  const first = weekly[0];
  const last = weekly.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const frame = frameOf(signal, [...alarms]);
  const style = chosenStyle(unit, frame.ticks);
  const boundary = frame.x(Date.parse(windows.now.from));
  // Beside each other two dates need more than that of a narrow screen.
  const below = Number.parseFloat(boundary) < 45 ? 14 : 0;
  return markup`<figure class="weekly"><svg role="img" width="100%" height="${134 + below}"><title>${signal.title}, week by week</title><desc>${said(signal, alarms)}</desc>
${frame.ticks.map((tick) => markup`<line class="grid" x1="0" x2="100%" y1="${frame.y(tick)}" y2="${frame.y(tick)}"/><text x="-8" y="${frame.y(tick) + 4}" text-anchor="end">${written(tick, style)}</text>`)}
${windowBand(signal.before, windows.before, frame)}${windowBand(signal.now, windows.now, frame)}
<line class="boundary" x1="${boundary}" x2="${boundary}" y1="${top - 8}" y2="${bottom}"/>
<svg x="0" y="0" width="100%" height="134" viewBox="0 0 1000 134" preserveAspectRatio="none"><path class="series" d="${pathOf(weekly, frame)}"/></svg>
${weekly.map((point) => markup`<circle class="week" cx="${frame.x(Date.parse(point.week))}" cy="${frame.y(point.value)}" r="1.75"/>`)}
${alarms.map((alarm) => mark(alarm, frame, last))}
<text x="0" y="130">${dateText(windows.before.from)}</text><text x="${boundary}" y="${130 + below}" text-anchor="middle">${dateText(windows.now.from)}</text>
</svg></figure>`;
}

function frameOf({ weekly, windows, before, now, unit }: SignalReading, alarms: readonly AlarmReading[]): Frame {
  const times = [windows.before.from, windows.now.to, ...weekly.map((point) => point.week)].map(Date.parse);
  const known = times.filter((time) => !Number.isNaN(time));
  const [from, to] = [Math.min(...known), Math.max(...known)];
  const values = [
    ...weekly.map(({ value }) => value),
    ...[before, now].flatMap((figure) => (figure.state === 'measured' ? [figure.band.lo, figure.band.hi] : [])),
    ...alarms.flatMap((alarm) => (alarm.of === undefined ? [alarm.from, alarm.to] : [])),
  ];
  // There is no half of a person.
  const ticks = ticksOver(Math.min(0, ...values), Math.max(...values), unit === 'people');
  const [low = 0, high = 1] = [ticks[0], ticks.at(-1)];
  const y = (value: number): number => heightOf(value, [low, high], top, bottom);
  return { x: (time) => placeOf(time, from, to), y, ticks };
}

/** Round numbers around all values, three or four of them. */
function ticksOver(lo: number, hi: number, isWhole: boolean): readonly number[] {
  const raw = (hi - lo) / 3;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step =
    [1, 2, 2.5, 5, 10]
      .map((each) => each * power)
      .find((each) => each >= raw && (!isWhole || Number.isInteger(each))) ?? raw;
  if (!Number.isFinite(step) || step <= 0) return [lo, lo + 1];
  const count = Math.ceil(hi / step) - Math.floor(lo / step);
  return Array.from({ length: count + 1 }, (_, at) => (Math.floor(lo / step) + at) * step);
}

function windowBand(figure: Figure, span: { readonly from: string; readonly to: string }, { x, y }: Frame) {
  if (figure.state !== 'measured') return undefined;
  const { value, band } = figure;
  const [from, to] = [x(Date.parse(span.from)), x(Date.parse(span.to))];
  const width = `${Number((Number.parseFloat(to) - Number.parseFloat(from)).toFixed(2))}%`;
  const height = Math.max(2, Number((y(band.lo) - y(band.hi)).toFixed(1)));
  return markup`<rect class="window" x="${from}" y="${y(band.hi)}" width="${width}" height="${height}"/><line class="level" x1="${from}" x2="${to}" y1="${y(value)}" y2="${y(value)}"/>`;
}

/** Weeks that are missing break the line. */
function pathOf(points: readonly Point[], { x, y }: Frame): string {
  const steps = points.map((point, at) => {
    const before = points[at - 1];
    const joined = before !== undefined && Date.parse(point.week) - Date.parse(before.week) <= week;
    return `${joined ? 'L' : 'M'}${Number((10 * Number.parseFloat(x(Date.parse(point.week)))).toFixed(1))} ${y(point.value)}`;
  });
  return steps.join('');
}

function mark(alarm: AlarmReading, { x, y }: Frame, last: Point): Markup {
  const at = x(Date.parse(alarm.at));
  const side = Number.parseFloat(at) > 70 ? { anchor: 'end', dx: -5 } : { anchor: 'start', dx: 5 };
  const word = markup`<text class="found" x="${at}" dx="${side.dx}" y="${top - 2}" text-anchor="${side.anchor}">${alarm.kind}</text>`;
  // What is not of the figure itself has no height here.
  if (alarm.kind === 'break' || alarm.of !== undefined)
    return markup`<line class="break" x1="${at}" x2="${at}" y1="2" y2="${bottom}"/>${word}`;
  return markup`<line class="drift" x1="${at}" x2="${x(Date.parse(last.week))}" y1="${y(alarm.from)}" y2="${y(alarm.to)}"/>${word}`;
}

function said({ weekly, windows }: SignalReading, alarms: readonly AlarmReading[]): string {
  const found = alarms.map(({ kind, at }) => `${kind} at ${dateText(at)}`);
  const missing = found.length === 0 ? 'Nothing is marked in it.' : `Marked: ${found.join(', ')}.`;
  return `${counted(weekly.length, 'week')}; baseline ${spanText(windows.before)}, now ${spanText(windows.now)}. ${missing} The numbers are in the table below.`;
}

/** The same as numbers. */
export function weeklyTable({ weekly, unit, title }: SignalReading): Markup | undefined {
  if (weekly.length === 0) return undefined;
  const values = weekly.map(({ value }) => value);
  const style = styleOf(unit, Math.max(...values), { lo: Math.min(...values), hi: Math.max(...values) });
  const rows = weekly.map(
    (point) =>
      markup`<tr><td>${dateText(point.week)}</td><td>${written(point.value, style)}</td><td>${bare(point.n)}</td></tr>`,
  );
  return markup`<details class="numbers"><summary>The numbers of the chart</summary><div class="scroll" role="region" tabindex="0" aria-label="Numbers: ${title}"><table><caption>${title}</caption><thead><tr><th scope="col">week of</th><th scope="col">value</th><th scope="col">n</th></tr></thead><tbody>${rows}</tbody></table></div></details>`;
}
