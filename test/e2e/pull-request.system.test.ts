import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { printable } from '../../src/core/claim/redact.ts';
import { pullRequestEvent } from '../make/github.ts';
import { aWorld, type TestWorld } from '../make/world.ts';
import { type TestRepository, testRoom } from '../repository.ts';

let world: TestWorld;
const room = testRoom();

beforeAll(async () => {
  world = await aWorld({ CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'octo-org/octo-repo' });
});
afterAll(async () => {
  await world.remove();
  room.remove();
});

const passing = "import test from 'node:test';\ntest('adds', () => {});\n";
const failing = "import test from 'node:test';\ntest('adds', () => {\n  throw new Error('2');\n});\n";
// The failure is hidden from who reads the script's last lines or its exit code.
const hidden = '{ "type": "module", "scripts": { "test": "node --test", "test:ci": "node --test | tail -n 3" } }\n';
const byClaude = '\n\nCo-Authored-By: Claude Opus 4.8 <noreply@anthropic.com>';

interface Asked {
  readonly tests?: string;
  readonly title?: string;
  readonly body?: string | null;
  readonly message?: string;
}

interface Made extends TestRepository {
  readonly head: string;
  readonly event: string;
}

/** A checkout of a pull request's head, as `actions/checkout` leaves it. */
function aPullRequest({ tests = passing, message = 'sums', ...said }: Asked): Made {
  const repository = room.repository();
  const base = repository.commit('first', { 'package.json': hidden, 'sums.test.js': passing });
  const head = repository.commit(message, { 'sums.test.js': `${tests}// changed\n` });
  repository.git('checkout', '--quiet', '--detach', head);
  return { ...repository, head, event: eventFile(pullRequestEvent({ head, base, ...said })) };
}

let events = 0;
function eventFile(event: object): string {
  const path = join(room.dir, `event-${++events}.json`);
  writeFileSync(path, JSON.stringify(event));
  return path;
}

async function checked({ dir, event }: Made) {
  const { exit, out, err } = await world.factum(dir, ['pull-request', 'check', event, '--trust', '--json']);
  expect(exit, err).toBeLessThan(2);
  const result = JSON.parse(out);
  const parts = result.claims.flatMap((claim: { place: string; parts: { words: string; verdict: string }[] }) =>
    claim.parts.map(({ words, verdict }) => `${claim.place}: ${words}: ${verdict}`),
  );
  return { exit, result, parts, err };
}

describe('what a pull request says', () => {
  test('a false claim in a ticked box ends the check with 1; what is not ticked or in a comment is no claim', async () => {
    const body = '<!-- All tests pass. Lint is clean. -->\r\n- [x] All tests pass\r\n- [ ] Lint is clean\r\n';
    const made = aPullRequest({ tests: failing, body });
    const { exit, parts, result, err } = await checked(made);
    expect([exit, parts]).toEqual([1, ['body: All tests pass: contradicted']]);
    expect(result).toMatchObject({ version: 1, pullRequest: { number: 7, head: made.head }, unread: [] });
    expect(err).toContain('"All tests pass" is contradicted: 1 of 1 tests failed');
  });

  test('a true one with 0', async () => {
    const made = aPullRequest({ title: 'All tests pass', body: 'The file `sums.test.js` exists.' });
    expect(await checked(made)).toMatchObject({
      exit: 0,
      parts: ['title: All tests pass: supported', 'body: The file `sums.test.js` exists: supported'],
    });
  });

  test('what could not be checked never fails', async () => {
    const body = 'Tests pass. Lint is clean. It is deployed to https://127.0.0.1:9/x.';
    const { exit, parts } = await checked(aPullRequest({ tests: failing, body }));
    expect(exit).toBe(0);
    expect(parts.length).toBeGreaterThan(1);
  });

  test('nor does what a pull request shows by itself', async () => {
    const body = 'Everything is committed. I pushed it to origin/sums. It is merged into main.';
    const { exit, parts, result } = await checked(aPullRequest({ body }));
    expect([exit, parts]).toEqual([0, []]);
    expect(result.unread).toEqual(['body: what it says of commits, pushes and merges']);
  });

  test('nothing claimed: nothing runs', async () => {
    const { exit, parts, err } = await checked(aPullRequest({ tests: failing, title: 'Fix the sums', body: null }));
    expect([exit, parts, err]).toEqual([0, [], '']);
  });

  test('an honest failure is supported', async () => {
    const { exit, parts } = await checked(aPullRequest({ tests: failing, body: '1 of 1 tests still fails.' }));
    expect([exit, parts]).toEqual([0, [expect.stringMatching(/: supported$/)]]);
  });
});

