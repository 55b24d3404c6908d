import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { printable } from '../../src/core/claim/redact.ts';
import { archiveOf, type AskedRun, type AtGitHub, startGitHub, token, workflowRunEvent } from '../make/github.ts';
import { aWorld, type Ran } from '../make/world.ts';

const dir = mkdtempSync(join(tmpdir(), 'factum-tell-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const [head, later] = ['a'.repeat(40), 'b'.repeat(40)];
const name = 'factum-pull-request.json';
const mark = '<!-- factum:pull-request -->';
const bot = { login: 'github-actions[bot]' };

const contradicted = {
  kind: 'tests-pass',
  words: 'All tests pass',
  verdict: 'contradicted',
  because: '1 of 2 tests failed (tap): takes away. A second run agrees.',
};
const supported = { kind: 'lint-clean', words: 'lint is clean', verdict: 'supported', because: 'exit code 0.' };

function resultOf(parts: readonly object[], more: object = {}): object {
  const claims = parts.length === 0 ? [] : [{ place: 'body', commit: head, parts }];
  return { version: 1, pullRequest: { number: 7, head }, claims, unread: [], ...more };
}

function left(result: unknown): { readonly archive: Buffer } {
  return { archive: archiveOf({ name, content: JSON.stringify(result) }) };
}

async function told(at: Partial<AtGitHub>, run: Partial<AskedRun> = {}) {
  const github = await startGitHub({ head, ...at });
  const world = await aWorld({ GITHUB_TOKEN: token, GITHUB_API_URL: github.origin, CI: 'true' });
  const path = join(dir, 'event.json');
  writeFileSync(path, JSON.stringify(workflowRunEvent({ head, ...run })));
  const ran = await world.factum(dir, ['pull-request', 'tell', path]);
  await world.remove();
  return { ...github, ran };
}

function written(path: string, writes: Awaited<ReturnType<typeof told>>['writes']): Record<string, unknown> {
  return { ...writes.find(([where]) => where === path)?.[1] };
}

const toStatus = `POST /statuses/${head}`;
const toComments = 'POST /issues/7/comments';

describe('what the run found', () => {
  test('a contradicted claim is a failed status and a comment', async () => {
    const { ran, writes, leaked } = await told(left(resultOf([supported, contradicted])));
    expect([ran.exit, ran.out]).toEqual([0, 'status failure, and a comment: 2 claims: 1 contradicted, 1 supported\n']);
    expect(writes.map(([where]) => where)).toEqual([toStatus, toComments]);
    expect(written(toStatus, writes)).toEqual({
      state: 'failure',
      context: 'factum',
      description: '2 claims: 1 contradicted, 1 supported',
      target_url: 'https://github.com/octo-org/octo-repo/actions/runs/30433642',
    });
    const body = String(written(toComments, writes)['body']);
    expect(body.startsWith(`${mark}\n`)).toBe(true);
    expect(body).toContain('| ❌ contradicted | All tests pass | body | 1 of 2 tests failed');
    expect(body.indexOf('❌')).toBeLessThan(body.indexOf('✅'));
    expect(leaked).toEqual([]);
  });

  test.each(['supported', 'unsupported', 'unverifiable', 'unverified', 'stale'])(
    '%s is a good status',
    async (verdict) => {
      const { writes } = await told(left(resultOf([{ ...contradicted, verdict }])));
      expect(written(toStatus, writes)['state']).toBe('success');
    },
  );

  test('one comment is written over, and nobody else is', async () => {
    const others = [
      { id: 1, body: `${mark} by somebody else`, user: { login: 'mallory' } },
      { id: 2, body: `look: ${mark}`, user: bot },
      { id: 3, body: `${mark}\nold`, user: bot },
    ];
    const { writes } = await told({ ...left(resultOf([contradicted])), comments: others });
    expect(writes.map(([where]) => where)).toEqual([toStatus, 'PATCH /issues/comments/3']);
    const first = await told({ ...left(resultOf([contradicted])), comments: others.slice(0, 2) });
    expect(first.writes.map(([where]) => where)).toEqual([toStatus, toComments]);
  });

  test('without a claim there is no comment, unless there was one', async () => {
    const silent = await told(left(resultOf([])), { conclusion: 'success' });
    expect(silent.writes.map(([where]) => where)).toEqual([toStatus]);
    expect(written(toStatus, silent.writes)).toMatchObject({ state: 'success', description: 'No claim found' });
    const comments = [{ id: 3, body: `${mark}\nold`, user: bot }];
    const { writes } = await told({ ...left(resultOf([])), comments });
    expect(String(written('PATCH /issues/comments/3', writes)['body'])).toContain('No claim found');
  });

  test.each([
    ['the pull request moved on', { head: later }],
    ['the pull request is closed', { state: 'closed' }],
  ])('%s: a status for its own commit, and no comment', async (_what, at) => {
    const { writes } = await told({ ...left(resultOf([contradicted])), ...at });
    expect(writes.map(([where]) => where)).toEqual([toStatus]);
  });

  test.each([{ event: 'push' }, { conclusion: 'cancelled' }, { conclusion: 'skipped' }])(
    'nothing is told of %j',
    async (run) => {
      const { ran, writes, requests } = await told(left(resultOf([contradicted])), run);
      expect([ran.exit, writes, requests]).toEqual([0, [], []]);
    },
  );
});

const long = 'x'.repeat(10_000_000);
const archived = (content: string | Uint8Array, as = name): Partial<AtGitHub> => ({
  archive: archiveOf({ name: as, content }),
});

describe('a hostile result is an error, and no word of it is told', () => {
  test.each<[string, RegExp, Partial<AtGitHub>]>([
    ['nothing', /left no result/, {}],
    ['no archive', /no ZIP archive/, { archive: Buffer.from('PK, or not') }],
    ['an archive that is cut', /no ZIP archive/, { archive: left(resultOf([contradicted])).archive.subarray(0, -30) }],
    [
      '10 MB in a small archive',
      /at most 2097152 bytes, got 10/,
      archived(JSON.stringify(resultOf([contradicted], { unread: [long] }))),
    ],
    [
      '10 MB that are said to be few',
      /larger than 2097152 bytes/,
      { archive: archiveOf({ name, content: long, size: 100 }) },
    ],
    ['a large archive', /too large/, { ...left(resultOf([contradicted])), size: 50_000_000 }],
    ['a large archive that is said to be small', /too large/, { archive: Buffer.alloc(10_000_000, 1), size: 100 }],
    [
      'a name that leads out',
      /expected factum-pull-request.json/,
      archived(JSON.stringify(resultOf([contradicted])), `../../${name}`),
    ],
    [
      'an absolute name',
      /expected factum-pull-request.json/,
      archived(JSON.stringify(resultOf([contradicted])), '/etc/passwd'),
    ],
    [
      'two files',
      /expected one file/,
      { archive: archiveOf({ name, content: JSON.stringify(resultOf([])) }, { name: '../x', content: 'x' }) },
    ],
    ['no JSON', /another form/, archived('{"version":1')],
    ['bytes that are no text', /another form/, archived(Buffer.from([0xff, 0xfe, 0x00]))],
    ['depth', /another form/, archived('['.repeat(100_000))],
    ['another version', /another form/, left({ ...resultOf([contradicted]), version: 2 })],
    ['a key more', /another form/, left(resultOf([contradicted], { state: 'success' }))],
    ['a verdict that there is not', /another form/, left(resultOf([{ ...contradicted, verdict: '${{ secrets.X }}' }]))],
    ['words that are too long', /another form/, left(resultOf([{ ...contradicted, words: 'x'.repeat(301) }]))],
    ['too many parts', /another form/, left(resultOf(Array.from({ length: 101 }, () => contradicted)))],
    [
      "another commit's",
      /about another commit/,
      left(resultOf([contradicted], { pullRequest: { number: 7, head: later } })),
    ],
    [
      "somebody else's pull request",
      /the run is not of/,
      left(resultOf([contradicted], { pullRequest: { number: 8, head } })),
    ],
    [
      'a pull request that there is not',
      /the run is not of/,
      left(resultOf([contradicted], { pullRequest: { number: 9, head } })),
    ],
    ['a number that is a path', /another form/, left(resultOf([], { pullRequest: { number: '7/../8', head } }))],
    ['a fork that is gone', /the run is not of/, { ...left(resultOf([contradicted])), headRepository: null }],
    [
      'a branch of the same name elsewhere',
      /the run is not of/,
      { ...left(resultOf([contradicted])), headRepository: 'mallory/octo-repo' },
    ],
  ])('%s', async (_what, why, at) => {
    const { ran, writes } = await told(at);
    expect(writes.map(([where]) => where)).toEqual([toStatus]);
    const { state, description } = written(toStatus, writes);
    expect([state, description]).toEqual(['error', expect.stringMatching(why)]);
    expect(description).toMatch(/^No valid result: [\w ,.:/+'-]{1,124}$/);
    expect([ran.exit, ran.err]).toEqual([1, '']);
  });

  test('markup and controls within its bounds stay text', async () => {
    const evil =
      '</td>\n\n# h1 | @octocat <script>x</script> ![i](https://evil.example/x.png) \u001b[2J\u202e`` \\| -->';
    const parts = [{ ...contradicted, words: evil, because: evil }];
    const { writes, ran } = await told(left(resultOf(parts, { unread: [evil] })));
    const body = String(written(toComments, writes)['body']);
    const row = body.split('\n').find((line) => line.startsWith('| ❌')) ?? '';
    expect(row.split(/(?<!\\)(?:\\\\)*\|/)).toHaveLength(6);
    expect(body).not.toMatch(/<script|<\/td|!\[i\]\(|https:\/\/evil|@octocat|^# /m);
    expect(printable(body)).toBe(body);
    expect(ran.out).not.toMatch(/script|octocat/);
  });
});

async function ranWith(env: Readonly<Record<string, string>>): Promise<Ran> {
  const world = await aWorld(env);
  const path = join(dir, 'event.json');
  writeFileSync(path, JSON.stringify(workflowRunEvent({ head })));
  const ran = await world.factum(dir, ['pull-request', 'tell', path]);
  await world.remove();
  return ran;
}

describe('what GitHub does not do', () => {
  test('without the right it says what GitHub answered, and never the token', async () => {
    const github = await startGitHub({ head });
    const { exit, err } = await ranWith({ GITHUB_TOKEN: 'another-token', GITHUB_API_URL: github.origin });
    expect([exit, err]).toEqual([3, expect.stringMatching(/FORGE_FAILED: GET .* 401/s)]);
    expect(err).not.toContain('another-token');
  });

  test.each([
    ['no token', {}, /USAGE: set GITHUB_TOKEN/],
    ['an address without TLS', { GITHUB_TOKEN: token, GITHUB_API_URL: 'http://api.example' }, /USAGE: GITHUB_API_URL/],
  ])('%s', async (_what, env, message) => {
    expect(await ranWith(env)).toMatchObject({ exit: 2, err: expect.stringMatching(message) });
  });
});
