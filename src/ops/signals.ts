import { z } from 'zod';
import { didYouMean } from '../core/config/nearest.ts';
import { FactumError } from '../core/errors.ts';
import { defineOperation } from '../core/operation.ts';
import { units } from '../core/signal/signal.ts';

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
  input: z.strictObject({ signal: z.string().min(1).optional().describe('id or title of a signal; none lists all') }),
  output: z.object({ signals: z.array(Defined) }),
  async run(context, { signal }) {
    const all = await context.signals();
    const names = all.map(({ id, title }) => [id, title.toLowerCase()] as const);
    const chosen = all.filter((_, at) => signal === undefined || names[at]?.includes(signal.toLowerCase()));
    if (chosen.length > 0) return { signals: chosen.map((each) => Defined.parse(each)) };
    const [word = '', ids] = [signal, all.map(({ id }) => id)];
    const meant = didYouMean(word, names.flat());
    throw new FactumError('SIGNAL_NOT_FOUND', `${word}${meant === '' ? `: expected one of ${ids.join(', ')}` : meant}`);
  },
});
