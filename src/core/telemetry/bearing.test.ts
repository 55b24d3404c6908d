import { expect, test } from 'vitest';
import type { PartKind } from '../claim/part.ts';
import { bearingOn, hidesCheck } from './bearing.ts';
import type { Lead } from './lead.ts';

const occurredAt = '2026-01-02T03:04:00.000Z';

function ran(command: string, fields: Partial<Lead> = {}): Lead {
  return { id: command, agent: 'claude-code', session: 's1', tool: 'Bash', command, occurredAt, ...fields };
}

const leads: readonly Lead[] = [
  ran('ls -la'),
  ran('cd web && npm test 2>&1 | tail -5'),
  ran('npm run lint'),
  ran('npm run verify'),
  ran('git commit -m "fix"', { commit: '3f2a1b9' }),
  ran('git push origin main'),
  { id: 'e', agent: 'claude-code', session: 's1', tool: 'Edit', writes: ['src/a.ts'], occurredAt },
];

test.each<readonly [PartKind, readonly (string | undefined)[]]>([
  ['tests-pass', ['cd web && npm test 2>&1 | tail -5', 'npm run verify']],
  ['lint-clean', ['npm run lint', 'npm run verify']],
  ['committed', ['git commit -m "fix"']],
  ['pushed', ['git commit -m "fix"', 'git push origin main']],
  ['change-made', ['git commit -m "fix"', undefined]],
  ['page-renders', []],
])('of %s', (kind, commands) => {
  expect(bearingOn([kind], leads).map(({ command }) => command)).toEqual(commands);
});

test('of several parts, each once and in their order', () => {
  expect(bearingOn(['committed', 'pushed', 'tests-pass'], leads).map(({ id }) => id)).toEqual([
    'cd web && npm test 2>&1 | tail -5',
    'npm run verify',
    'git commit -m "fix"',
    'git push origin main',
  ]);
});

test.each([
  ['npm test', false],
  ['cd web && npm test', false],
  ['set -o pipefail; npm test | tail -5', false],
  ['npm test 2>&1 | tail -5', true],
  ['npm run lint | tail', true],
  ['npm test || true', true],
  ['npm test; echo done', true],
  ['ls | head', false],
])('that `%s` succeeded hides how its check went: %s', (command, hides) => {
  expect(hidesCheck(ran(command, { succeeded: true }))).toBe(hides);
  expect(hidesCheck(ran(command, { succeeded: false }))).toBe(false);
});
