import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { ChangeFact, CorrectionFact, Coverage, Fact } from '../../../core/signal/fact.ts';
import type { GitStream } from '../../../core/signal/source.ts';
import { openGit } from '../../../host/git/git.ts';
import { historyPorts } from '../../../host/git/history-ports.ts';
import { repositoryAt, type TestRepository, testRoom } from '../../../../test/repository.ts';
import { git } from './git.ts';
import { podsAt } from './surroundings.ts';

const room = testRoom();
afterAll(room.remove);

interface Read {
  readonly changes: readonly ChangeFact[];
  readonly corrections: readonly CorrectionFact[];
  readonly coverage: Coverage;
}

async function read(dir: string, pods: { id: string; paths: string[] }[] = []): Promise<Read> {
  const facts: Fact[] = [];
  const options = { repository: 'test', revision: 'HEAD', pods, lines: false, latest: Date.UTC(2090, 0) };
  const ports = historyPorts(openGit({ dir, trusted: false }));
  const coverage = await git.run({ ports, options, emit: (fact) => facts.push(fact) });
  if (!coverage.ok) throw new Error(coverage.message);
  const changes = facts.filter((fact) => fact.kind === 'change');
  return { changes, corrections: facts.filter((fact) => fact.kind === 'correction'), coverage: coverage.value };
}

function by({ git: run }: TestRepository, name: string, message: string): string {
  run('commit', '--quiet', '--allow-empty', `--author=${name}`, '--message', message);
  return run('rev-parse', 'HEAD');
}

const linus = 'Linus Tester <linus@example.org>';

test('how far a history goes is told before the first fact, whatever its clocks say', async () => {
  const repository = room.repository();
  for (const on of ['2024-01-01', '2099-01-01', '2024-01-05']) {
    repository.at(`${on}T00:00:00Z`);
    repository.commit('some', { a: `${on}\n` });
  }
  const told: number[] = [];
  const options = git.options.parse({ repository: 'test', latest: Date.UTC(2090, 0) });
  const ports = historyPorts(openGit({ dir: repository.dir, trusted: false }));
  const emit = (fact: Fact): void => void told.push(...(fact.kind === 'change' ? [fact.mergedAt] : []));
  await git.run({ ports, options, begin: (newest) => told.push(newest), emit });
  const [first, ...merged] = told;
  expect(merged).toHaveLength(3);
  expect(first).toBe(Math.max(...merged));
});

test('a merge stands for what it merged, from the first author date to its own', async () => {
  const repository = room.repository();
  repository.at('2024-01-01T00:00:00Z');
  repository.commit('first', { a: '1\n' });
  repository.git('checkout', '-q', '-b', 'side');
  repository.at('2024-01-02T00:00:00Z');
  repository.commit('one', { b: '1\n2\n' });
  repository.at('2024-01-03T00:00:00Z');
  repository.commit('two', { c: '1\n', 'package-lock.json': '{\n}\n' });
  repository.git('checkout', '-q', 'main');
  repository.at('2024-01-09T00:00:00Z');
  repository.git('merge', '-q', '--no-ff', 'side', '-m', 'Merge pull request #7 from ada/side');
  const { changes, coverage } = await read(repository.dir);
  expect(changes.map(({ form, commits, subject }) => [form, commits, subject])).toEqual([
    ['direct', 1, 'first'],
    ['merge', 2, 'Merge pull request #7 from ada/side'],
  ]);
  expect(changes[1]).toMatchObject({
    begunAt: Date.UTC(2024, 0, 2),
    mergedAt: Date.UTC(2024, 0, 9),
    size: { files: 2, added: 3, deleted: 0 },
    traces: { discussion: true, issue: false },
    reviews: [],
  });
  expect(coverage).toMatchObject({ commits: 4, changes: 2, asOf: Date.UTC(2024, 0, 9), notes: [] });
});

test('a review counts when somebody other than the authors gives it, and signing off is none', async () => {
  const repository = room.repository();
  repository.commit('first\n\nReviewed-by: Ada <ada@example.org>\nSigned-off-by: Grace Hopper <grace@example.org>');
  repository.commit(
    'second\n\nreviewed-by: Grace Hopper <grace@example.org>\n\nmore text\n> Acked-by: No One <no@one.org>',
  );
  by(repository, linus, 'third\n\nAcked-by: linus\nTested-by: renovate[bot] <bot@renovateapp.com>');
  const { changes } = await read(repository.dir);
  expect(changes.map(({ reviews }) => reviews.map(({ byKind, from }) => [byKind, from]))).toEqual([
    [],
    [['human', 'trailer']],
    [['bot', 'trailer']],
  ]);
});

