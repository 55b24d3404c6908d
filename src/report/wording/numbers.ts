import type { Definition } from '../../core/signal/signal.ts';
import type { Band } from '../../core/debt/figure.ts';

/** `level`: 0 to 100. `badness`: 0 to 1. */
export type Unit = Definition['unit'] | 'level' | 'badness';

const space = '\u00A0';

/** How numbers of a unit are written beside each other: one scale and as many decimals as their band is wide for. */
export interface Style {
  readonly factor: number;
  readonly decimals: number;
  readonly suffix: string;
}

export function styleOf(unit: Unit, value: number, band: Pick<Band, 'lo' | 'hi'>): Style {
  const largest = Math.max(Math.abs(value), Math.abs(band.hi), Math.abs(band.lo));
  const { factor, suffix } = scaleOf(unit, largest);
  const width = Math.abs(band.hi - band.lo) * factor;
  const whole = Number.isInteger(value * factor) ? 0 : 1;
  const wanted = width > 0 ? Math.ceil(Math.log10(5 / width)) : whole;
  const most = mostDecimals(unit, value, largest * factor, width);
  const fewest = unit === 'badness' || unit === 'index' ? 2 : 0;
  return { factor, suffix, decimals: Math.min(most, Math.max(fewest, wanted)) };
}

function mostDecimals(unit: Unit, value: number, largest: number, width: number): number {
  if (unit === 'badness') return 2;
  if (unit === 'level') return Math.abs(value) >= 10 && width >= 1 ? 0 : 1;
  // Close to all is not all.
  if (unit === 'share') return largest >= 10 ? 1 : 2;
  return largest < 1 ? 3 : Math.max(0, 2 - Math.floor(Math.log10(largest)));
}

function scaleOf(unit: Unit, largest: number): { readonly factor: number; readonly suffix: string } {
  if (unit === 'share') return { factor: 100, suffix: `${space}%` };
  if (unit !== 'days') return { factor: 1, suffix: unit === 'people' ? `${space}people` : '' };
  if (largest >= 2) return { factor: 1, suffix: `${space}days` };
  return largest >= 2 / 24 ? { factor: 24, suffix: `${space}h` } : { factor: 1440, suffix: `${space}min` };
}

const shortened: Readonly<Record<string, string>> = { days: `${space}d`, people: '', points: `${space}pts` };

/** For narrow columns. */
export function brief(style: Style): Style {
  return { ...style, suffix: shortened[style.suffix.trim()] ?? style.suffix };
}

const singular: Readonly<Record<string, string>> = { days: `${space}day`, people: `${space}person` };

export function written(value: number, { factor, decimals, suffix }: Style): string {
  const number = bare(value * factor, decimals);
  return number + (number === '1' ? (singular[suffix.trim()] ?? suffix) : suffix);
}

/** With a true minus, and commas between thousands. */
export function bare(value: number, decimals = 0): string {
  if (!Number.isFinite(value)) return '–';
  const text = Math.abs(value) >= 1e9 ? Math.abs(value).toExponential(1) : Math.abs(value).toFixed(decimals);
  const sign = value < 0 && Number(text) !== 0 ? '−' : '';
  return sign + text.replace(/^\d+(?=$|\.)/, (whole) => whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ','));
}

/** `38 to 47 %` */
export function range({ lo, hi }: Pick<Band, 'lo' | 'hi'>, style: Style): string {
  return `${bare(lo * style.factor, style.decimals)} to ${written(hi, style)}`;
}

/** For numbers that were chosen, not measured: as many decimals as they have, three at most. */
export function chosenStyle(unit: Unit, values: readonly number[]): Style {
  const { factor, suffix } = scaleOf(unit, Math.max(...values.map(Math.abs)));
  const decimals = [0, 1, 2].find((digits) =>
    values.every((value) => Math.abs(value * factor - Number((value * factor).toFixed(digits))) < 1e-9),
  );
  return { factor, suffix, decimals: decimals ?? 3 };
}

/** A share without a band, in whole percent. */
export function percent(share: number): string {
  return written(share, { factor: 100, decimals: percentDecimals(share), suffix: `${space}%` });
}

/** What somebody reads of it: sums of such shares have to agree with their parts. */
export function asPrinted(share: number): number {
  return Number((100 * share).toFixed(percentDecimals(share))) / 100;
}

function percentDecimals(share: number): number {
  return Math.abs(share) < 0.1 && share !== 0 ? 1 : 0;
}

export function counted(n: number, one: string, many = `${one}s`): string {
  return `${bare(n, Number.isInteger(n) ? 0 : 1)} ${n === 1 ? one : many}`;
}
