import { describe, expect, test } from 'vitest';
import { meantByRun, sameToolAs } from './named-tool.ts';
import type { Part } from './part.ts';
import type { Seen, WorkspaceFile } from '../ports.ts';

const workspace = { dir: '/work', tree: '', place: 'in-place' } as const;
const files: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    scripts: { lint: 'npm run lint:js && prettier -c .', 'lint:js': 'eslint src', test: 'vitest run', build: 'tsc -b' },
  }),
  Makefile: 'lint: vet\n\t@echo ok\n\nvet:\n\t@go vet ./...\n\ncheck:\n\tgolangci-lint run\n',
};

function file(text: string): WorkspaceFile {
  return { path: '', text, sha256: '', bytes: text.length, utf8: true };
}

function readFile(_: unknown, path: string): Promise<Seen<WorkspaceFile | undefined>> {
  const text = files[path];
  return Promise.resolve({ ok: true, value: text === undefined ? undefined : file(text) });
}

async function isSame(command: string, named: string, shown = ''): Promise<boolean> {
  return (await sameToolAs(command, workspace, { readFile }))(named, shown);
}

describe('the same tool', () => {
  test.each([
    ['npm run lint', 'npm run lint'],
    ['npm run lint', 'pnpm lint'],
    ['npm run lint', 'eslint'],
    ['npm run lint', 'npx eslint .'],
    ['npm run lint', 'prettier'],
    ['npx eslint .', 'npm run lint'],
    ['npm test -- --reporter=json', 'npx vitest run'],
    ['npm test -- --reporter=json', 'npm run test'],
    ['npm run build', 'tsc'],
    ['make lint', 'go vet'],
    ['go vet ./...', 'make lint'],
    ['go vet ./...', 'go vet'],
    ['golangci-lint run', 'golangci-lint'],
    ['cargo clippy --workspace -- -D warnings', 'clippy'],
    ['cargo clippy', 'cargo clippy -- -D warnings'],
    ['python3 -m pytest', 'pytest -q'],
    ['uv run mypy .', 'mypy --strict .'],
    ['./node_modules/.bin/tsc -p .', 'tsc --noEmit'],
  ])('%s and %s', async (command, named) => expect(await isSame(command, named)).toBe(true));

  test.each([
    ['go vet ./...', 'golangci-lint run'],
    ['go vet ./...', 'make check'],
    ['go vet ./...', 'go build ./...'],
    ['make lint', 'npm run lint'],
    ['make lint', 'golangci-lint'],
    ['npm run lint', 'biome'],
    ['npm run lint', 'tsc'],
    ['npm run build', 'npm run build:docs'],
    ['flake8', 'ruff check .'],
  ])('not %s and %s', async (command, named) => expect(await isSame(command, named)).toBe(false));

  test('what a run prints shows what ran', async () => {
    expect(await isSame('./check.sh', 'golangci-lint', '+ golangci-lint run\n')).toBe(true);
    expect(await isSame('./check.sh', 'npm run lint', '> web@1.0.0 lint\n> eslint .\n')).toBe(true);
  });
});

test.each([
  ['npm test', 'npm test -- --reporter=json', 'all'],
  ['go test ./...', 'go test -json ./...', 'all'],
  ['pytest', 'pytest --junitxml={reports}/pytest.xml', 'all'],
  ['go test', 'go test -json ./...', 'unknown'],
  ['cargo test', 'cargo test --workspace', 'unknown'],
  ['npx vitest run', 'npm test', 'unknown'],
  ['go test -short ./...', 'go test -json ./...', 'unknown'],
  ['pytest tests/a.py', 'pytest', 'named'],
  ['vitest run src/a.test.ts', 'vitest run', 'named'],
  ['parser', 'npm test', 'named'],
])('%s, where %s ran, is %s', (name, command, scope) => {
  const part: Part = { id: 'p1', kind: 'tests-pass', scope: 'named', names: [name], options: {} };
  expect(meantByRun(part, command, () => true).scope).toBe(scope);
  expect(meantByRun(part, command, () => false)).toEqual(part);
});
