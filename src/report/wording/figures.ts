import type { Cost, SignalReading } from '../../core/debt/diagnosis.ts';
import type { Absent, Band, Computed, Figure, Level } from '../../core/debt/figure.ts';
import { bare, counted, percent, range, type Style, styleOf, type Unit, written } from './numbers.ts';

/** A number as it is read, or why there is none. */
export type Shown =
  | { readonly known: true; readonly value: string; readonly band: string; readonly of: string }
  | { readonly known: false; readonly why: string; readonly needs: string };

export function shown(figure: Figure | Level, unit: Unit): Shown {
  if (figure.state !== 'measured' && figure.state !== 'computed') return { known: false, ...absence(figure) };
  const { value, band } = figure;
  const style = styleOf(unit, value, band);
  const of = figure.state === 'measured' ? `n = ${bare(figure.n)}` : '';
  const isWide = isTooWide(unit, band);
  return {
    known: true,
    value: isWide ? range(band, style) : written(value, style),
    band: isWide ? 'too wide for one number' : bandText(unit, band, style),
    of,
  };
}

/** Where a scale from good to bad ends. */
const ends: Readonly<Partial<Record<Unit, number>>> = { level: 100, badness: 1 };

/** A band over more than half of the scale names no place on it. */
export function isTooWide(unit: Unit, { lo, hi }: Band): boolean {
  return hi - lo > (ends[unit] ?? Infinity) / 2;
}

/** On its scale, among others; its band where that names no number. */
export function placed({ value, band }: Computed, unit: 'level' | 'badness'): string {
  const style = { factor: 1, decimals: unit === 'level' ? 0 : 2, suffix: '' };
  return isTooWide(unit, band) ? range(band, style) : written(value, style);
}

/**
 * A band without a width is none. Anchors end the scale: there it says where it ends, not how exactly something is known.
 */
export function bandText(unit: Unit, band: Band, style: Style): string {
  if (isAtEnd(unit, band)) return `${bare(band.lo)} in every draw of the changes`;
  return band.lo === band.hi ? 'no interval' : range(band, style);
}

function isAtEnd(unit: Unit, { lo, hi }: Band): boolean {
  const end = ends[unit];
  return end !== undefined && lo === hi && (lo === 0 || lo === end);
}

/** Why there is no number, and what would make one. */
export function absence(absent: Absent): { readonly why: string; readonly needs: string } {
  if (absent.state === 'not-observable') return { why: 'not observable here', needs: absent.needs };
  const { n, needed, of = 'observations' } = absent;
  const needs = `${bare(needed)} ${of}; there ${n === 1 ? 'is' : 'are'} ${bare(n)}`;
  return { why: 'not enough data', needs };
}

/** In one clause. */
export function absenceText(absent: Absent): string {
  const { why, needs } = absence(absent);
  return `${why}; it takes ${needs}`;
}

/** The headline of a figure that is made of an effective number of people (N2). */
export function effectivePeople(figure: Figure) {
  const { people, eligible } = figure.state === 'measured' ? (figure.beside ?? {}) : {};
  if (people === undefined || eligible === undefined) return undefined;
  const many = bare(people, Number.isInteger(people) ? 0 : 1);
  const of = `of ${counted(eligible, 'person', 'people')}`;
  return { many, of, text: `effectively ${many} ${of}` };
}

/** On one line, for tables. */
export function line(figure: Figure | Level, unit: Unit): string {
  const text = shown(figure, unit);
  return text.known ? `${text.value} (${text.band})` : text.why;
}

/** Whole units of a currency. */
export function moneyText({ value, band, currency }: NonNullable<Cost['money']>): string {
  const style = { factor: 1, decimals: 0, suffix: '' };
  return `${currency} ${written(value, style)} (${range(band, style)})`;
}

const bandName = ({ level }: Pick<Band, 'level'>): string => `${percent(level)} band`;

/** Of so many signals some differ that much by chance: only what is watched differs more than that explains. */
export function mayBeChance({ state, change }: Pick<SignalReading, 'state' | 'change'>): boolean {
  if (change.state !== 'clear' || change.reads === 'neither') return false;
  return state === 'ok' || change.reads === 'better';
}

/** How a change reads, where one is shown. */
export function readsText(signal: Pick<SignalReading, 'state' | 'change'>): string {
  const { change } = signal;
  if (change.state !== 'clear') return '';
  if (change.reads === 'neither') return 'neither better nor worse';
  return mayBeChance(signal) ? `${change.reads}, perhaps by chance` : change.reads;
}

/** How it differs from the own baseline; what may be chance is said to be. */
export function changeText(signal: Pick<SignalReading, 'state' | 'change' | 'unit' | 'now'>): string {
  const { change, unit, now } = signal;
  const scale = now.state === 'measured' ? now.value : 0;
  if (change.state === 'unclear') {
    const style = differenceStyle(unit, scale, change.band);
    return `no change beyond chance (${range(change.band, style)})`;
  }
  if (change.state !== 'clear') return `no comparison: ${absence(change).why}`;
  const style = differenceStyle(unit, scale, change.band);
  const by = `${change.by > 0 ? '+' : ''}${written(change.by, style)}`;
  return `${by} (${range(change.band, style)}), ${readsText(signal)}`;
}

/** On the scale of the number itself; shares differ by percentage points. An end that is not 0 is not written as 0. */
export function differenceStyle(unit: Unit, scale: number, band: Band): Style {
  const found = styleOf(unit, scale, band);
  const nearest = Math.min(Math.abs(band.lo), Math.abs(band.hi)) * found.factor;
  const isClear = band.lo > 0 || band.hi < 0;
  const needed = isClear ? Math.ceil(-Math.log10(2 * nearest)) : 0;
  const style = { ...found, decimals: Math.max(found.decimals, Math.min(3, needed)) };
  return unit === 'share' ? { ...style, suffix: ' points' } : style;
}

/** How sure a figure is, in a sentence. */
export function sureText(figure: Figure | Level, unit: Unit): string {
  const text = shown(figure, unit);
  if (!text.known) return `There is no number: ${text.why}. It takes ${text.needs}.`;
  const { band } = figure as { readonly band: Band };
  const name = band.lo === band.hi ? '' : `${bandName(band)} `;
  return `${text.value}, ${name}${text.band}${text.of === '' ? '' : `, ${text.of}`}.`;
}
