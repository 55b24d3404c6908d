import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Files, localExamination, temporaryRepository } from '../../../test/local-ports.ts';
import { lacks } from '../../../test/needs.ts';
import { Look } from '../../core/claim/evidence.ts';
import type { Part } from '../../core/claim/part.ts';
import type { Examination } from '../../core/claim/verifier.ts';
import { verifierContract } from '../../testing/verifier-contract.ts';
import { testsPass } from './tests-pass.ts';

const junit = 'node --test --test-reporter=junit --test-reporter-destination={reports}/junit.xml';
const tap = 'node --test --test-reporter=tap';
const imports = "import test from 'node:test'; import assert from 'node:assert/strict';\n";
const passing = `${imports}test('adds', () => assert.equal(1 + 1, 2)); test('later', { skip: true }, () => {});`;
const failing = `${imports}test('adds', () => assert.equal(1 + 1, 3)); test('fine', () => {});`;

function goTest(body: string): string {
  return `package a\nimport "testing"\nfunc TestAdd(t *testing.T) { ${body} }\n`;
}

async function examinationOf(files: Files, command: string, part: Partial<Part> = {}) {
  return localExamination(temporaryRepository(files).dir, { command }, part);
}

async function look(examination: Examination<Record<string, unknown>>): Promise<Look> {
  const options = testsPass.options.parse(examination.options);
  return Look.parse(await testsPass.run({ ...examination, options }));
}

verifierContract({
  verifier: testsPass,
  supporting: () => examinationOf({ 'a.test.mjs': passing }, junit),
  refuting: () => examinationOf({ 'a.test.mjs': failing }, junit),
  dispensable: ['git', 'checkout'],
});

