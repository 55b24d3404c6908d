import type { DetectedCheck } from '../detect.ts';
import { succeeds, testsPass } from './detected.ts';
import { firstOf, has, type Listing, type SetupCommand } from './listing.ts';

export function pythonChecks(listing: Listing): readonly DetectedCheck[] {
  return [...testChecks(listing), ...lintChecks(listing), ...typeChecks(listing)];
}

export function pythonSetup(listing: Listing): readonly SetupCommand[] {
  if (listing.files.has('uv.lock')) return [{ command: 'uv sync --frozen', because: 'uv.lock' }];
  if (listing.files.has('poetry.lock')) return [{ command: 'poetry install', because: 'poetry.lock' }];
  if (listing.files.has('pdm.lock')) return [{ command: 'pdm sync', because: 'pdm.lock' }];
  const project = listing.files.has('setup.py') || has(listing, 'pyproject.toml', /^\[(?:project|build-system)\]/m);
  if (project)
    return [ownEnvironment(listing, `-e ${withTests(listing)}`, firstOf(listing, 'pyproject.toml', 'setup.py'))];
  return listing.files.has('requirements.txt')
    ? [ownEnvironment(listing, '-r requirements.txt', 'requirements.txt')]
    : [];
}

/** Pip alone would write into the user's environment, and leave there the path of a checkout that is removed. */
function ownEnvironment(listing: Listing, what: string, because = ''): SetupCommand {
  const programs = pythonChecks(listing).map(({ options }) => String(options['command']).split(' ', 1)[0]);
  const all = [what, ...new Set(programs)].join(' ');
  return { command: `python3 -m venv .venv && .venv/bin/pip install ${all}`, because };
}

/** With what its tests need, where the project names that. */
function withTests({ read }: Listing): string {
  const extras = /^\[project\.optional-dependencies\]\n(?<lines>(?:(?!\[).*\n?)*)/m.exec(read('pyproject.toml') ?? '');
  const extra = /^(?:tests?|testing|dev)(?=\s*=)/m.exec(extras?.groups?.['lines'] ?? '');
  return extra === null ? '.' : `'.[${extra[0]}]'`;
}

/** Programs of the project's own environment, by the tool that keeps it. */
function inEnvironment(listing: Listing, command: string): string {
  if (listing.files.has('uv.lock')) return `uv run ${command}`;
  if (listing.files.has('poetry.lock')) return `poetry run ${command}`;
  if (listing.files.has('pdm.lock')) return `pdm run ${command}`;
  return command;
}

/** Marks that a project's tests are run by pytest. */
const pytestMarks: readonly (readonly [path: string, pattern: RegExp, because: string])[] = [
  ['pytest.ini', /^/, 'pytest.ini'],
  ['pyproject.toml', /^\[tool\.pytest/m, 'pyproject.toml: [tool.pytest]'],
  ['setup.cfg', /^\[tool:pytest\]/m, 'setup.cfg: [tool:pytest]'],
  ['tox.ini', /^\[pytest\]/m, 'tox.ini: [pytest]'],
  ['conftest.py', /^/, 'conftest.py'],
  ['tests/conftest.py', /^/, 'tests/conftest.py'],
  ['tox.ini', /^\s*(?:commands\s*=\s*)?(?:python -m )?pytest\b/m, 'tox.ini: commands run pytest'],
  ['pyproject.toml', /^\s*(?:["']pytest\b|pytest\s*=)/m, 'pyproject.toml: depends on pytest'],
];

function testChecks(listing: Listing): readonly DetectedCheck[] {
  const mark = pytestMarks.find(([path, pattern]) => has(listing, path, pattern));
  if (mark !== undefined) {
    return [testsPass(inEnvironment(listing, 'pytest --junitxml={reports}/pytest.xml'), mark[2])];
  }
  return has(listing, 'tox.ini', /^\[tox\]/m) ? [testsPass('tox', 'tox.ini: [tox]')] : [];
}

function lintChecks(listing: Listing): readonly DetectedCheck[] {
  const own = firstOf(listing, 'ruff.toml', '.ruff.toml');
  const because = own ?? (has(listing, 'pyproject.toml', /^\[tool\.ruff/m) ? 'pyproject.toml: [tool.ruff]' : undefined);
  return because === undefined ? [] : [succeeds('lint-clean', inEnvironment(listing, 'ruff check .'), because, [1])];
}

/** Mypy without arguments works only where its configuration names what to check. */
function typeChecks(listing: Listing): readonly DetectedCheck[] {
  const named = /^\[(?:tool\.)?mypy\][^[]*^(?:files|packages|modules)\s*=/m;
  const path = ['mypy.ini', '.mypy.ini', 'pyproject.toml', 'setup.cfg'].find((name) => has(listing, name, named));
  if (path === undefined) return [];
  return [succeeds('types-check', inEnvironment(listing, 'mypy'), `${path}: mypy names what to check`, [1])];
}
