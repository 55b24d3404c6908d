import type { SourcePorts } from '../../../core/signal/source.ts';
import { type CommitsAsked, type CommitStream, readCommits } from './history.ts';
import { changeAt, type RollCall } from './roll.ts';

/** A git takes a while to start: for less another is not worth it, nor are more than so many in all. */
const shortest = 1024;
const most = 32;

/**
 * All commits after so many changes, one stretch of the line after the other: while one is taken, another git already reads
 * the next. Where clocks went back git may tell again what an earlier stretch had: each commit comes once. What was read
 * `before` all of them is not known here, so what comes after that is one stretch.
 */
export function readStretches(ports: SourcePorts, roll: RollCall, before: number, asked: CommitsAsked): CommitStream {
  const length = before > 0 ? roll.times.length : Math.max(shortest, Math.ceil(roll.times.length / most));
  const told = new Set<string>();
  let from = before;
  let current = opened();
  let ahead = isOver() ? undefined : opened();

  function isOver(): boolean {
    return from >= roll.times.length;
  }
  function opened(): CommitStream {
    const after = changeAt(roll, from - 1);
    from = Math.min(from + length, roll.times.length);
    const last = changeAt(roll, from - 1) ?? roll.head;
    return readCommits(ports, after === undefined ? last : `${after}..${last}`, asked);
  }

  return {
    async next() {
      for (;;) {
        const commit = await current.next();
        if (commit !== undefined) {
          if (told.has(commit.id)) continue;
          told.add(commit.id);
          return commit;
        }
        const ended = await current.ended;
        if (ahead === undefined || !ended.ok || ended.value.exit !== 0) return undefined;
        current = ahead;
        ahead = isOver() ? undefined : opened();
      }
    },
    get ended() {
      return current.ended;
    },
    stop() {
      current.stop();
      ahead?.stop();
    },
  };
}
