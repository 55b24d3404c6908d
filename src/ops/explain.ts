import { z } from 'zod';
import { glossary, meaningsOf } from '../core/glossary.ts';
import { type Term, termGroups, termSources } from '../core/glossary/term.ts';
import { defineOperation } from '../core/operation.ts';

const Explained = z.object({
  term: z.string(),
  aliases: z.array(z.string()),
  group: z.enum(termGroups),
  definition: z.string(),
  /** Where the definition comes from, in words. */
  sources: z.array(z.string()),
});

export const explain = defineOperation({
  id: 'explain',
  summary: 'Say what a word means and where the meaning comes from',
  scope: 'read',
  opensItself: true,
  positional: ['term'],
  input: z.strictObject({ term: z.string().min(1).optional().describe('a word, or how it begins; none lists all') }),
  output: z.object({ terms: z.array(Explained) }),
  run(_context, { term }) {
    const terms = term === undefined ? glossary.toSorted(byTerm) : meaningsOf(term);
    const explained = terms.map(({ sources, aliases, ...rest }) => ({
      ...rest,
      aliases: [...aliases],
      sources: sources.map((source) => termSources[source]),
    }));
    return Promise.resolve({ terms: explained });
  },
});

/** By letters, whatever their case; what is spelled the same, such as a verdict and an outcome, by group. */
function byTerm(a: Term, b: Term): number {
  const [first, second] = [a, b].map(({ term, group }) => `${term.toLowerCase()}\0${termGroups.indexOf(group)}`);
  return (first ?? '') < (second ?? '') ? -1 : 1;
}
