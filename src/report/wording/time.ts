import type { Span } from '../../core/debt/figure.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const day = 86_400_000;

/** `30 Nov 2026`, UTC; what is no instant stays as it is. */
export function dateText(instant: string): string {
  const time = Date.parse(instant);
  return Number.isNaN(time) ? instant : dateOf(time);
}

/** From its first to its last day. */
export function spanText({ from, to }: Span): string {
  const end = Date.parse(to);
  return `${dateText(from)} to ${Number.isNaN(end) ? to : dateOf(end - day)}`;
}

/** Which signals are of another window than the report; each says of which. */
export const mustMature = 'whose changes must mature first is read of an earlier window';

export function isSameSpan(a: Span, b: Span): boolean {
  return a.from === b.from && a.to === b.to;
}

function dateOf(time: number): string {
  const date = new Date(time);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`;
}
