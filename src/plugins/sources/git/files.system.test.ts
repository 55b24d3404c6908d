import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { testRoom } from '../../../../test/repository.ts';
import type { Fact } from '../../../core/signal/fact.ts';
import { openGit } from '../../../host/git/git.ts';
import { historyPorts } from '../../../host/git/history-ports.ts';
import { git } from './git.ts';

const room = testRoom();
afterAll(room.remove);

async function read(dir: string, pods: { id: string; paths: string[] }[] = []) {
  const facts: Fact[] = [];
  const options = git.options.parse({ repository: 'test', pods });
  const ports = historyPorts(openGit({ dir, trusted: false }));
  const coverage = await git.run({ ports, options, emit: (fact) => facts.push(fact) });
  if (!coverage.ok) throw new Error(coverage.message);
  const spreads = facts.filter((fact) => fact.kind === 'spread');
  return { spreads, known: facts.filter((fact) => fact.kind === 'knowledge'), notes: coverage.value.notes };
}

const lines = (count: number, word = 'line'): string =>
  Array.from({ length: count }, (_, n) => `${word} ${n}\n`).join('');

function as(name: string): void {
  Object.assign(process.env, { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: `${name}@example.org` });
}

test('a week that closes sums up the 60 days before, for the whole and for each pod', async () => {
  const repository = room.repository();
  repository.at('2026-01-07T12:00:00Z');
  repository.commit('first', { 'web/a.ts': lines(4), 'api/b.ts': lines(2), 'package-lock.json': lines(90) });
  repository.at('2026-01-08T12:00:00Z');
  repository.commit('second', { 'web/a.ts': lines(6) });
  repository.at('2026-03-11T12:00:00Z');
  repository.commit('third', { 'api/b.ts': lines(3) });
  const pods = [
    { id: 'web', paths: ['web/**'] },
    { id: 'api', paths: ['api/**'] },
  ];
  const { spreads } = await read(repository.dir, pods);
  const shape = spreads.map(({ week, pods: of, files, churn }) => [
    new Date(week).toISOString().slice(0, 10),
    of,
    files,
    churn,
  ]);
  expect(shape).toEqual([
    ['2026-01-05', [], 2, 8],
    ['2026-01-05', ['web'], 1, 6],
    ['2026-01-05', ['api'], 1, 2],
    ['2026-03-09', [], 1, 1],
    ['2026-03-09', ['web'], 0, 0],
    ['2026-03-09', ['api'], 1, 1],
  ]);
  expect(spreads[0]?.entropy).toBeCloseTo(0.9183, 4);
  expect(spreads[0]?.churnInHotspots).toBeCloseTo(0.6, 9);
});

test('authors keep files that are renamed; merges, documents and vendored files count nothing', async () => {
  const repository = room.repository();
  as('ada');
  repository.commit('first', { 'a.ts': lines(20), 'docs/x.ts': lines(9), 'vendor/v.js': lines(9), 'README.md': 'x' });
  as('bob');
  repository.git('mv', 'a.ts', 'b.ts');
  repository.commit('move');
  repository.git('checkout', '-q', '-b', 'side', 'HEAD~1');
  repository.commit('second', { 'c.ts': lines(20, 'other') });
  repository.git('checkout', '-q', 'main');
  as('cyd');
  repository.git('merge', '-q', '--no-ff', 'side', '-m', "Merge branch 'side'");
  as('Ada');
  const { known } = await read(repository.dir);
  expect(known).toMatchObject([{ truckFactor: 2, files: 2, liveFiles: 2, pods: [] }]);
});

test('where objects are missing it is said that nobody looked who knows what', async () => {
  const repository = room.repository();
  repository.commit('one', { 'a.ts': lines(9) });
  repository.git('mv', 'a.ts', 'b.ts');
  const blob = repository.git('rev-parse', 'HEAD:a.ts');
  repository.commit('two', { 'b.ts': lines(10) });
  rmSync(join(repository.dir, '.git/objects', blob.slice(0, 2), blob.slice(2)));
  const { known, notes } = await read(repository.dir);
  expect(known).toEqual([]);
  expect(notes).toContainEqual({ code: 'knowledge-not-read', count: 1 });
});
