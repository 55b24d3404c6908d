import type { PartKind } from '../../claim/part.ts';
import type { DetectedCheck } from '../detect.ts';

export function testsPass(
  command: string,
  because: string,
  options: Readonly<Record<string, unknown>> = {},
): DetectedCheck {
  return { kind: 'tests-pass', verifier: 'tests-pass', options: { command, ...options }, because };
}

/**
 * `no`: exit codes by which the command is known to say "no". Empty: none is known, so it cannot refute. Left out: the
 * verifier knows the program that the command starts with.
 */
export function succeeds(kind: PartKind, command: string, because: string, no?: readonly number[]): DetectedCheck {
  const options = no === undefined ? { command } : { command, no_exit_codes: no };
  return { kind, verifier: 'command-succeeds', options, because };
}
