import type { SignalReading } from '../../core/debt/diagnosis.ts';
import type { Absent, Band } from '../../core/debt/figure.ts';

type Unit = SignalReading['unit'];

/** A number of a unit, as precise as its size deserves. */
export function shown(value: number, unit: Unit): string {
  switch (unit) {
    case 'share':
      return `${digits(100 * value)} %`;
    case 'days':
      return duration(value);
    case 'ratio':
      return `${digits(value)}x`;
    case 'count':
    case 'people':
      return digits(value);
    case 'index':
      return value.toFixed(2);
  }
}

/** Both ends without repeating the unit where they share it: `12 to 19 %`. */
export function shownBand({ lo, hi }: Band, unit: Unit): string {
  if (unit === 'share') return `${digits(100 * lo)} to ${digits(100 * hi)} %`;
  return `${shown(lo, unit)} to ${shown(hi, unit)}`;
}

/** A difference, with its sign; of shares in percentage points. */
export function shownChange(by: number, unit: Unit): string {
  const sign = by < 0 ? '-' : '+';
  const size = Math.abs(by);
  return unit === 'share' ? `${sign}${digits(100 * size)} pts` : `${sign}${shown(size, unit)}`;
}

/** Of a scale from 0 to 100. */
export function points(value: number): string {
  return value > 0 && value < 9.95 ? value.toFixed(1).replace(/\.0$/, '') : String(Math.round(value));
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

export function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

export function dayOf(instant: string): string {
  return instant.slice(0, 10);
}

export function whyAbsent(absent: Absent): string {
  if (absent.state === 'not-observable') return `not observable here; it needs ${absent.needs}`;
  return `not enough data: ${grouped(absent.n)} of ${grouped(absent.needed)} ${absent.of ?? 'observations'} needed`;
}

function digits(value: number): string {
  const size = Math.abs(value);
  const text = size >= 100 ? String(Math.round(value)) : value.toFixed(size >= 10 ? 0 : size >= 1 ? 1 : 2);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : grouped(Number(text));
}

function duration(days: number): string {
  const size = Math.abs(days);
  if (size >= 1) return `${digits(days)} d`;
  if (size >= 1 / 24) return `${digits(24 * days)} h`;
  return `${Math.round(24 * 60 * days)} min`;
}