test('reverts find their target by name, by subject and by pull request, and a revert may be reverted', async () => {
  const repository = room.repository();
  const first = repository.commit('Add a thing (#12)', { a: '1\n' });
  const revert = repository.commit(`Revert "Add a thing (#12)" (#13)\n\nThis reverts commit ${first}.`, { a: '' });
  repository.commit('Revert "Revert "Add a thing (#12)" (#13)" (#14)', { a: '1\n' });
  repository.commit('Revert "Add one thing" (#15)\n\nReverts octo/cat#12', { a: '' });
  repository.commit('Take up what they did\n\nReverts other/repository#12', { a: '2' });
  repository.commit('Undo it under another name\n\nReverts octo/test#12', { a: '2b' });
  repository.commit('A squash\n\n* Revert "try"\n\nThis reverts commit 0123456789abcdef0123456789abcdef01234567.', {
    a: '3',
  });
  repository.commit(`Mend it\n\nFixes: ${first.slice(0, 12)} ("Add a thing (#12)")\nFixes #12`, { a: '4' });
  const { corrections } = await read(repository.dir);
  expect(corrections.map(({ how, resolvedBy, target }) => [how, resolvedBy, target?.id])).toEqual([
    ['revert', 'sha', first],
    ['revert', 'subject', revert],
    ['revert', 'pull-request', first],
    ['revert', 'pull-request', first],
    ['fix', 'sha', first],
  ]);
});

test('what a revert takes back is named in one sentence; whom the next one blames is not', async () => {
  const repository = room.repository();
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => repository.commit(`Add ${name}`)) as [string, ...string[]];
  repository.commit(`Undo\n\nThis reverts commits ${a},\n${b} and\n${c}.`);
  repository.commit(`Undo one\n\nThis reverts commit ${a}.\n\n${d} (Add d) broke it.`);
  repository.commit(`Undo another\n\nThis reverts commit ${b}.\n${d} broke it.`);
  repository.commit(`Undo the last\n\nThis reverts commit ${c}\n\n${d} broke it.`);
  const { corrections } = await read(repository.dir);
  expect(corrections.map(({ target }) => target?.id)).toEqual([a, b, c, a, b, c]);
});

test('a number beside a subject is not that of another pull request', async () => {
  const repository = room.repository();
  repository.at('2026-01-01T00:00:00Z');
  const old = repository.commit('Add a thing');
  repository.at('2026-01-02T00:00:00Z');
  const add = repository.commit('Add a thing (#3)');
  repository.commit('Move it (#6)');
  const backport = repository.commit('Mend it (#4) (#5)');
  repository.commit('Revert "Add a thing (#77)"');
  repository.commit('Revert "Move it (#78)"');
  repository.commit('Revert "Mend it (#4)"\n\nReverts octo/cat#78');
  repository.commit('Revert "Mend it (#4)"');
  repository.commit('Revert "Add a thing"');
  repository.commit('Revert "Add a thing (#3)"');
  const { corrections } = await read(repository.dir);
  const found = corrections.map(({ target }) => target?.id);
  expect(found).toEqual([old, undefined, undefined, backport, add, add]);
});

test('a co-author without an address is no other reviewer of the same name, and nobody otherwise', async () => {
  const repository = room.repository();
  const reviewed = 'Reviewed-by: Bob Example <bob@example.org>';
  for (const coauthor of ['Bob  EXAMPLE', 'bob', '@bob', 'Bo']) {
    by(repository, linus, `one\n\nCo-authored-by: ${coauthor}\n${reviewed}`);
  }
  by(repository, linus, 'two\n\nCo-authored-by: @-\nReviewed-by: bob@example.org');
  by(repository, linus, 'three\n\nCo-authored-by: Bob Example\nReviewed-by: bob example');
  const { changes, coverage } = await read(repository.dir);
  expect(changes.map(({ reviews, authors }) => [authors.length, reviews.length])).toEqual([
    [1, 0],
    [1, 0],
    [1, 0],
    [1, 1],
    [1, 1],
    [1, 0],
  ]);
  expect(coverage.people.human).toBe(3);
});

