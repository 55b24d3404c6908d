import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deedOf } from './program.ts';
import { stepsOf } from './shell.ts';

const words = (command: string) => stepsOf(command).map((step) => step.words.join(' '));

test.each<[string, string[]]>([
  ['npm test', ['npm test']],
  ['cd web && CI=1 npx vitest run 2>&1 | tail -5', ['cd web', 'vitest run']],
  [`bash -lc 'cargo test --all'`, ['cargo test --all']],
  ['rtk test bun run test 2>&1', ['bun run test']],
  ['timeout 60 uv run pytest -q; echo $?', ['pytest -q', 'echo $?']],
  ['docker compose exec -T app php artisan test', ['php artisan test']],
  ['docker run --rm -v "$PWD":/app -w /app node:22 npm test', ['npm test']],
  ['docker compose exec -T -e CI=1 app npm test', ['npm test']],
  ['ssh ci@host "cd app && npm test" | tail', ['cd app', 'npm test']],
  ['ssh -p 22 host npm test', ['npm test']],
  ['kubectl exec pod -- npm test', ['npm test']],
  ['nix develop -c cargo test', ['cargo test']],
  ['powershell.exe -NoProfile -Command npm test', ['npm test']],
  [`cd web && bash -c 'npm ci; npm test'`, ['cd web', 'npm ci', 'npm test']],
  ['conda run -n env pytest -q', ['pytest -q']],
  ['./vendor/bin/phpunit tests', ['phpunit tests']],
  [`cat > a.py <<'EOF'\nnpm test && rm -rf /\nEOF\npytest`, ['cat', 'pytest']],
  ['git commit -m "run npm test; done"', ['git commit -m run npm test; done']],
  ['(cd a && go test ./...)', ['cd a', 'go test ./...)']],
])('%s', (command, expected) => {
  expect(words(command)).toEqual(expected);
});

test('pipes, redirections and what follows are kept', () => {
  expect(stepsOf('make test 2>&1 | tee out.log | tail && echo ok || true')[0]).toMatchObject({
    piped: ['tee', 'tail'],
    joint: 'and',
    into: ['out.log'],
  });
  expect(stepsOf(`ssh host "npm test | grep x" | tail`)[0]).toMatchObject({ piped: ['grep', 'tail'], joint: 'end' });
  expect(stepsOf('echo x > src/a.ts')[0]).toMatchObject({ into: ['src/a.ts'], joint: 'end' });
});

test('any text is read, and quickly', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (text) => {
      expect(stepsOf(text)).toBeInstanceOf(Array);
    }),
  );
  for (const text of [
    '"'.repeat(20_000),
    `$(${'('.repeat(19_000)}`,
    'a && '.repeat(4000),
    `${'\\'.repeat(19_999)}`,
    `'a`.repeat(9000),
  ])
    expect(stepsOf(text)).toBeInstanceOf(Array);
});

test.each<[string, object]>([
  ['bun run test', { does: 'check', kind: 'tests-pass' }],
  ['pnpm -r test', { does: 'check', kind: 'tests-pass' }],
  ['pnpm --filter web test:unit', { does: 'check', kind: 'tests-pass' }],
  ['npm run lint:fix', { does: 'check', kind: 'lint-clean', fixes: true }],
  ['npm install vitest', { does: 'unknown' }],
  ['go test -c ./pkg', { does: 'check', kind: 'build-succeeds' }],
  ['go test ./... -count=1', { does: 'check', kind: 'tests-pass' }],
  ['python3 -m pytest tests', { does: 'check', kind: 'tests-pass' }],
  ['python3 /tmp/test_copy.py', { does: 'unknown' }],
  ['python3 -c import test', { does: 'unknown' }],
  ['./scripts/run-tests.sh', { does: 'check', kind: 'tests-pass' }],
  ['mise run test', { does: 'check', kind: 'tests-pass' }],
  ['grep -rn test src', { does: 'look' }],
  ['gofmt -l .', { does: 'look' }],
  ['gofmt -w .', { does: 'format' }],
  ['prettier --write src', { does: 'format' }],
  ['sed -i s/a/b/ src/a.ts', { does: 'edit', paths: ['src/a.ts'] }],
  ['chmod +x run.sh', { does: 'look' }],
  ['sed -n 1,5p src/a.ts', { does: 'look' }],
  ['git apply fix.patch', { does: 'edit' }],
  ['git stash', { does: 'switch' }],
  ['git status', { does: 'look' }],
  ['git -C sub commit -m x', { does: 'commit' }],
  ['vitest --version', { does: 'unknown' }],
  ['npm run verify', { does: 'checks' }],
  ['tox', { does: 'checks' }],
  ['deno test -A', { does: 'check', fixes: false }],
  ['rubocop -A', { does: 'check', fixes: true }],
  ['nx run-many -t test', { does: 'check', kind: 'tests-pass' }],
  ['Invoke-Pester', { does: 'check', kind: 'tests-pass' }],
  ['Get-Content out.log', { does: 'look' }],
  ['Set-Content src/a.ts x', { does: 'edit', paths: ['src/a.ts'] }],
])('%s does what it does', (command, expected) => {
  expect(deedOf(stepsOf(command)[0]?.words ?? [])).toMatchObject(expected);
});
