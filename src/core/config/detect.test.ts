import { describe, expect, test } from 'vitest';
import { detect, type DetectedCheck, detectSetup } from './detect.ts';

type Files = Readonly<Record<string, string>>;

function found(files: Files): readonly DetectedCheck[] {
  return detect(Object.keys(files), (path) => files[path]);
}

function commands(files: Files): Readonly<Record<string, unknown>> {
  return Object.fromEntries(found(files).map(({ kind, options }) => [kind, options['command']]));
}

function node(scripts: Files, rest: Readonly<Record<string, unknown>> = {}, others: Files = {}): Files {
  return { 'package.json': JSON.stringify({ scripts, ...rest }), ...others };
}

const vitest3 = { devDependencies: { vitest: '^3.2.4' } };
const vitestJson = '--reporter=default --reporter=json --outputFile.json={reports}/vitest.json';

describe('a test script that is one known runner writes a machine report', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['vitest run', vitest3, `npm test -- ${vitestJson}`],
    ['vitest', vitest3, `npm test -- --run ${vitestJson}`],
    ["vitest run --exclude '**/slow/**'", vitest3, `npm test -- ${vitestJson}`],
    ['NODE_ENV=test vitest run', vitest3, `npm test -- ${vitestJson}`],
    ['jest', {}, 'npm test -- --json --outputFile={reports}/jest.json'],
    ['mocha test/', {}, 'npm test -- --reporter=xunit --reporter-option=output={reports}/mocha.xml'],
    ['ava', {}, 'npm test -- --tap'],
    ['react-scripts test', {}, 'npm test -- --watchAll=false --json --outputFile={reports}/jest.json'],
  ])('%s', (script, rest, command) => {
    expect(commands(node({ test: script }, rest))['tests-pass']).toBe(command);
  });

  test('node --test takes reporters only where no file is named', () => {
    const tap = expect.stringContaining('--test-reporter-destination={reports}/node.tap');
    expect(commands(node({ test: 'node --test' }))['tests-pass']).toEqual(tap);
    expect(commands(node({ test: 'node --import tsx --test' }))['tests-pass']).toEqual(tap);
    expect(commands(node({ test: 'node --test test/a.js' }))['tests-pass']).toBe('npm test');
  });
});

describe('a test script that is more, or not certain, runs as it is', () => {
  test.each<[string, Record<string, unknown>]>([
    ['eslint . && vitest run', vitest3],
    ['vitest run | tee log', vitest3],
    ['vitest run', { devDependencies: { vitest: '^0.34.0' } }],
    ['vitest run', { devDependencies: { vitest: 'catalog:' } }],
    ['vitest run', {}],
    ['vitest run --reporter=dot', vitest3],
    ['vitest bench', vitest3],
    ['jest --json', {}],
    ['borp', {}],
    ['node test.js', {}],
    ['react-scripts start', {}],
  ])('%s', (script, rest) => {
    expect(commands(node({ test: script }, rest))['tests-pass']).toBe('npm test');
  });
});

describe('scripts that are no checks', () => {
  test.each([
    ["npm's placeholder", { test: 'echo "Error: no test specified" && exit 1' }],
    ['an empty one', { test: ' ' }],
    ['one that watches', { test: 'jest --watch' }],
    ['one that writes', { lint: 'eslint . --fix' }],
    ['one that calls factum', { test: 'vitest run && npx factum verify' }],
    ['one that calls factum by another', { test: 'npm run all', all: 'npm run proof', proof: 'factum verify' }],
    ['one that calls factum by a pattern', { test: 'run-s check:*', 'check:proof': 'factum verify' }],
    ['one that calls factum before it', { test: 'jest', pretest: 'factum check' }],
  ])('%s', (_name, scripts) => {
    expect(found(node(scripts as unknown as Files))).toEqual([]);
  });

  test('a script that has factum in a path is one', () => {
    expect(commands(node({ test: 'node --test factum-tests' }))['tests-pass']).toBe('npm test');
  });

  test.each(['not json', '[]', 'null', '{"scripts": 3}'])('package.json %s', (text) => {
    expect(found({ 'package.json': text })).toEqual([]);
  });
});

