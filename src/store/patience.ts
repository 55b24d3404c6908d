import { setTimeout as sleep } from 'node:timers/promises';

const longestPauseMs = 8;

/** Waits a little, with jitter so that waiting processes do not knock together; longer after many attempts. */
export function pauseBefore(attempt: number): Promise<void> {
  return sleep(1 + Math.random() * Math.min(longestPauseMs, 2 ** Math.min(attempt, 8)));
}
