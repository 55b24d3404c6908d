import { z } from 'zod';
import { meantBy } from '../core/config/nearest.ts';
import { FactumError } from '../core/errors.ts';
import { defineOperation } from '../core/operation.ts';
import { type Signal, units } from '../core/signal/signal.ts';

const Defined = z.object({
  id: z.string(),
  title: z.string(),
  definition: z.string(),
  formula: z.string(),
  citation: z.string(),
  unit: z.enum(units),
  worse: z.enum(['higher', 'lower', 'neither']),
  raisedBy: z.string(),
  loweredBy: z.string(),
  cannotSee: z.string(),
  /** What is looked at for breaks and drift, where it is not the figure itself. */
  watched: z.string().optional(),
  /** What the figures beside it mean, by name. */
  beside: z.record(z.string(), z.string()).optional(),
});

export const signals = defineOperation({
  id: 'signals',
  summary: 'Say what each signal measures, by which formula, and from which source',
  scope: 'read',
  opensItself: true,
  positional: ['signal'],
  input: z.strictObject({
    signal: z.string().min(1).optional().describe('id or title of a signal, or how it begins; none lists all'),
  }),
  output: z.object({ signals: z.array(Defined) }),
  async run(context, { signal }) {
    const all = await context.signals();
    const chosen = signal === undefined ? all : named(signal, all);
    return { signals: chosen.map((each) => Defined.parse(each)) };
  },
});

/** Throws SIGNAL_NOT_FOUND. */
function named(word: string, all: readonly Signal[]): readonly Signal[] {
  const found = meantBy(word, all, { namesOf, idOf: ({ id }) => id });
  if (typeof found !== 'string') return found;
  const hint = found === '' ? `: expected one of ${all.map(({ id }) => id).join(', ')}` : found;
  throw new FactumError('SIGNAL_NOT_FOUND', `${word}${hint}`);
}

function namesOf({ id, title }: Signal): readonly string[] {
  return [id, title.toLowerCase()];
}
