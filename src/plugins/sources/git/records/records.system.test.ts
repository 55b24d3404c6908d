import { execFileSync } from 'node:child_process';
import { afterAll, expect, test } from 'vitest';
import { created, meta, voted } from '../../../../../test/gerrit.ts';
import { note, read, voicesOf } from '../../../../../test/records.ts';
import { testRoom } from '../../../../../test/repository.ts';

const room = testRoom();
afterAll(room.remove);

test('notes of reviews: votes on code by others, none read of what Gerrit’s own record tells', async () => {
  const repository = room.repository();
  const first = repository.commit('one');
  const text = [
    'Code-Review+2: Bob <bob@example.org>',
    'Code-Review-1: Cyd <cyd@example.org>',
    'Code-Review+2: Ada <ada@example.org>',
    'Verified+1: CI <ci@example.org>',
  ].join('\n');
  note(repository, 'review', first, text);
  const second = repository.commit('two');
  note(repository, 'review', second, text);
  const third = repository.commit('three');
  note(repository, 'review', third, Buffer.from([0xff]));
  meta(repository, 1, [
    [1, created(second)],
    [2, voted('Label: Code-Review=+1')],
  ]);
  meta(repository, 2, [[1, created(third)]]);
  const { changes, coverage } = await read(repository);
  expect(changes.map(voicesOf)).toEqual([
    ['notes approves human', 'notes objects human'],
    ['gerrit approves human'],
    [],
  ]);
  expect(coverage.notes).toEqual([]);
});

const lines = (...all: readonly object[]) => all.map((each) => JSON.stringify(each)).join('\n');

test('git-appraise: verdicts on the whole, remarks on lines, and one person under two names', async () => {
  const repository = room.repository();
  const commit = repository.commit('one');
  const request = { timestamp: '1700000000', requester: 'ada@example.org', targetRef: 'refs/heads/main' };
  note(repository, 'devtools/reviews', commit, lines(request));
  const at = { timestamp: '1700003600' };
  const said = [
    { ...at, author: 'ada', resolved: true },
    { ...at, author: 'bob@example.org', resolved: true },
    { ...at, author: 'cyd', resolved: false, location: { commit } },
    { ...at, author: 'dan', location: { commit, path: 'a' }, description: 'why?' },
    { ...at, author: 'eve', parent: 'x', resolved: true },
    { ...at, author: 'fay', description: 'thanks' },
  ];
  note(repository, 'devtools/discuss', commit, lines(...said));
  const { changes, requests } = await read(repository);
  const [change] = changes;
  expect(requests).toMatchObject([{ at: 1_700_000_000_000, answeredAt: 1_700_003_600_000 }]);
  expect(change && voicesOf(change)).toEqual([
    'git-appraise approves human',
    'git-appraise objects human',
    'git-appraise comments human',
  ]);
  expect(change).toMatchObject({ openedAt: 1_700_000_000_000, course: { selfApproved: false, discussed: true } });
  const own = repository.commit('two');
  note(repository, 'devtools/reviews', own, lines(request));
  note(repository, 'devtools/discuss', own, lines({ ...at, author: 'ada', resolved: true, description: 'mine' }));
  const [, second] = (await read(repository)).changes;
  expect(second?.course).toEqual({ selfApproved: true, discussed: false });
});

test('git-appraise: a login is whoever has all addresses that begin so, on the branch or in what was said', async () => {
  const repository = room.repository();
  for (const author of [
    'Bea Cole <1+bea@users.noreply.github.com>',
    'Bea Cole <bea@example.org>',
    'Cyd Dole <cyd@example.org>',
    'Cyd Eden <cyd@example.com>',
  ])
    repository.git('commit', '-q', '--allow-empty', '-m', author, `--author=${author}`);
  const commit = repository.commit('one');
  const request = { timestamp: '1700000000', requester: 'ada@example.org' };
  note(repository, 'devtools/reviews', commit, lines(request));
  const said = ['bea', 'bea@example.org', 'dan', 'dan@example.org', 'cyd', 'cyd@example.org'];
  const approval = { timestamp: '1700003600', resolved: true };
  note(repository, 'devtools/discuss', commit, lines(...said.map((author) => ({ ...approval, author }))));
  expect((await read(repository)).changes.at(-1)?.reviews).toHaveLength(4);
});