test('agents are recognised by their marks, and people who look like them are not', async () => {
  const repository = room.repository();
  by(repository, 'Claude Monet <claude@monet.example>', 'paint');
  by(repository, 'Paul Gauthier <aider@paulg.org>', 'maintain');
  by(repository, 'Devin Smith <devin.smith@anthropic.com>', 'work');
  by(repository, linus, 'help\n\nCo-authored-by: Claude Opus 4.8 <noreply@anthropic.com>\n\nmore after a squash');
  by(repository, 'dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>', 'bump');
  by(repository, linus, 'odd\n\nCo-authored-by: Codex Opus 4.6 <noreply@anthropic.com>');
  const { changes } = await read(repository.dir);
  expect(changes.map(({ authorship, conflictingMarks }) => [authorship, conflictingMarks])).toEqual([
    ['undisclosed', false],
    ['undisclosed', false],
    ['undisclosed', false],
    ['agent', false],
    ['bot', false],
    ['agent', true],
  ]);
  expect(changes[3]?.marks[0]).toMatchObject({ tool: 'claude-code', role: 'coauthor', model: 'Claude Opus 4.8' });
});

test('a pause is as long, whatever a bot did in between', async () => {
  const repository = room.repository();
  const bot = 'dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>';
  for (const [day, name] of [bot, linus, bot, bot, bot, linus].entries()) {
    repository.at(`2024-01-0${day + 1}T00:00:00Z`);
    by(repository, name, 'work');
  }
  const { changes } = await read(repository.dir);
  const ofPeople = changes.filter(({ authorship }) => authorship !== 'bot');
  expect(ofPeople.map(({ sincePrevious }) => sincePrevious)).toEqual([undefined, 4 * 86_400_000]);
});

test('names and messages of any bytes are read, and clocks that cannot be are clamped and counted', async () => {
  const repository = room.repository();
  repository.at('2024-01-01T00:00:00Z');
  repository.commit('grün \u{1F600}', { 'a\tb': '1\n', 'ü/\u{1F600}.txt': '1\n2\n' });
  repository.at('1971-01-01T00:00:00Z');
  repository.commit('long ago', { 'a\nb': '1\n' });
  repository.at('@4102444800 +0000');
  repository.git('mv', 'a\tb', 'c d');
  repository.commit('not yet');
  repository.at('2024-01-02T00:00:00Z');
  repository.commit('now', { d: '1' });
  const { changes, coverage } = await read(repository.dir);
  expect(changes.map(({ subject, size, mergedAt }) => [subject, size?.added, mergedAt])).toEqual([
    ['grün \u{1F600}', 3, Date.UTC(2024, 0, 1)],
    ['long ago', 1, Date.UTC(2024, 0, 1)],
    ['not yet', 0, Date.UTC(2024, 0, 1)],
    ['now', 1, Date.UTC(2024, 0, 2)],
  ]);
  expect(coverage.notes).toEqual([{ code: 'clock-clamped', count: 2 }]);
});

test('a bare, shallow clone is read, and it is said that it is cut off', async () => {
  const repository = room.repository();
  repository.commit('one', { a: '1\n' });
  repository.commit('two', { a: '2\n' });
  const dir = join(room.dir, 'shallow.git');
  execFileSync('git', ['clone', '-q', '--bare', '--depth=1', `file://${repository.dir}`, dir]);
  const { changes, coverage } = await read(dir);
  expect(changes.map(({ subject }) => subject)).toEqual(['two']);
  expect(coverage.notes).toEqual([{ code: 'shallow' }]);
});

test('where a file is missing, sizes are not read, and no plausible number stands in for them', async () => {
  const repository = room.repository();
  repository.commit('one', { a: '1\n' });
  repository.commit('two', { a: '2\n' });
  repository.commit('three', { b: '3\n' });
  const blob = repository.git('rev-parse', 'HEAD~1:a');
  rmSync(join(repository.dir, '.git/objects', blob.slice(0, 2), blob.slice(2)));
  const { changes, coverage } = await read(repository.dir);
  expect(changes.map(({ subject, size }) => [subject, size?.added])).toEqual([
    ['one', 1],
    ['two', undefined],
    ['three', 1],
  ]);
  expect(coverage.notes).toEqual([{ code: 'missing-objects', count: 1 }]);
});

