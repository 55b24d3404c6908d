import { expect, test } from 'vitest';
import { aSuite } from '../make/suite.ts';
import { AuditReport } from '../../src/core/audit/report.ts';
import { type TestRepository } from '../repository.ts';

const { room, world } = aSuite();

const claude = 'Co-Authored-By: Claude <noreply@anthropic.com>';

/** Files that nobody has touched for a month. */
function aProject(): TestRepository {
  const repository = room.repository();
  repository.at(new Date(Date.now() - 30 * 86_400_000).toISOString());
  const files = {
    'README.md': 'one',
    'docs/README.md': 'two',
    'src/sum.ts': '1',
    'src/sum.test.ts': '1',
    'src/é.ts': '',
  };
  repository.commit('Start', files);
  repository.at(new Date(Date.now() - 86_400_000).toISOString());
  return repository;
}

async function verdicts({ dir }: TestRepository) {
  const { out } = await world.factum(dir, ['audit', '--commits', 'HEAD~1..HEAD', '.', '--json']);
  return AuditReport.parse(JSON.parse(out)).claims.map(({ verdict }) => verdict);
}

test.each([
  ['Update README.md with the new flag', 'contradicted'],
  ['Add tests for the sum', 'contradicted'],
  ['Delete docs/README.md', 'contradicted'],
  ['Update src/é.ts', 'contradicted'],
  ['Update src/sum.ts to count', 'supported'],
  ['Update nothing.ts', 'not-checkable'],
])('%s: %s', async (message, verdict) => {
  const repository = aProject();
  repository.commit(`${message}\n\n${claude}`, { 'src/sum.ts': '2' });
  expect(await verdicts(repository)).toEqual([verdict]);
});

test.each<[string, Readonly<Record<string, string>>]>([
  ['Update README.md', { 'docs/README.md': '2' }],
  ['Add tests', { 'src/product.test.ts': '2' }],
  ['Add src/product.ts', { 'src/product.ts': '2' }],
])('%s is supported by what changed', async (message, files) => {
  const repository = aProject();
  repository.commit(`${message}\n\n${claude}`, files);
  expect(await verdicts(repository)).toEqual(['supported']);
});

test('the reason says what a person would call the files, and no pattern', async () => {
  const repository = aProject();
  repository.commit(`Add tests for the sum\n\n${claude}`, { 'src/sum.ts': '2' });
  const { out } = await world.factum(repository.dir, ['audit', '--commits', 'HEAD~1..HEAD', '.', '--json']);
  const [claim] = AuditReport.parse(JSON.parse(out)).claims;
  expect(claim?.parts[0]?.why).toMatch(/^a file of tests did not change /);
});

test('what was changed just before may be meant', async () => {
  const repository = aProject();
  repository.commit('Say more', { 'README.md': 'more' });
  repository.commit(`Update README.md\n\n${claude}`, { 'src/sum.ts': '2' });
  expect(await verdicts(repository)).toEqual(['not-checkable']);
});

test('what people say alone is not looked at', async () => {
  const repository = aProject();
  repository.commit('Update README.md', { 'src/sum.ts': '2' });
  expect(await verdicts(repository)).toEqual([]);
});

test('a range that is none, or would be an option, asks for nothing', async () => {
  const { dir } = aProject();
  for (const range of ['nowhere', '--output=owned'])
    expect((await world.factum(dir, ['audit', `--commits=${range}`, '.'])).exit).toBe(2);
});