test('git-appraise: a review that the tool rebased is one of what came of it, unless that has its own', async () => {
  const repository = room.repository();
  const before = repository.commit('one');
  repository.git('commit', '--quiet', '--amend', '--allow-empty', '--message', 'rebased');
  const alias = repository.git('rev-parse', 'HEAD');
  const request = { timestamp: '1700000000', requester: 'ada@example.org', targetRef: 'refs/heads/main' };
  note(repository, 'devtools/reviews', before, lines(request, { ...request, alias }));
  const verdict = { timestamp: '1700003600', author: 'bob@example.org', resolved: true };
  note(repository, 'devtools/discuss', before, lines(verdict));
  const voices = async () => (await read(repository)).changes.map(voicesOf);
  expect(await voices()).toEqual([['git-appraise approves human']]);
  note(repository, 'devtools/reviews', alias, lines(request));
  expect(await voices()).toEqual([[]]);
});

function authorship(lineOwner: string): string {
  const log = {
    schema_version: 'authorship/3.0.0',
    prompts: {},
    humans: { h_1: { author: 'Ada <ada@example.org>' } },
    sessions: { s_1: { agent_id: { tool: 'claude', id: 'x', model: 'claude-opus-4-6' }, human_author: 'Ada' } },
  };
  return `a.ts\n  ${lineOwner}::t_2 1-10,15\n---\n${JSON.stringify(log, null, 1)}`;
}

test('git-ai: an agent had a part where lines are its own; a log about a person’s lines is no mark', async () => {
  const repository = room.repository();
  note(repository, 'ai', repository.commit('by an agent'), authorship('s_1'));
  note(repository, 'ai', repository.commit('by a person'), authorship('h_1'));
  const { changes } = await read(repository);
  expect(changes.map(({ authorship: by, marks }) => [by, marks])).toEqual([
    [
      'agent',
      [{ rule: 'git-ai-note', tool: 'claude-code', role: 'session', confidence: 'high', model: 'claude-opus-4-6' }],
    ],
    ['undisclosed', []],
  ]);
});

test('hostile notes are left out and counted, and the rest is read', async () => {
  const repository = room.repository();
  const commits = ['one', 'two', 'three', 'four'].map((message) => repository.commit(message));
  const [one = '', two = '', three = '', four = ''] = commits;
  note(repository, 'ai', one, 'a.ts\n  s_1 1\n---\n{"schema_version": "authorship/3');
  note(repository, 'review', one, 'x'.repeat(1024 * 1024 + 1));
  note(repository, 'review', two, Buffer.from([0x43, 0xff, 0xfe]));
  note(repository, 'review', three, 'Code-Review+2: Bob <bob@example.org>');
  note(repository, 'devtools/reviews', four, '{"requester":"ada"}\n{"__proto__":{"a":1}}\n[[[[');
  const { changes, coverage } = await read(repository);
  expect(changes.map(voicesOf)).toEqual([[], [], ['notes approves human'], []]);
  expect(coverage.notes).toEqual([{ code: 'records-skipped', count: 5 }]);
});

test('notes may share their content, and what is no file is no note', async () => {
  const repository = room.repository();
  const [one = '', two = '', three = ''] = ['one', 'two', 'three'].map((message) => repository.commit(message));
  const says = repository.commit('Code-Review+2: Eve <eve@example.org>');
  note(repository, 'review', one, 'Code-Review+2: Bob <bob@example.org>');
  const shared = repository.git('rev-parse', `refs/notes/review:${one}`);
  const entries = [[one, shared] as const, [two, shared] as const, [three, says] as const].toSorted();
  const input = Buffer.concat(
    entries.flatMap(([name, id]) => [Buffer.from(`100644 ${name}\0`), Buffer.from(id, 'hex')]),
  );
  const args = ['hash-object', '-t', 'tree', '--literally', '-w', '--stdin'];
  const tree = execFileSync('git', args, { cwd: repository.dir, input });
  repository.git('update-ref', 'refs/notes/review', tree.toString().trim());
  const { changes, coverage } = await read(repository);
  expect(changes.map(voicesOf)).toEqual([['notes approves human'], ['notes approves human'], [], []]);
  expect(coverage.notes).toEqual([{ code: 'records-skipped', count: 1 }]);
});

test('where votes are on record, reviewers are told with since when they take part', async () => {
  const repository = room.repository();
  repository.at('2024-01-01T00:00:00Z');
  const one = repository.commit('one');
  repository.at('2024-02-01T00:00:00Z');
  const two = repository.commit('two');
  for (const [number, commit] of [one, two].entries())
    meta(repository, number + 1, [
      [1, created(commit)],
      [2, voted('Label: Code-Review=+1')],
    ]);
  const { changes } = await read(repository);
  expect(changes.map(({ reviews }) => reviews[0]?.since)).toEqual([Date.UTC(2024, 0, 1), Date.UTC(2024, 0, 1)]);
});
