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

function dateOf(time: number): string {
  const date = new Date(time);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`;
}
