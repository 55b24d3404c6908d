import { expect, test } from 'vitest';
import { glossary } from '../core/glossary.ts';
import type { ReadContext } from '../core/operation.ts';
import type { Term } from '../core/glossary/term.ts';
import { explain } from './explain.ts';

test('without a term all are listed, by their letters', async () => {
  const { terms } = explain.output.parse(await explain.run({} as ReadContext, {})) as { terms: readonly Term[] };
  const names = terms.map(({ term }) => term.toLowerCase());
  expect(names).toHaveLength(glossary.length);
  expect(names).toEqual(names.toSorted());
  expect(terms.map(({ term, group }) => `${term} ${group}`)).not.toEqual(
    glossary.map(({ term, group }) => `${term} ${group}`),
  );
});