describe("agents' last messages", () => {
  test('are checked, those of others are not', async () => {
    const said = 'fix: sums\n\nAll tests pass.';
    const agents = await checked(aPullRequest({ tests: failing, message: said + byClaude }));
    expect([agents.exit, agents.parts]).toEqual([1, ['commit: All tests pass: contradicted']]);
    expect(agents.result.claims[0].agent).toBe('claude-code');
    expect(await checked(aPullRequest({ tests: failing, message: said }))).toMatchObject({ exit: 0, parts: [] });
  });

  test('are about their own commit, and only the last one counts', async () => {
    const made = aPullRequest({ tests: failing, message: `fix: sums\n\nAll tests pass.${byClaude}` });
    const last = made.commit(`fix: sums\n\nAll tests pass.${byClaude}`, { 'sums.test.js': passing });
    const event = JSON.parse(JSON.stringify(pullRequestEvent({ head: last, base: made.git('rev-parse', 'main~1') })));
    const { exit, result } = await checked({ ...made, event: eventFile(event) });
    expect([exit, result.claims]).toEqual([0, [expect.objectContaining({ place: 'commit', commit: last })]]);
  });
});

describe('a checkout that lacks something', () => {
  test('the head: an error that says what to do', async () => {
    const { dir, event } = aPullRequest({ body: 'All tests pass.' });
    const other = JSON.parse(JSON.stringify(pullRequestEvent({ head: 'f'.repeat(40), base: 'e'.repeat(40) })));
    const { exit, err } = await world.factum(dir, ['pull-request', 'check', eventFile(other), '--trust']);
    expect([exit, err, event]).toEqual([2, expect.stringContaining('HEAD_MISSING'), expect.any(String)]);
  });

  test('the base: all but messages is checked', async () => {
    const made = aPullRequest({ body: 'All tests pass.' });
    const event = eventFile(pullRequestEvent({ head: made.head, base: 'e'.repeat(40), body: 'All tests pass.' }));
    const { exit, parts, result } = await checked({ ...made, event });
    expect([exit, parts]).toEqual([0, ['body: All tests pass: supported']]);
    expect(result.unread).toEqual([expect.stringContaining('fetch-depth: 0')]);
  });

  test('another commit is checked out: the head is looked at all the same', async () => {
    const made = aPullRequest({ tests: failing, body: 'All tests pass.' });
    made.git('checkout', '--quiet', '--detach', 'main~1');
    expect(await checked(made)).toMatchObject({ exit: 1, parts: ['body: All tests pass: contradicted'] });
  });
});

describe('hostile text', () => {
  test.each([
    ['a file that is none', 'no JSON', /EVENT_FILE.*expected JSON/s],
    ['an event of something else', '{"issue":{}}', /EVENT_FILE/],
    ['a head that is an option', '{"pull_request":{"head":{"sha":"--upload-pack=x"}}}', /EVENT_FILE/],
  ])('%s', async (_what, text, message) => {
    const { dir } = aPullRequest({});
    const path = join(room.dir, 'strange.json');
    writeFileSync(path, text);
    const { exit, err } = await world.factum(dir, ['pull-request', 'check', path, '--trust']);
    expect([exit, err]).toEqual([2, expect.stringMatching(message)]);
  });

  test('a body of 60,000 characters with controls is cut, and nothing of it reaches the terminal raw', async () => {
    const body = `\u001b[2JThe file \`\u202esums.test.js\` exists.\n\n${'All is well. '.repeat(5000)}`;
    const made = aPullRequest({ title: '--help', body });
    const { exit, out, err } = await world.factum(made.dir, ['pull-request', 'check', made.event, '--trust']);
    expect(exit).toBe(0);
    expect(out).toContain('not looked at  body: all after 16000 characters');
    expect(printable(`${out}${err}`)).toBe(`${out}${err}`);
  });
});
