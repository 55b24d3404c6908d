import { runInNewContext } from 'node:vm';
import { messageOf } from '../core/errors.ts';
import { couldNotLook, type MatchRequest, type Seen, seen } from '../core/ports.ts';

const limitMs = 5_000;

/** Some patterns take longer than anybody can wait, and nothing else happens meanwhile, Ctrl-C included: so with a deadline. */
export function matchPattern({ pattern, flags, text }: MatchRequest, timeoutMs = limitMs): Promise<Seen<boolean>> {
  try {
    const context = Object.assign(Object.create(null) as object, { pattern, flags, text });
    const matches: unknown = runInNewContext('new RegExp(pattern, flags).test(text)', context, { timeout: timeoutMs });
    return Promise.resolve(seen(matches === true));
  } catch (error) {
    const isSlow = (error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    const why = isSlow ? `no answer within ${timeoutMs / 1000} s; its repetitions may be nested` : messageOf(error);
    return Promise.resolve(couldNotLook(isSlow ? 'time-out' : 'broken', `/${pattern}/: ${why}`));
  }
}
