import { FactumError } from '../../core/errors.ts';
import { day } from '../../core/signal/week.ts';

/** `2026-01-31` or an RFC 3339 instant, in milliseconds. A day stands for its begin, or for its end. Throws USAGE. */
export function timeOf(text: string, { asEnd }: { readonly asEnd: boolean }): number {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/.test(text);
  const time = isDay || isInstant ? Date.parse(text) : NaN;
  // Date.parse takes the 31st of February for a day in March.
  if (Number.isNaN(time) || (isDay && new Date(time).toISOString().slice(0, 10) !== text)) {
    throw new FactumError(
      'USAGE',
      `${text}: expected a day such as 2026-01-31, or a time such as 2026-01-31T12:00:00Z`,
    );
  }
  return isDay && asEnd ? time + day - 1 : time;
}

/**
 * Where a branch was at a time (milliseconds), of its changes, newest first, each as `<seconds> <id>`: where the fewest
 * clocks are on the wrong side. The newest that says to be of that time may have come after many that are later.
 */
export function newestUntil(changes: readonly string[], until: number): string | undefined {
  let [wrong, fewest, place] = [0, 0, 0];
  changes.forEach((change, at) => {
    wrong += Number.parseInt(change, 10) * 1000 > until ? -1 : 1;
    if (wrong > fewest) return;
    [fewest, place] = [wrong, at + 1];
  });
  return changes[place]?.replace(/^\d+ /, '');
}
