import { expect, test } from 'vitest';
import type { RepositoryDiagnosis } from '../../core/debt/diagnosis.ts';
import { examples } from '../../../test/make/example-diagnoses.ts';
import { componentTree } from './components.ts';

const one = (at: number, owners: readonly string[] = [], people = 0) => ({
  id: at === 0 ? '' : `/part-${at}/`,
  owners: [...owners],
  people,
  changes: { now: at, before: 1 },
});

function treeOf(components: RepositoryDiagnosis['components']) {
  const [repository] = examples.rich.repositories;
  if (repository === undefined) throw new Error('no example');
  return componentTree({ ...repository, components });
}

test('components stand under who owns them; of many those with most changes, and the others are counted', () => {
  const components = Array.from({ length: 23 }, (_, at) => one(at + 3, at % 2 === 0 ? ['@octo/web'] : [], 2));
  const { groups, others } = treeOf(components);
  expect(groups.map(({ owners }) => owners)).toEqual(['2 people each', '@octo/web, 2 people each']);
  expect(groups.flatMap(({ lines }) => lines)).toHaveLength(20);
  expect(groups.flatMap(({ lines }) => lines.map(({ name }) => name))).not.toContain('/part-5/');
  expect(others).toBe(3);
});

test('what no rule covers has words, and no owner', () => {
  const { groups } = treeOf([one(0)]);
  expect(groups).toEqual([{ owners: 'nobody', lines: [{ name: 'files that no rule covers', now: '0', before: '1' }] }]);
});
