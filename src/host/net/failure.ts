import { messageOf } from '../../core/errors.ts';
import { couldNotLook, type CouldNotLook, type Hindrance } from '../../core/ports.ts';
import { RefusedAddress } from './guard.ts';

const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EPIPE',
  'EPROTO',
]);
const timeOuts = new Set(['ETIMEDOUT', 'ABORT_ERR', 'ESOCKETTIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT']);

/** The error code that Node, a driver or a server put on what was thrown. */
export function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}

/** What stood in the way, as a hindrance. `what` says what was tried, without secrets. */
export function hindranceOf(thrown: unknown, what: string): CouldNotLook {
  const detail = messageOf(thrown) || codeOf(thrown) || 'no reason given';
  return couldNotLook(kindOf(thrown), `${what}: ${detail}`);
}

function kindOf(thrown: unknown): Hindrance {
  const code = codeOf(thrown);
  if (thrown instanceof RefusedAddress) return 'refused-address';
  if (thrown instanceof Error && (thrown.name === 'TimeoutError' || thrown.name === 'AbortError')) return 'time-out';
  if (timeOuts.has(code)) return 'time-out';
  if (unreachable.has(code) || code.startsWith('ERR_SSL_')) return 'unreachable';
  return 'broken';
}