describe('package managers', () => {
  test.each<[string, Files, string, string]>([
    ['npm', { 'package-lock.json': '' }, `npm test -- ${vitestJson}`, 'npm ci'],
    ['pnpm', { 'pnpm-lock.yaml': '' }, `pnpm run test ${vitestJson}`, 'pnpm install --frozen-lockfile'],
    ['yarn', { 'yarn.lock': '# yarn lockfile v1' }, `yarn run test ${vitestJson}`, 'yarn install --frozen-lockfile'],
    ['yarn berry', { 'yarn.lock': '__metadata:\n' }, `yarn run test ${vitestJson}`, 'yarn install --immutable'],
    ['bun', { 'bun.lock': '' }, `bun run test ${vitestJson}`, 'bun install --frozen-lockfile'],
    ['none', {}, `npm test -- ${vitestJson}`, 'npm install --no-package-lock'],
  ])('%s', (_name, locks, command, setup) => {
    const files = node({ test: 'vitest run' }, vitest3, locks);
    expect(commands(files)['tests-pass']).toBe(command);
    expect(detectSetup(Object.keys(files), (path) => files[path])?.command).toBe(setup);
  });

  test('package.json itself has the last word', () => {
    const files = node({ build: 'tsc' }, { packageManager: 'pnpm@9.1.0' }, { 'yarn.lock': '' });
    expect(commands(files)['build-succeeds']).toBe('pnpm run build');
  });
});

describe('exit codes that say no', () => {
  test.each<[Files, readonly number[]]>([
    [{ lint: 'eslint .' }, [1]],
    [{ lint: 'npm run lint:js', 'lint:js': 'eslint' }, [1]],
    [{ lint: 'eslint . && prettier --check .' }, [1]],
    [{ lint: 'eslint . && ./own-linter' }, []],
    [{ lint: 'npm run lint' }, []],
    [{ lint: 'eslint . || true' }, []],
  ])('%j', (scripts, codes) => {
    expect(found(node(scripts))[0]?.options['no_exit_codes']).toEqual(codes);
  });
});

