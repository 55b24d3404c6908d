import type { Absent, Figure, Level } from '../../src/core/debt/figure.ts';
import { week } from '../../src/core/signal/week.ts';

// Figures and times of diagnoses that are made by hand.

export const end = Date.UTC(2026, 10, 30);
export const nowFrom = end - 13 * week;
export const beforeFrom = nowFrom - 52 * week;
export const windows = { now: span(nowFrom, end), before: span(beforeFrom, nowFrom) };
export const forge = 'a forge (GitHub, GitLab, Gerrit): git keeps no record of it';

export function span(from: number, to: number) {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

export function measured(value: number, half: number, n: number, more: Partial<Figure> = {}): Figure {
  const band = { lo: Math.max(0, value - half), hi: value + half, level: 0.8 };
  return { state: 'measured', value, n, band, ...more } as Figure;
}

export function computed(value: number, lo: number, hi: number): Level {
  return { state: 'computed', value, band: { lo, hi, level: 0.8 } };
}

export function unseen(needs: string): Absent {
  return { state: 'not-observable', needs };
}

export function tooFew(n: number, needed: number, of?: string): Absent {
  return { state: 'not-enough-data', n, needed, ...(of === undefined ? {} : { of }) };
}
