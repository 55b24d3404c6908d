import type { Scope } from '../../core/debt/diagnosis.ts';
import { absence } from './figures.ts';

interface Unseen {
  readonly title: string;
  readonly what: string;
  readonly why: string;
  readonly needs: string;
}

/** Signals and inputs without a number, each once. */
export function unseenOf({ signals, inputs }: Scope): readonly Unseen[] {
  const fromSignals = signals.flatMap(({ title, definition, now }) =>
    now.state === 'measured' ? [] : [{ title, what: definition, ...absence(now) }],
  );
  const known = new Set(signals.map(({ id }) => id));
  const fromInputs = inputs.flatMap(({ title, signal, badness }) =>
    badness.state === 'computed' || known.has(signal) ? [] : [{ title, what: '', ...absence(badness) }],
  );
  return [...fromSignals, ...fromInputs];
}