describe('tests-pass on real runs', () => {
  test('counts, skipped tests and artifacts are in the evidence', async () => {
    const seen = await look(await examinationOf({ 'a.test.mjs': passing }, junit, { expected: { passed: 7 } }));
    expect(seen).toMatchObject({
      outcome: 'supported',
      message: '1 test passed, 1 skipped (junit); the claim says 7 passed.',
      facts: { executed: 1, passed: 1, failed: 0, skipped: 1, exit: 0, format: 'junit' },
    });
    expect(seen.artifacts.map(({ name }) => name)).toEqual(['junit.xml', 'output.txt']);
  });

  test('fewer tests than the last accepted run are noted', async () => {
    const examination = await examinationOf({ 'a.test.mjs': passing }, junit);
    const before = await look(examination);
    const lastAccepted = { ...before, facts: { ...before.facts, executed: 15 } } as unknown as NonNullable<
      Examination<unknown>['lastAccepted']
    >;
    expect((await look({ ...examination, lastAccepted })).message).toContain(
      '14 tests fewer than the last accepted run',
    );
  });

  test('a missing module is no failure', async () => {
    const unloadable = `import 'no-such-package';\n${failing}`;
    for (const command of [junit, tap]) {
      const seen = await look(await examinationOf({ 'a.test.mjs': unloadable }, command));
      expect(seen, seen.message).toMatchObject({ outcome: 'inconclusive', facts: { executed: 0 } });
      expect(seen.message).toContain(command === tap ? 'a module could not be found' : 'could not be loaded');
    }
    const inside = `${imports}test('loads', async () => { await import('no-such-package'); });`;
    expect(await look(await examinationOf({ 'a.test.mjs': inside }, junit))).toMatchObject({ outcome: 'inconclusive' });
  });

  test('a port that somebody occupies is no failure; a test that only speaks of it is', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const listening = `${imports}import net from 'node:net';
      test('serves', (_, done) => { net.createServer().on('error', done).listen(${port}, '127.0.0.1', () => done()); });`;
    const seen = await look(await examinationOf({ 'a.test.mjs': listening }, junit));
    expect(seen).toMatchObject({ outcome: 'inconclusive' });
    expect(seen.message).toContain('a port is in use');

    const speaking = `${imports}test('handles EADDRINUSE', () => assert.equal('listen EADDRINUSE', 'other'));`;
    expect(await look(await examinationOf({ 'a.test.mjs': speaking }, junit))).toMatchObject({ outcome: 'refuted' });
  });

  test('a test that fails every other time is flaky, not refuted', async () => {
    const repository = temporaryRepository({});
    const state = join(repository.outside, 'runs');
    repository.commit({
      'a.test.mjs': `${imports}import { appendFileSync, readFileSync } from 'node:fs';
        appendFileSync(${JSON.stringify(state)}, 'x');
        test('every other', () => assert.equal(readFileSync(${JSON.stringify(state)}, 'utf8').length % 2, 0));`,
    });
    const seen = await look(await localExamination(repository.dir, { command: junit }));
    expect(seen, seen.message).toMatchObject({ outcome: 'inconclusive', facts: { flaky: true, runs: 2 } });
    expect(seen.message).toMatch(/flaky.*1 of 1 tests failed.*Second run: 1 test passed/s);
  });

  test('two runs in which different tests fail are flaky; one that fails in both is refuted', async () => {
    const repository = temporaryRepository({});
    const state = join(repository.outside, 'runs');
    const script = (always: boolean) => `${imports}import { appendFileSync, readFileSync } from 'node:fs';
      appendFileSync(${JSON.stringify(state)}, 'x');
      const odd = readFileSync(${JSON.stringify(state)}, 'utf8').length % 2 === 1;
      test('odd', () => assert.ok(odd)); test('even', () => assert.ok(!odd));
      test('steady', () => assert.ok(${!always}));`;
    repository.commit({ 'a.test.mjs': script(false) });
    expect(await look(await localExamination(repository.dir, { command: junit }))).toMatchObject({
      outcome: 'inconclusive',
    });
    repository.commit({ 'a.test.mjs': script(true) });
    const seen = await look(await localExamination(repository.dir, { command: junit }));
    expect(seen).toMatchObject({ outcome: 'refuted' });
    expect(seen.message).toContain('1 of the failures did not come back');
  });

  test('a tree that changes while it runs proves nothing', async () => {
    const writing = `${failing}\nimport { appendFileSync } from 'node:fs'; appendFileSync('generated.txt', 'x');`;
    const seen = await look(await examinationOf({ 'a.test.mjs': writing }, junit));
    expect(seen).toMatchObject({ outcome: 'inconclusive' });
    expect(seen.message).toMatch(/generated\.txt.*run\.isolation: worktree/);
  });

  test.each([`${tap} | cat`, `${tap} || true`, 'npm test'])('a failure hidden by %s is still seen', async (command) => {
    const script = JSON.stringify({ scripts: { test: `${tap} | tail -40` } });
    const seen = await look(await examinationOf({ 'a.test.mjs': failing, 'package.json': script }, command));
    expect(seen, seen.message).toMatchObject({ outcome: 'refuted', facts: { failed: 1 } });
  });

  test('a printed summary with failures under exit code 0 supports nothing and refutes nothing', async () => {
    const command = 'node --test --test-reporter=spec || true';
    const seen = await look(await examinationOf({ 'a.test.mjs': failing }, command));
    expect(seen, seen.message).toMatchObject({ outcome: 'inconclusive' });
    expect(seen.message).toContain('1 failed');
  });

  test('a green suite with a noisy log stays green', async () => {
    const noise = `${passing}\nconsole.log('error: FAILED\\nnot ok 1 - x\\n1..1\\nTests: 3 failed\\nECONNREFUSED Cannot find module "x"');`;
    for (const command of [junit, tap, 'node --test']) {
      const seen = await look(await examinationOf({ 'a.test.mjs': noise }, command));
      expect(seen, seen.message).toMatchObject({ outcome: 'supported' });
    }
  });

  test('a printed failing report of a tool that itself ends with 0 refutes nothing', async () => {
    const printing = "console.log('TAP version 13\\nnot ok 1 - planted\\n1..1');";
    expect(await look(await examinationOf({ 'a.mjs': printing }, 'node a.mjs'))).toMatchObject({
      outcome: 'inconclusive',
    });
  });

  test('zero tests are no support', async () => {
    for (const command of [junit, tap]) {
      const seen = await look(await examinationOf({ 'a.test.mjs': 'export {};' }, command));
      expect(seen, seen.message).toMatchObject({ outcome: 'inconclusive', facts: { executed: 0 } });
    }
  });

  test('a report of an earlier run is not read', async () => {
    const stale = '<testsuite><testcase classname="a" name="old"><failure message="old"/></testcase></testsuite>';
    const { dir } = temporaryRepository({ 'out/junit.xml': stale, '.gitignore': 'out\n' });
    const seen = await look(await localExamination(dir, { command: 'true', report: { paths: ['out/*.xml'] } }));
    expect(seen, seen.message).toMatchObject({ outcome: 'supported', facts: { strength: 'exit code only' } });
  });

  test.each([
    ['kill -9 $$', 'SIGKILL'],
    ['exit 1', 'no machine report'],
  ])('%s is inconclusive', async (command, why) => {
    const seen = await look(await examinationOf({}, command));
    expect(seen).toMatchObject({ outcome: 'inconclusive' });
    expect(seen.message).toContain(why);
  });

  test('a missing program is no failure', async () => {
    expect(await look(await examinationOf({}, 'no-such-program'))).toMatchObject({ outcome: 'error' });
  });

  test('green tests under a failing command are inconclusive', async () => {
    const seen = await look(await examinationOf({ 'a.test.mjs': passing }, `${junit}; exit 3`));
    expect(seen).toMatchObject({ outcome: 'inconclusive', facts: { exit: 3, failed: 0 } });
    expect(seen.message).toContain('coverage threshold');
  });

  test('a claim that does not say which tests it means is not refuted; one that admits failures is supported', async () => {
    const files = { 'a.test.mjs': failing };
    const unknown = await look(await examinationOf(files, junit, { scope: 'unknown' }));
    expect(unknown).toMatchObject({ outcome: 'inconclusive', facts: { failed: 1 } });
    expect(unknown.message).toContain('does not say which tests it means');
    const honest = await look(await examinationOf(files, junit, { expected: { failed: 3 } }));
    expect(honest).toMatchObject({ outcome: 'supported' });
    expect(honest.message).toContain('the claim says 3 failed');
  });

  test('a named subset is judged by its own tests', async () => {
    const files = { 'parser.test.mjs': passing, 'printer.test.mjs': failing };
    const named = async (...names: string[]) => look(await examinationOf(files, junit, { scope: 'named', names }));
    expect(await named('parser')).toMatchObject({ outcome: 'supported', facts: { executed: 1 } });
    expect(await named('printer.test.mjs')).toMatchObject({ outcome: 'refuted', facts: { executed: 2, failed: 1 } });
    const absent = await named('lexer');
    expect(absent).toMatchObject({ outcome: 'inconclusive', facts: { executed: 0 } });
    expect(absent.message).toContain('none of them is named lexer');
  });

  test('the merge base tells whether the failure is new', async () => {
    const files = { 'a.test.mjs': passing };
    const repository = temporaryRepository(files);
    repository.git('switch', '--quiet', '--create', 'work');
    repository.commit({ 'a.test.mjs': failing });
    const fresh = await look(await localExamination(repository.dir, { command: junit }));
    expect(fresh, fresh.message).toMatchObject({ outcome: 'refuted', facts: { alsoFailsAtBase: false } });
    expect(fresh.ran).toHaveLength(3);

    const old = temporaryRepository({ 'a.test.mjs': failing });
    old.git('switch', '--quiet', '--create', 'work');
    old.commit({ 'b.txt': 'b' });
    const known = await look(await localExamination(old.dir, { command: junit }));
    expect(known, known.message).toMatchObject({ outcome: 'refuted', facts: { alsoFailsAtBase: true } });
    expect(known.message).toMatch(/The same fails at the merge base \w{8} too/);
  });

  test('on the default branch there is no baseline, and without the option none is asked for', async () => {
    const { dir } = temporaryRepository({ 'a.test.mjs': failing });
    const none = await look(await localExamination(dir, { command: junit }));
    expect(none.skipped).toEqual([{ what: 'comparison with the merge base', why: 'the commit is on main itself' }]);
    expect((await look(await localExamination(dir, { command: junit, baseline: false }))).skipped).toEqual([]);
  });

  test('secrets in failing tests are neither shown nor kept', async () => {
    const secret = `ghp_${'a1B2'.repeat(9)}`;
    const leaking = `${imports}test('leaks', () => assert.equal('ghp_' + 'a1B2'.repeat(9), 'x'));`;
    const seen = await look(await examinationOf({ 'a.test.mjs': leaking }, junit));
    expect(seen).toMatchObject({ outcome: 'refuted' });
    expect(JSON.stringify(seen)).not.toContain(secret);
    expect(seen.message).toContain('[redacted]');
  });
});

