import { expect, test } from 'vitest';
import { commandSucceeds, noExitCodes } from './command-succeeds.ts';

test.each([
  ['tsc -p .', [1, 2]],
  ['npx tsc --noEmit', [1, 2]],
  ['npx --yes eslint .', [1]],
  ['node_modules/.bin/oxlint', [1]],
  ['RUSTFLAGS=-Dwarnings cargo build', [101]],
  ['go vet ./...', [1, 2]],
  ['make lint', [2]],
  ['npx stylelint src', [2]],
  ['pylint src', [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30]],
  ['npm run lint', [1]],
  ['./check.sh', [1]],
] as const)('%s says no with %j', (command, codes) => {
  expect(noExitCodes(command)).toEqual(codes);
});

test('options are checked', () => {
  const { options } = commandSucceeds;
  expect(options.safeParse({ command: 'x', timeout: '90s', env: { A: '1' } }).success).toBe(true);
  for (const wrong of [
    {},
    { command: '' },
    { command: 'x', timeout: '90' },
    { command: 'x', env: { 'A;B': '1' } },
    { command: 'x', no_exit_codes: [0] },
  ]) {
    expect(options.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
  }
});
