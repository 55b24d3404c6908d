import type { RequestFact } from '../../../../core/signal/fact.ts';
import type { RecordedRequest } from './record.ts';

/** Those that should go to one branch, as they stood at a time (milliseconds since 1970). */
export function requestsTo(branch: string, requests: readonly RecordedRequest[], asOf: number): readonly RequestFact[] {
  const own = requests.filter((each) => each.branch === `refs/heads/${branch}` && each.openedAt <= asOf);
  const inTime = own.toSorted((one, other) => one.openedAt - other.openedAt);
  return inTime.map(({ openedAt, answeredAt, closedAt = Infinity }, at) => ({
    kind: 'request',
    id: `request ${at}`,
    at: openedAt,
    ...(answeredAt === undefined || answeredAt > asOf ? {} : { answeredAt }),
    endedAt: Math.max(openedAt, Math.min(closedAt, asOf)),
    pods: [],
  }));
}
