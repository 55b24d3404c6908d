import type { Figure, Level } from '../../core/debt/figure.ts';
import { shown } from '../wording/figures.ts';
import type { Unit } from '../wording/numbers.ts';
import { markup, type Markup } from './markup.ts';

interface Tick {
  readonly at: number;
  readonly label: string;
}

interface GaugeForm {
  /** What is drawn, for those who do not see it. */
  readonly title: string;
  readonly figure: Figure | Level;
  readonly unit: Unit;
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly Tick[];
  /** Written between ticks. */
  readonly zones?: readonly Tick[];
}

/** A number and its band on a scale. Positions are in percent and letters in pixels, so that it fits any width. */
export function gauge({ title, figure, unit, from, to, ticks, zones = [] }: GaugeForm): Markup | undefined {
  const place = (value: number): string => placeOf(value, from, to);
  const text = shown(figure, unit);
  if (!text.known) return undefined;
  const scale = [...ticks, ...zones].map((tick) => tick.label).join(', ');
  return markup`<svg class="gauge" role="img" width="100%" height="${zones.length > 0 ? 56 : 40}"><title>${title}: ${text.value}, band ${text.band}</title><desc>A scale: ${scale}.</desc>
<line class="track" x1="0" x2="100%" y1="13" y2="13"/>
${ticks.map(({ at }) => markup`<line class="tick" x1="${place(at)}" x2="${place(at)}" y1="8" y2="22"/>`)}
${drawn(figure, place)}
${ticks.map((tick) => labelAt(tick, place(tick.at), 35))}${zones.length > 0 && markup`<g class="zones">${zones.map((zone) => labelAt(zone, place(zone.at), 52))}</g>`}
</svg>`;
}

function drawn(figure: Figure | Level, place: (value: number) => string): Markup | undefined {
  if (figure.state !== 'measured' && figure.state !== 'computed') return undefined;
  const { value, band } = figure;
  const [lo, at, hi] = [place(band.lo), place(value), place(band.hi)];
  return markup`<line class="band" x1="${lo}" x2="${hi}" y1="13" y2="13"/><line class="whisker" x1="${lo}" x2="${hi}" y1="13" y2="13"/>${[lo, hi].map((end) => markup`<line class="whisker" x1="${end}" x2="${end}" y1="8" y2="18"/>`)}
<line class="value" x1="${at}" x2="${at}" y1="4" y2="22"/>`;
}

function labelAt({ label: text }: Tick, x: string, y: number): Markup {
  const anchor = x === '0%' ? 'start' : x === '100%' ? 'end' : 'middle';
  return markup`<text x="${x}" y="${y}" text-anchor="${anchor}">${text}</text>`;
}

/** Percent of the width; what lies beyond the scale stands at its end. */
export function placeOf(value: number, from: number, to: number): string {
  const share = to === from ? 0 : (value - from) / (to - from);
  const part = Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
  return `${Number((100 * part).toFixed(2))}%`;
}

/** Pixels from the top, for a value between the two that stand at `bottom` and `top`. */
export function heightOf(value: number, [lo, hi]: readonly [number, number], top: number, bottom: number): number {
  return Number((bottom - ((bottom - top) * Number.parseFloat(placeOf(value, lo, hi))) / 100).toFixed(1));
}

/** From 0 to 100. */
export const hundred = {
  from: 0,
  to: 100,
  ticks: [0, 25, 50, 75, 100].map((at) => ({ at, label: String(at) })),
} as const;
