import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { read as valueOf } from '../../../../test/make/facts.ts';
import { repositoryAt, testRoom } from '../../../../test/repository.ts';
import type { Coverage, Fact } from '../../../core/signal/fact.ts';
import { windowsAt } from '../../../core/signal/week.ts';
import { openGit } from '../../../host/git/git.ts';
import { historyPorts } from '../../../host/git/history-ports.ts';
import { signals } from '../../signals/index.ts';
import { git } from './git.ts';

const room = testRoom();
afterAll(room.remove);

async function tried(dir: string, emit: (fact: Fact) => void = () => undefined, revision = 'HEAD') {
  const ports = historyPorts(openGit({ dir, trusted: false }));
  return await git.run({ ports, options: git.options.parse({ repository: 'test', lines: true, revision }), emit });
}

async function read(dir: string): Promise<{ readonly facts: readonly Fact[]; readonly coverage: Coverage }> {
  const facts: Fact[] = [];
  const coverage = await tried(dir, (fact) => facts.push(fact));
  if (!coverage.ok) throw new Error(coverage.message);
  return { facts, coverage: coverage.value };
}

const changesIn = (facts: readonly Fact[]) => facts.filter((fact) => fact.kind === 'change');

test('an empty repository, and a branch that is not there, are told apart', async () => {
  const repository = room.repository();
  expect(await tried(repository.dir)).toMatchObject({ ok: false, message: 'nothing was committed yet' });
  repository.commit('one');
  repository.git('symbolic-ref', 'HEAD', 'refs/heads/none');
  expect(await tried(repository.dir)).toMatchObject({ ok: false, message: 'there is no commit HEAD' });
});

test.each(['main~1', 'main:a', 'main main', 'main\nmain', '--all', ''])('%j is no commit', async (revision) => {
  const repository = room.repository();
  repository.commit('one', { a: '1\n' });
  const answer = await tried(repository.dir, undefined, revision);
  expect(answer).toMatchObject({ ok: false, message: `there is no commit ${revision}`.trim() });
});

test.each(['HEAD', 'main', 'main~0', '@{0}', 'HEAD^{/fix [{]}', 'sha'])(
  'what is committed beside is read of %s',
  async (revision) => {
    const repository = room.repository();
    repository.commit('fix {', { a: '1\n', CODEOWNERS: '* @octo/web\n' });
    const facts: Fact[] = [];
    const asked = revision === 'sha' ? repository.git('rev-parse', 'HEAD') : revision;
    expect(await tried(repository.dir, (fact) => facts.push(fact), asked)).toMatchObject({ ok: true });
    expect(changesIn(facts).map(({ pods }) => pods)).toEqual([['@octo/web']]);
  },
);

test('one commit is a history, and no signal makes a number of it', async () => {
  const repository = room.repository();
  repository.commit('one', { 'a.ts': '1\n' });
  const { facts, coverage } = await read(repository.dir);
  expect(coverage).toMatchObject({ commits: 1, changes: 1, notes: [] });
  const when = { window: windowsAt(coverage.asOf).current, asOf: coverage.asOf };
  const measured = signals.filter((signal) => valueOf(signal, facts, when).state === 'measured').map(({ id }) => id);
  // How many know the files is a fact of any history.
  expect(measured.filter((id) => id !== 'truck-factor')).toEqual([]);
});

test('a commit that is missing ends the reading with what git says; a folder or file only costs the sizes', async () => {
  const repository = room.repository();
  for (const name of ['one', 'two', 'three', 'four']) repository.commit(name, { 'x/a': `${name}\n` });
  repository.lose('HEAD~1:x');
  const { facts, coverage } = await read(repository.dir);
  // Of the change before, git may not have said everything when it stopped.
  const [first, , ...others] = changesIn(facts).map(({ size }) => size?.added);
  expect([first, ...others]).toEqual([1, undefined, undefined]);
  expect(coverage.notes).toContainEqual({ code: 'missing-objects', count: 3 });
  repository.lose('HEAD~1');
  const answer = await tried(repository.dir);
  expect(answer).toMatchObject({ ok: false, why: 'broken' });
  expect(answer.ok ? '' : answer.message).toMatch(/^git log .*: .*\b[0-9a-f]{40}\b/s);
});

