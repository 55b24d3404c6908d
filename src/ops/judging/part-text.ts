import { type Part, PartKind } from '../../core/claim/part.ts';
import type { Verifier } from '../../core/claim/verifier.ts';
import { FactumError, messageOf } from '../../core/errors.ts';

/**
 * Reads `--part kind`, `kind:key=value,key=value` or `kind:{json}`. `kind` is a part kind or a verifier's id.
 * Throws PART_INVALID.
 */
export function parsePart(text: string, id: string, verifiers: readonly Verifier[]): Part {
  const colon = text.indexOf(':');
  const head = colon === -1 ? text : text.slice(0, colon);
  const options = colon === -1 ? {} : parseOptions(text.slice(colon + 1), text);
  const kind = PartKind.safeParse(head);
  if (kind.success) return { id, kind: kind.data, scope: 'all', options };
  const verifier = verifiers.find((each) => each.id === head);
  if (verifier === undefined) {
    const known = [...PartKind.options, ...verifiers.map((each) => each.id)];
    throw new FactumError(
      'PART_INVALID',
      `--part ${text}: no part kind or verifier ${head}; known: ${[...new Set(known)].join(', ')}`,
    );
  }
  // What is missing may still come from factum.yaml; what was given must be right.
  const issues = verifier.options.safeParse(options).error?.issues ?? [];
  const wrong = issues.filter(
    ({ code, path: [key] }) => code === 'unrecognized_keys' || (key !== undefined && Object.hasOwn(options, key)),
  );
  if (wrong.length > 0) {
    const problems = wrong.map(({ path, message }) => [...path, message].join(': '));
    throw new FactumError('PART_INVALID', `--part ${text}: ${problems.join('; ')}`);
  }
  return { id, kind: verifier.judges[0], scope: 'all', verifier: verifier.id, options };
}

function parseOptions(text: string, whole: string): Record<string, unknown> {
  if (text.startsWith('{')) {
    try {
      return JSON.parse(text) as Record<string, unknown>;
    } catch (thrown) {
      throw new FactumError('PART_INVALID', `--part ${whole}: options are not JSON: ${messageOf(thrown)}`, {
        cause: thrown,
      });
    }
  }
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const equals = pair.indexOf('=');
      if (equals < 1) throw new FactumError('PART_INVALID', `--part ${whole}: expected key=value, got ${pair}`);
      return [pair.slice(0, equals), literal(pair.slice(equals + 1))];
    }),
  );
}

/** Numbers, true, false, null and quoted strings as in JSON; anything else is a string. */
function literal(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? text : value;
  } catch {
    return text;
  }
}