test('what a merge brought in and took back itself corrects nothing', async () => {
  const repository = room.repository();
  repository.commit('Add a thing', { a: '1\n' });
  repository.git('checkout', '-q', '-b', 'side');
  const tried = repository.commit('Add a thing', { b: '1\n' });
  repository.commit(`Revert "Add a thing"\n\nThis reverts commit ${tried}.`, { b: '' });
  repository.git('checkout', '-q', 'main');
  repository.git('merge', '-q', '--no-ff', 'side', '-m', "Merge branch 'side'");
  expect((await read(repository.dir)).corrections).toEqual([]);
});

test('a revert that was taken back before its branch was merged corrects nothing; taken up again it does', async () => {
  const repository = room.repository();
  const first = repository.commit('Add a thing', { a: '1\n' });
  const merged = (...subjects: readonly string[]): void => {
    repository.git('checkout', '-q', '-b', `side${subjects.length}`);
    let last = first;
    for (const subject of subjects) last = repository.commit(`${subject}\n\nThis reverts commit ${last}.`);
    repository.git('checkout', '-q', 'main');
    repository.git('merge', '-q', '--no-ff', `side${subjects.length}`, '-m', 'Merge a branch');
  };
  merged('Revert "Add a thing"', 'Reapply "Add a thing"');
  const lost = '0123456789abcdef0123456789abcdef01234567';
  const reverted = `* Revert "Add a thing"\n\nThis reverts commit ${first}.`;
  const reapplied = `* Reapply "Add a thing"\n\nThis reverts commit ${lost}.`;
  repository.commit(`Try it (#7)\n\n${reverted}\n\n${reapplied}\n\n* more`);
  expect((await read(repository.dir)).corrections).toEqual([]);
  merged('Revert "Add a thing"', 'Revert "Revert "Add a thing""', 'Revert "Revert "Revert "Add a thing"""');
  repository.commit(`Try it again (#8)\n\n${reverted}\n\n${reapplied}\n\n${reverted}`);
  const { corrections } = await read(repository.dir);
  expect(corrections.map(({ target }) => target?.id)).toEqual([first, first]);
});

test('a reapplied change takes back its revert, not the change', async () => {
  const repository = room.repository();
  repository.commit('Add a thing (#1)');
  const revert = repository.commit('Revert "Add a thing" (#2)');
  repository.commit('Reapply "Add a thing" (#3)');
  const { corrections } = await read(repository.dir);
  expect(corrections.at(-1)?.target?.id).toBe(revert);
});

test('a number at the end is a squash only where the forge made the commit', async () => {
  const repository = room.repository();
  repository.commit('Mend what the issue says (#7)');
  execFileSync('git', ['commit', '-q', '--allow-empty', '--message', 'Add a thing (#8)'], {
    cwd: repository.dir,
    env: { ...process.env, GIT_COMMITTER_NAME: 'GitHub', GIT_COMMITTER_EMAIL: 'noreply@github.com' },
  });
  expect((await read(repository.dir)).changes.map(({ form }) => form)).toEqual(['direct', 'squash']);
});

test('a squash that the forge dated by its merge does not show when it was begun', async () => {
  const repository = room.repository();
  const first = repository.commit('Add a thing');
  const [written, merged] = ['2024-01-02T00:00:00Z', '2024-01-05T00:00:00Z'];
  for (const GIT_AUTHOR_DATE of [written, merged]) {
    const message = `Revert "Add a thing" (#7)\n\nThis reverts commit ${first}.`;
    const forge = { GIT_COMMITTER_NAME: 'GitHub', GIT_COMMITTER_EMAIL: 'noreply@github.com' };
    const env = { ...process.env, ...forge, GIT_AUTHOR_DATE, GIT_COMMITTER_DATE: merged };
    execFileSync('git', ['commit', '-q', '--allow-empty', '--message', message], { cwd: repository.dir, env });
  }
  const { corrections } = await read(repository.dir);
  expect(corrections.map(({ begunAt }) => begunAt)).toEqual([Date.parse(written), undefined]);
});

test('the branch has its name, and bytes that are not UTF-8 are said', async () => {
  const repository = room.repository();
  repository.commit('genuine \uFFFD');
  const raw = repository.git('cat-file', 'commit', 'HEAD').replace('genuine \uFFFD', 'gr?n');
  const [before = '', after = ''] = raw.split('?');
  const input = Buffer.concat([Buffer.from(before), Buffer.from([0xfc]), Buffer.from(after)]);
  const args = ['hash-object', '-t', 'commit', '-w', '--stdin'];
  const id = execFileSync('git', args, { cwd: repository.dir, input }).toString().trim();
  expect((await read(repository.dir)).coverage).toMatchObject({ branch: 'main', notes: [] });
  repository.git('update-ref', 'HEAD', id);
  expect((await read(repository.dir)).coverage.notes).toEqual([{ code: 'not-utf8', count: 1 }]);
});