test('what is missing beside the line costs the changes on it nothing', async () => {
  const repository = room.repository();
  for (const name of ['one', 'two', 'three', 'four', 'five']) repository.commit(name, { a: `${name}\n` });
  repository.git('checkout', '-q', '-b', 'side', 'HEAD~1');
  repository.commit('begun', { b: 'begun\n' });
  repository.commit('done', { b: 'done\n' });
  repository.git('checkout', '-q', 'main');
  repository.git('merge', '-q', '--no-ff', '-m', 'merged', 'side');
  repository.lose('side~1:b');
  const { facts, coverage } = await read(repository.dir);
  expect(changesIn(facts).map(({ size }) => size?.added)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(changesIn(facts).at(-1)).toMatchObject({ subject: 'merged', commits: 2 });
  expect(coverage.notes).toEqual([]);
});

test('where a history is cut off, its first commit did not write everything that was there', async () => {
  const repository = room.repository();
  repository.commit('one', { 'a.ts': '1\n2\n3\n', 'docs/adr/0001.md': '# 1\n\n## Status\n\nAccepted\n' });
  repository.commit('two', { 'b.ts': '1\n' });
  repository.commit('three', { 'b.ts': '2\n' });
  const dir = join(room.dir, 'shallow.git');
  execFileSync('git', ['clone', '-q', '--bare', '--depth=2', `file://${repository.dir}`, dir]);
  const { facts, coverage } = await read(dir);
  const sizes = changesIn(facts).map(({ subject, size }) => [subject, size?.added]);
  expect(sizes).toEqual([
    ['two', undefined],
    ['three', 1],
  ]);
  expect(facts.filter(({ kind }) => kind === 'decision')).toEqual([]);
  expect(coverage.notes).toContainEqual({ code: 'shallow' });
});

test('a message of 100,000 lines is read in its first 2,000, and does not hold anything up', async () => {
  const repository = room.repository();
  const lines = Array.from({ length: 100_000 }, (_, n) => `line ${n}: https://example.org/issues/${n} <x@y>`);
  lines.splice(10, 0, 'Reviewed-by: Bob <bob@example.org>');
  const message = join(room.dir, 'message');
  writeFileSync(message, `long\n\n${lines.join('\n')}\nReviewed-by: Cyd <cyd@example.org>\n`);
  repository.git('commit', '-q', '--allow-empty', '-F', message);
  expect(changesIn((await read(repository.dir)).facts)[0]).toMatchObject({
    subject: 'long',
    reviews: [{ voice: 'approves' }],
  });
});

test('clocks of 1970 and 2100 do not stretch the history; `latest` ends it', async () => {
  const repository = room.repository();
  for (const time of ['@0 +0000', '2024-01-01T00:00:00Z', '@4102444800 +0000', '2024-01-03T00:00:00Z']) {
    repository.at(time);
    repository.commit(time);
  }
  const { facts, coverage } = await read(repository.dir);
  const days = changesIn(facts).map(({ mergedAt }) => new Date(mergedAt).toISOString().slice(0, 10));
  expect(days).toEqual(['2024-01-01', '2024-01-01', '2024-01-03', '2024-01-03']);
  expect(coverage).toMatchObject({ from: Date.UTC(2024, 0, 1), asOf: Date.UTC(2024, 0, 3) });
  expect(coverage.notes).toEqual([{ code: 'clock-clamped', count: 2 }]);
});

test('an octopus stands for all that it brought in', async () => {
  const repository = room.repository();
  repository.commit('first', { a: '1\n' });
  for (const side of ['b', 'c', 'd']) {
    repository.git('checkout', '-q', '-b', side, 'main');
    repository.commit(side, { [side]: '1\n' });
  }
  repository.git('checkout', '-q', 'main');
  repository.git('merge', '-q', '--no-ff', '-m', 'all', 'b', 'c', 'd');
  expect(changesIn((await read(repository.dir)).facts)[1]).toMatchObject({
    form: 'merge',
    commits: 3,
    size: { files: 3, added: 3, deleted: 0 },
  });
});

test('a revert names its commit by the whole of a name of SHA-256, too', async () => {
  const dir = join(room.dir, 'sha256');
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', '--object-format=sha256', dir]);
  const repository = repositoryAt(dir);
  const first = repository.commit('try', { a: '1\n' });
  repository.commit('try', { b: '1\n' });
  repository.commit(`Revert "try"\n\nThis reverts commit ${first}.`, { a: '' });
  const { facts } = await read(dir);
  const found = facts.flatMap((fact) => (fact.kind === 'correction' ? [[fact.target?.id, fact.resolvedBy]] : []));
  expect(found).toEqual([[first, 'sha']]);
});

test('replacements are not followed, and that is said', async () => {
  const repository = room.repository();
  repository.commit('one', { a: '1\n' });
  const second = repository.commit('two', { a: '2\n' });
  repository.commit('three', { a: '3\n' });
  repository.git('checkout', '-q', '--orphan', 'other');
  const other = repository.commit('instead', { a: '9\n' });
  repository.git('checkout', '-q', 'main');
  repository.git('replace', second, other);
  const { facts, coverage } = await read(repository.dir);
  expect(changesIn(facts).map(({ subject }) => subject)).toEqual(['one', 'two', 'three']);
  expect(coverage.notes).toEqual([{ code: 'grafts' }]);
});

test.each(['', '/.git', '/x', '-beside'])('grafts are not followed, and that is said from %j', async (from) => {
  const repository = room.repository();
  repository.commit('one', { a: '1\n' });
  repository.commit('two', { 'x/a': '2\n' });
  repository.git('worktree', 'add', '-q', '--detach', `${repository.dir}-beside`);
  const grafts = join(repository.dir, '.git/info/grafts');
  for (const empty of ['', '# none\n']) {
    writeFileSync(grafts, empty);
    expect((await read(repository.dir + from)).coverage.notes).toEqual([]);
  }
  writeFileSync(grafts, `# cut\n${repository.git('rev-parse', 'HEAD')}\n`);
  const { coverage } = await read(repository.dir + from);
  expect(coverage).toMatchObject({ changes: 2, notes: [{ code: 'grafts' }] });
});

test('a submodule that moves has no lines', async () => {
  const [repository, other] = [room.repository(), room.repository()];
  other.commit('theirs', { a: '1\n2\n' });
  repository.commit('first');
  repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', other.dir, 'lib');
  repository.commit('add it');
  other.commit('more', { a: '3\n' });
  repository.git('-C', 'lib', '-c', 'protocol.file.allow=always', 'pull', '-q');
  repository.commit('move it');
  const sizes = changesIn((await read(repository.dir)).facts).map(({ size }) => size);
  expect(sizes).toEqual([
    { files: 0, added: 0, deleted: 0 },
    { files: 1, added: 3, deleted: 0 },
    { files: 0, added: 0, deleted: 0 },
  ]);
});

test('names of files that are not UTF-8 are files like others', async () => {
  const repository = room.repository();
  for (const content of ['1\n', '1\n2\n']) {
    writeFileSync(
      Buffer.concat([Buffer.from(`${repository.dir}/caf`), Buffer.from([0xe9]), Buffer.from('.ts')]),
      content,
    );
    repository.commit('one');
  }
  const { facts, coverage } = await read(repository.dir);
  expect(changesIn(facts).map(({ size }) => size?.added)).toEqual([1, 1]);
  expect(facts.filter(({ kind }) => kind === 'lines-died')).toEqual([]);
  expect(coverage.notes).toEqual([]);
});
