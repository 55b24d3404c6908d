import type { SpreadFact } from '../../../core/signal/fact.ts';
import { day, weekOf } from '../../../core/signal/week.ts';
import { normalEntropy, sumOfLargest } from '../../../core/stats/entropy.ts';
import type { Scope } from './scope.ts';

/** Nothing else looks further back from a change: who writes its lines anew does so within 30 days. */
export const remembered = 60 * day;
const hotspots = 0.05;

/** One file that a change touched. */
export interface Touch {
  readonly path: string;
  readonly lines: number;
  readonly pods: readonly string[];
}

interface Remembered {
  readonly at: number;
  readonly touches: readonly Touch[];
}

interface Sum {
  times: number;
  lines: number;
  readonly pods: readonly string[];
}

export interface Spreading {
  /** Facts of weeks that a change closes: it is the first of a later week. */
  add(at: number, touches: readonly Touch[]): readonly SpreadFact[];
  /** Of the last week. */
  end(): readonly SpreadFact[];
  state(): SpreadState;
}

export interface SpreadState {
  readonly files: Map<string, Sum>;
  readonly queue: Remembered[];
  readonly open: number | undefined;
}

/** Keeps the files of the last 60 days, and sums them up when a week in which something was merged closes. */
export function spreading(scopes: readonly Scope[], kept?: SpreadState): Spreading {
  const { files, queue }: Omit<SpreadState, 'open'> = kept ?? { files: new Map(), queue: [] };
  let open = kept?.open;

  function forget(before: number): void {
    const first = queue.findIndex(({ at }) => at >= before);
    for (const { touches } of queue.splice(0, first < 0 ? queue.length : first)) {
      for (const { path, lines } of touches) {
        const sum = files.get(path);
        if (sum === undefined) continue;
        sum.times--;
        sum.lines -= lines;
        if (sum.times === 0) files.delete(path);
      }
    }
  }
  function close(): readonly SpreadFact[] {
    if (open === undefined) return [];
    const week = open;
    forget(week + 7 * day - remembered);
    const all = [...files.values()];
    return scopes.map((scope) => spreadOf(week, scope, scope.id === undefined ? all : all.filter(scope.has)));
  }
  function add(at: number, touches: readonly Touch[]): readonly SpreadFact[] {
    const week = weekOf(at);
    const closed = open !== undefined && week > open ? close() : [];
    open = Math.max(week, open ?? week);
    queue.push({ at, touches });
    for (const { path, lines, pods } of touches) {
      const sum = files.get(path) ?? { times: 0, lines: 0, pods };
      sum.times++;
      sum.lines += lines;
      files.set(path, sum);
    }
    return closed;
  }
  return { add, end: close, state: () => ({ files, queue, open }) };
}

function spreadOf(week: number, scope: Scope, files: readonly Sum[]): SpreadFact {
  const entropy = normalEntropy(files.map(({ times }) => times));
  const lines = files.map((file) => file.lines);
  return {
    kind: 'spread',
    week,
    ...(entropy === undefined ? {} : { entropy }),
    files: files.length,
    churn: lines.reduce((sum, one) => sum + one, 0),
    churnInHotspots: sumOfLargest(lines, hotspots),
    pods: scope.id === undefined ? [] : [scope.id],
  };
}