function enough(): never {
  throw new Error('enough');
}

test('a reading that ends early leaves no git running', async () => {
  const repository = room.repository();
  repository.commit('one', { a: '1\n' });
  const ports = historyPorts(openGit({ dir: repository.dir, trusted: false }));
  const streams: GitStream[] = [];
  const gitStream = (args: readonly string[], input?: string): GitStream => {
    const stream = ports.gitStream(args, input);
    streams.push(stream);
    return stream;
  };
  const options = { repository: 'test', revision: 'HEAD', pods: [], lines: false, latest: Infinity };
  await expect(git.run({ ports: { ...ports, gitStream }, options, emit: enough })).rejects.toThrow('enough');
  expect(streams).toHaveLength(3);
  await Promise.all(streams.map(({ ended }) => ended));
});

test('an unborn branch has no history to read', async () => {
  const ports = historyPorts(openGit({ dir: room.repository().dir, trusted: false }));
  const options = { repository: 'test', revision: 'HEAD', pods: [], lines: false, latest: Infinity };
  expect(await git.run({ ports, options, emit: () => undefined })).toMatchObject({ ok: false, why: 'broken' });
});

test('pods are what the configuration says, else teams of CODEOWNERS, else the whole', async () => {
  const repository = repositoryAt(room.repository().dir);
  const ports = historyPorts(openGit({ dir: repository.dir, trusted: false }));
  const known = (own: { id: string; paths: string[] }[] = []) =>
    podsAt(ports, { repository: 'test', revision: 'HEAD', pods: own });
  expect(await known()).toBeUndefined();
  repository.commit('one', { 'web/a': '1\n', 'api/b': '1\n', other: '1\n' });
  expect([await known(), await known([{ id: 'web', paths: ['web/**'] }])]).toEqual([['test'], ['web']]);
  const pods = async (given?: { id: string; paths: string[] }[]) =>
    (await read(repository.dir, given)).changes[0]?.pods;
  expect(await pods()).toEqual(['test']);
  expect(await pods([{ id: 'web', paths: ['web/**'] }])).toEqual(['web']);
  const large = `# ${'x'.repeat(1_500_000)}\n`;
  repository.commit('owners', { CODEOWNERS: `${large}/web/ @octo/web\n/api/ @ada\n` });
  expect((await read(repository.dir)).changes[0]).toMatchObject({ pods: ['@octo/web'], ownedShare: 2 / 3 });
  expect(await known()).toEqual(['@octo/web']);
  repository.commit('rules', { CODEOWNERS: '* @octo/core\n/web/ @octo/web\n' });
  expect(await known()).toEqual(['@octo/core', '@octo/web']);
  repository.commit('later', { 'web/a': '2\n' });
  expect((await read(repository.dir)).changes.at(-1)?.pods).toEqual(['@octo/web']);
});

test('components are the globs of the configuration, else the rules of CODEOWNERS, which name no person', async () => {
  const repository = repositoryAt(room.repository().dir);
  repository.commit('one', { 'web/a': '1\n', 'web/x/b': '1\n', other: '1\n' });
  const bare = await read(repository.dir);
  expect([bare.coverage.components, bare.changes[0]?.components]).toEqual([[], undefined]);
  repository.commit('owners', { CODEOWNERS: '/web/ @octo/web @ada\n/web/x/ @bob\n/gone/\n' });
  const { changes, coverage } = await read(repository.dir);
  expect(changes.map(({ components }) => components)).toEqual([['', '/web/', '/web/x/'], ['']]);
  expect(coverage.components).toEqual([
    { id: '/web/', owners: ['@octo/web'], people: 1 },
    { id: '/web/x/', owners: [], people: 1 },
    { id: '/gone/', owners: [], people: 0 },
  ]);
  const asked = await read(repository.dir, [{ id: 'web', paths: ['web/**'] }]);
  expect(asked.changes[0]?.components).toEqual(['', 'web/**']);
  expect(asked.coverage.components).toEqual([{ id: 'web/**', owners: ['web'], people: 0 }]);
});
