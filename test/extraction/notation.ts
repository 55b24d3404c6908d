import type { Part } from '../../src/core/claim/part.ts';

/** A part as the table writes it: `kind scope(names) number=value`. */
export function notationOf({ kind, scope, names, expected }: Part): string {
  const named = names === undefined ? '' : `(${names.join(', ')})`;
  const numbers = (['passed', 'failed', 'skipped', 'total'] as const).flatMap((key) =>
    expected?.[key] === undefined ? [] : [`${key}=${expected[key]}`],
  );
  return [kind, `${scope}${named}`, ...numbers].join(' ');
}
