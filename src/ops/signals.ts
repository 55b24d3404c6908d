import { z } from 'zod';
import { didYouMean } from '../core/config/nearest.ts';
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
    const chosen = signal === undefined ? all : [named(signal, all)];
    return { signals: chosen.map((each) => Defined.parse(each)) };
  },
});

/** Tables cut titles, with an ellipsis at the end. Throws SIGNAL_NOT_FOUND. */
function named(word: string, all: readonly Signal[]): Signal {
  const wanted = word.toLowerCase().replace(/\s*(?:…|\.{3})$/, '');
  const begun = all.filter((each) => namesOf(each).some((name) => name.startsWith(wanted)));
  const found = all.find((each) => namesOf(each).includes(wanted)) ?? (begun.length === 1 ? begun[0] : undefined);
  if (found !== undefined) return found;
  const meant = begun.length > 0 ? '' : didYouMean(word, all.flatMap(namesOf));
  const ids = (begun.length > 0 ? begun : all).map(({ id }) => id);
  throw new FactumError('SIGNAL_NOT_FOUND', `${word}${meant === '' ? `: expected one of ${ids.join(', ')}` : meant}`);
}

function namesOf({ id, title }: Signal): readonly string[] {
  return [id, title.toLowerCase()];
}