describe.skipIf(lacks('pytest'))('pytest', () => {
  const bad = 'def test_bad():\n    assert 1 == 2\ndef test_good():\n    pass\n';
  const pytest = 'python3 -m pytest -p no:cacheprovider --junitxml={reports}/junit.xml';
  const files = { '.gitignore': '__pycache__\n', 'test_a.py': bad };

  test('a failing test refutes, by its XML and by its text', async () => {
    expect(await look(await examinationOf(files, pytest))).toMatchObject({
      outcome: 'refuted',
      facts: { format: 'junit' },
    });
    const text = await look(await examinationOf(files, 'python3 -m pytest -p no:cacheprovider'));
    expect(text, text.message).toMatchObject({ outcome: 'refuted', facts: { format: 'pytest', failed: 1 } });
  });

  test('failed collection, failed set-up, wrong usage and no tests do not', async () => {
    const setUp = 'import pytest\n@pytest.fixture\ndef db():\n    raise RuntimeError("x")\ndef test_a(db):\n    pass\n';
    const cases: readonly (readonly [Files, string])[] = [
      [{ ...files, 'test_b.py': 'import nothing_there\n' }, pytest],
      [{ '.gitignore': '__pycache__\n', 'test_a.py': setUp }, pytest],
      [files, `${pytest} --no-such-option`],
      [files, `${pytest} -k nothing_matches`],
    ];
    for (const [tree, command] of cases) {
      const seen = await look(await examinationOf(tree, command));
      expect(seen, seen.message).toMatchObject({ outcome: 'inconclusive' });
    }
  });
});

describe.skipIf(lacks('go'))('go', () => {
  const module = {
    'go.mod': 'module example.com/m\ngo 1.19\n',
    'a.go': 'package a\nfunc Add(x, y int) int { return x + y }\n',
  };
  const command = 'go test -json ./...';

  test('a failing test refutes; one that does not build does not', async () => {
    const failed = await look(await examinationOf({ ...module, 'a_test.go': goTest('t.Fatal(Add(1, 1))') }, command));
    expect(failed, failed.message).toMatchObject({ outcome: 'refuted', facts: { format: 'go-json', failed: 1 } });
    const unbuilt = await look(await examinationOf({ ...module, 'a_test.go': goTest('Missing()') }, command));
    expect(unbuilt, unbuilt.message).toMatchObject({ outcome: 'inconclusive' });
  });
});
