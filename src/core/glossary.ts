import { FactumError } from './errors.ts';
import { meantBy } from './config/nearest.ts';
import { frameworkTerms } from './glossary/framework.ts';
import { judgementTerms } from './glossary/judgements.ts';
import type { Term } from './glossary/term.ts';
import { wordTerms } from './glossary/words.ts';

/** Every word that `factum explain` knows. `docs/reference/glossary.md` is generated from it. */
export const glossary: readonly Term[] = Object.freeze([...frameworkTerms, ...wordTerms, ...judgementTerms]);

/** All meanings of a word: `supported` is a verdict and an outcome; of a beginning, those of the one word that begins so. Throws TERM_NOT_FOUND. */
export function meaningsOf(word: string): readonly Term[] {
  const found = meantBy(normal(word), glossary, { namesOf, idOf: ({ term }) => term });
  if (typeof found !== 'string') return found;
  throw new FactumError('TERM_NOT_FOUND', `no term \`${word}\`${found}`);
}

function namesOf({ term, aliases }: Term): readonly string[] {
  return [term, ...aliases].map(normal);
}

/** `Execution-Debt`, `execution debt` and `the Execution Debts` are one word. */
function normal(word: string): string {
  const plain = word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
    .replace(/^the /, '');
  return plain.length > 4 ? plain.replace(/(?<!s)s$/, '') : plain;
}