describe('other ecosystems', () => {
  test.each<[string, Files, Record<string, string>]>([
    [
      'Go',
      { 'go.mod': 'module example.org/a\n' },
      { 'tests-pass': 'go test -json ./...', 'build-succeeds': 'go build ./...', 'lint-clean': 'go vet ./...' },
    ],
    ['Go with a linter', { 'go.mod': '', '.golangci.yml': '' }, { 'lint-clean': 'golangci-lint run' }],
    ['Rust', { 'Cargo.toml': '[package]\n' }, { 'tests-pass': 'cargo test', 'build-succeeds': 'cargo build' }],
    [
      'Rust workspace',
      { 'Cargo.toml': '[workspace]\n', 'clippy.toml': '' },
      { 'tests-pass': 'cargo test --workspace', 'lint-clean': 'cargo clippy --workspace -- -D warnings' },
    ],
    ['pytest.ini', { 'pytest.ini': '' }, { 'tests-pass': 'pytest --junitxml={reports}/pytest.xml' }],
    [
      'pyproject',
      { 'pyproject.toml': '[tool.pytest.ini_options]\n[tool.ruff]\n', 'uv.lock': '' },
      { 'tests-pass': 'uv run pytest --junitxml={reports}/pytest.xml', 'lint-clean': 'uv run ruff check .' },
    ],
    [
      'setup.cfg',
      { 'setup.cfg': '[tool:pytest]\n[mypy]\nfiles = src\n' },
      { 'tests-pass': 'pytest --junitxml={reports}/pytest.xml', 'types-check': 'mypy' },
    ],
    ['tox', { 'tox.ini': '[tox]\n[testenv]\ncommands = nose\n' }, { 'tests-pass': 'tox' }],
    [
      'tox with pytest',
      { 'tox.ini': '[tox]\n[testenv]\ncommands = pytest -x\n' },
      { 'tests-pass': 'pytest --junitxml={reports}/pytest.xml' },
    ],
    [
      'Makefile',
      { Makefile: 'CC := gcc\n.PHONY: test\nbuild test: dep\n\techo\nlint:\n\tl\n' },
      { 'tests-pass': 'make test', 'build-succeeds': 'make build', 'lint-clean': 'make lint' },
    ],
    ['Makefile check', { Makefile: 'check:\n\t./t\n' }, { 'tests-pass': 'make check' }],
    ['Makefile that calls factum', { Makefile: 'test:\n\tfactum verify\nlint:\n\tl\n' }, { 'lint-clean': 'make lint' }],
    ['Gradle', { 'build.gradle.kts': '', gradlew: '' }, { 'tests-pass': './gradlew cleanTest test' }],
    ['Maven', { 'pom.xml': '' }, { 'tests-pass': 'mvn -B test' }],
    ['Mix', { 'mix.exs': '' }, { 'tests-pass': 'mix test', 'build-succeeds': 'mix compile' }],
    [
      'RSpec',
      { Gemfile: "gem 'rspec'\n", '.rubocop.yml': '' },
      { 'tests-pass': 'bundle exec rspec', 'lint-clean': 'bundle exec rubocop' },
    ],
    [
      'RSpec with JUnit',
      { Gemfile: "gem 'rspec-rails'\ngem 'rspec_junit_formatter'\n" },
      { 'tests-pass': 'bundle exec rspec --format progress --format RspecJunitFormatter --out {reports}/rspec.xml' },
    ],
    ['Rails', { Gemfile: "gem 'rails'\n", 'bin/rails': '' }, { 'tests-pass': 'bin/rails test' }],
    [
      'ctest',
      { 'CMakeLists.txt': 'include(CTest)\n', '.gitignore': '/build/\n' },
      {
        'tests-pass':
          'cmake -S . -B build && cmake --build build && ctest --test-dir build --output-on-failure --output-junit {reports}/ctest.xml',
      },
    ],
    [
      'CMake without tests',
      { 'CMakeLists.txt': '', '.gitignore': 'out\n' },
      { 'build-succeeds': 'cmake -S . -B out && cmake --build out' },
    ],
    ['Deno tasks', { 'deno.json': '{"tasks": {"test": "deno test"}}' }, { 'tests-pass': 'deno task test' }],
    [
      'Deno tests',
      { 'deno.json': '{}', 'a_test.ts': '' },
      { 'tests-pass': 'deno test --junit-path={reports}/deno.xml' },
    ],
  ])('%s', (_name, files, expected) => {
    expect(commands(files)).toMatchObject(expected);
  });

  test('a folder that is not ignored is not built in', () => {
    expect(commands({ 'CMakeLists.txt': '' })['build-succeeds']).toContain('mktemp -d');
  });

  test('a Makefile fills in only what nothing else says', () => {
    const files = { 'go.mod': '', Makefile: 'test:\n\tx\n' };
    expect(
      found(files)
        .filter(({ kind }) => kind === 'tests-pass')
        .map(({ because }) => because),
    ).toEqual(['go.mod']);
  });

  test('nothing is found in nothing', () => {
    expect(found({ 'README.md': 'npm test' })).toEqual([]);
    expect(detectSetup([], () => undefined)).toBeUndefined();
  });

  test.each<[string, Files, string]>([
    ['a project', { 'setup.py': '', 'pytest.ini': '' }, '-e . pytest'],
    [
      'one that names what its tests need',
      {
        'pyproject.toml':
          '[project]\n[project.optional-dependencies]\ndocs = ["a"]\ntest = ["a"]\n[tool.pytest.ini_options]\n[tool.ruff]\n',
      },
      "-e '.[test]' pytest ruff",
    ],
    [
      'one that has tests elsewhere',
      { 'pyproject.toml': '[project.optional-dependencies]\ndocs = []\n[tool.x]\ntest = 1\n[build-system]\n' },
      '-e .',
    ],
    ['requirements', { 'requirements.txt': '' }, '-r requirements.txt'],
  ])('Python is set up in an environment of the checkout’s own: %s', (_name, files, installed) => {
    expect(detectSetup(Object.keys(files), (path) => files[path])?.command).toBe(
      `python3 -m venv .venv && .venv/bin/pip install ${installed}`,
    );
  });

  test('set-ups of several ecosystems are joined', () => {
    const files: Files = { 'go.mod': '', ...node({}, {}, { 'package-lock.json': '' }) };
    expect(detectSetup(Object.keys(files), (path) => files[path])).toEqual({
      command: 'npm ci && go mod download',
      because: 'package-lock.json; go.mod',
    });
  });
});

test('the reason names the file and what it says', () => {
  expect(found(node({ test: 'vitest run' }))[0]?.because).toBe('package.json: scripts.test is "vitest run"');
});
