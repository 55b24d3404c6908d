import { chmodSync, mkdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { DecisionFact } from '../../../core/signal/fact.ts';
import type { SourcePorts } from '../../../core/signal/source.ts';
import { openGit } from '../../../host/git/git.ts';
import { historyPorts } from '../../../host/git/history-ports.ts';
import { type TestRepository, testRoom } from '../../../../test/repository.ts';
import { deciding, type Writing } from './decisions.ts';
import { git } from './git.ts';

const room = testRoom();
afterAll(room.remove);

const date = (time: number): string => new Date(time).toISOString().slice(5, 10);

/** `asked` takes what git was given to read. */
async function factsOf({ dir }: TestRepository, asked: string[] = []): Promise<readonly DecisionFact[]> {
  const facts: DecisionFact[] = [];
  const real = historyPorts(openGit({ dir, trusted: false }));
  const ports: SourcePorts = {
    ...real,
    gitStream: (args, input = '') => {
      asked.push(...input.split('\n'));
      return real.gitStream(args, input);
    },
  };
  const emit = (fact: { kind: string }): void => void (fact.kind === 'decision' && facts.push(fact as DecisionFact));
  const read = await git.run({ ports, options: git.options.parse({ repository: 'test' }), emit });
  if (!read.ok) throw new Error(read.message);
  return facts;
}

async function stepsIn(repository: TestRepository, asked?: string[]): Promise<readonly string[]> {
  const facts = await factsOf(repository, asked);
  return facts.map(({ id, step, at, proposedAt }) =>
    [id, step, date(at), ...(proposedAt === undefined ? [] : [`since ${date(proposedAt)}`])].join(' '),
  );
}

const record = (status: string, more = '') => `# 1. Use it\n\n## Status\n\n${status}\n\n## Context\n${more}`;

test('steps are what the status became; a rename, or words elsewhere in it, is none', async () => {
  const repository = room.repository();
  const write = (at: string, files: Record<string, string>): void => {
    repository.at(`2024-${at}T00:00:00Z`);
    repository.commit(at, files);
  };
  write('01-01', { 'docs/adr/0001-use-it.md': record('Proposed'), 'docs/adr/0002-too.md': record('Accepted') });
  write('01-05', { 'docs/adr/0001-use-it.md': record('Proposed', 'It was rejected before.\n') });
  repository.git('mv', 'docs/adr/0001-use-it.md', 'docs/adr/0001-really-use-it.md');
  write('01-10', {});
  write('01-20', { 'docs/adr/0001-really-use-it.md': record('Accepted', 'It was rejected before.\n') });
  write('01-25', {
    'docs/adr/0001-really-use-it.md': record('Accepted', 'Typo.\n'),
    'docs/adr/template.md': record('Proposed'),
  });
  write('02-01', { 'docs/adr/0001-really-use-it.md': record('Superseded by 2') });
  expect(await stepsIn(repository)).toEqual([
    'docs/adr/0001-use-it.md proposed 01-01',
    'docs/adr/0002-too.md accepted 01-01',
    'docs/adr/0001-really-use-it.md accepted 01-20 since 01-01',
    'docs/adr/0001-really-use-it.md superseded 02-01',
  ]);
});

test('the branch that brings a decided document is its proposal, and a merged request is accepted', async () => {
  const repository = room.repository();
  repository.at('2024-01-01T00:00:00Z');
  repository.commit('first');
  repository.git('checkout', '-q', '-b', 'side');
  repository.at('2024-01-02T00:00:00Z');
  repository.commit('request', { 'text/0012-x.md': '# X\n' });
  repository.git('checkout', '-q', 'main');
  repository.at('2024-03-01T00:00:00Z');
  repository.git('merge', '-q', '--no-ff', 'side', '-m', 'Merge it');
  expect(await stepsIn(repository)).toEqual([
    'text/0012-x.md proposed 01-02',
    'text/0012-x.md accepted 03-01 since 01-02',
  ]);
});

test('documents that are no text, too large or links say nothing', async () => {
  const repository = room.repository();
  repository.write('docs/adr/0001.md', `${record('Accepted')}${'x'.repeat(1024 * 1024)}`);
  repository.write('docs/adr/0002.md', Buffer.from([0xff, 0xfe, 0x00]));
  repository.write('docs/adr/0003.md', Buffer.concat([Buffer.from(record('Accepted')), Buffer.from([0xe4])]));
  repository.commit('one');
  expect((await stepsIn(repository)).map((line) => line.slice(0, 25))).toEqual(['docs/adr/0003.md accepted']);
});

test('documents with any name are read, in the order of their versions, beside what is not there', async () => {
  const repository = room.repository();
  const path = 'docs/adr/0001-großé ü.md';
  for (const [day, status] of ['Proposed', 'Proposed', 'Accepted', 'Accepted', 'Deprecated', 'Accepted'].entries()) {
    repository.at(`2024-01-0${day + 1}T00:00:00Z`);
    repository.commit(`${day}`, {
      [path]: `${record(status)}${'ü\n'.repeat(50_000 * day)}`,
      'docs/adr/0002.md': `${day}`,
    });
  }
  expect(await stepsIn(repository)).toEqual([
    `${path} proposed 01-01`,
    `${path} accepted 01-03 since 01-01`,
    `${path} superseded 01-05`,
    `${path} accepted 01-06`,
  ]);
});

test('a document whose content is broken leaves the others as they are', async () => {
  const repository = room.repository();
  const { dir, git: run } = repository;
  for (const name of ['1', '2', '3']) {
    const words = Array.from({ length: 5000 }, (_, at) => `${name} ${(at * 7919) % 10_007}\n`).join('');
    repository.write(`docs/adr/000${name}.md`, `${record('Accepted')}${words}`);
  }
  repository.commit('one');
  const id = run('rev-parse', 'HEAD:docs/adr/0002.md');
  const object = join(dir, '.git', 'objects', id.slice(0, 2), id.slice(2));
  chmodSync(object, 0o600);
  truncateSync(object, statSync(object).size / 2);
  expect((await stepsIn(repository)).map((line) => line.slice(0, 25))).toEqual([
    'docs/adr/0001.md accepted',
    'docs/adr/0003.md accepted',
  ]);
});

test('a document that is moved as it was is read once; in another role it says something else', async () => {
  const repository = room.repository();
  repository.at('2024-01-01T00:00:00Z');
  repository.commit('one', { 'docs/adr/0001.md': record('Accepted'), 'docs/adr/0002-x.md': '# X\n' });
  const [moved, other] = ['0001.md', '0002-x.md'].map((name) => repository.git('rev-parse', `HEAD:docs/adr/${name}`));
  repository.at('2024-02-01T00:00:00Z');
  mkdirSync(join(repository.dir, 'docs/decisions'));
  mkdirSync(join(repository.dir, 'text'));
  repository.git('mv', 'docs/adr/0001.md', 'docs/decisions/0001.md');
  repository.git('mv', 'docs/adr/0002-x.md', 'text/0002-x.md');
  repository.commit('two', {});
  const asked: string[] = [];
  expect(await stepsIn(repository, asked)).toEqual([
    'docs/adr/0001.md accepted 01-01',
    'text/0002-x.md accepted 02-01',
  ]);
  expect(asked.filter((name) => name === moved)).toHaveLength(1);
  expect(asked.filter((name) => name === other)).toHaveLength(2);
});

test('what another document said at a place says nothing of the one that moved there', async () => {
  const repository = room.repository();
  const more = 'Deciders: us\n\n## Alternatives\n';
  const write = (name: string, status: string, text = ''): void =>
    void repository.commit(`${status} ${name}`, { [`docs/adr/${name}`]: `${record(status)}${text}` });
  write('0002-x.md', 'Accepted', more);
  repository.git('rm', '-q', 'docs/adr/0002-x.md');
  write('0001-x.md', 'Rejected');
  repository.git('mv', 'docs/adr/0001-x.md', 'docs/adr/0002-x.md');
  repository.commit('moved', {});
  write('0002-x.md', 'Accepted');
  repository.git('mv', 'docs/adr/0002-x.md', 'docs/adr/0003-x.md');
  repository.commit('moved on', {});
  write('0003-x.md', 'Superseded');
  repository.git('mv', 'docs/adr/0003-x.md', 'docs/adr/0002-x.md');
  repository.commit('moved back', {});
  write('0002-x.md', 'Accepted', more);
  const facts = await factsOf(repository);
  const told = facts.map(({ step, hasDeciders, hasAlternatives }) => [step, hasDeciders, hasAlternatives]);
  expect(told).toEqual([
    ['accepted', true, true],
    ['rejected', false, false],
    ['accepted', false, false],
    ['superseded', false, false],
    ['accepted', true, true],
  ]);
});

test('what was read of a document is not read again', async () => {
  const ports = historyPorts(openGit({ dir: room.repository().dir, trusted: false }));
  const said = { step: 'accepted', hasDeciders: false, hasAlternatives: false, hasOutcome: true } as const;
  const written = { blob: 'f'.repeat(40), path: 'docs/adr/0001.md', at: 1 };
  const told = async (kept: Writing) => {
    const facts = await deciding({ writings: [kept], unfollowed: 0 }).facts(ports, () => []);
    return facts.map(({ step }) => step);
  };
  expect(await told(written)).toEqual([]);
  expect(await told({ ...written, said })).toEqual(['accepted']);
});
