import { FactumError } from './errors.ts';
import { nearest } from './config/nearest.ts';
import { frameworkTerms } from './glossary/framework.ts';
import { judgementTerms } from './glossary/judgements.ts';
import type { Term } from './glossary/term.ts';
import { wordTerms } from './glossary/words.ts';

/** Every word that `factum explain` knows. `docs/reference/glossary.md` is generated from it. */
export const glossary: readonly Term[] = Object.freeze([...frameworkTerms, ...wordTerms, ...judgementTerms]);

/** All meanings of a word: `supported` is a verdict and an outcome. Throws TERM_NOT_FOUND. */
export function meaningsOf(word: string): readonly Term[] {
  const wanted = normal(word);
  const named = glossary.filter(({ term }) => normal(term) === wanted);
  const found =
    named.length > 0 ? named : glossary.filter(({ aliases }) => aliases.some((alias) => normal(alias) === wanted));
  if (found.length > 0) return found;
  const meant = nearest(
    wanted,
    glossary.flatMap(({ term, aliases }) => [term, ...aliases].map(normal)),
  );
  const hint = meant === undefined ? '' : `; did you mean \`${meant}\`?`;
  throw new FactumError('TERM_NOT_FOUND', `no term \`${word}\`${hint}`);
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
