import { expect, test } from 'vitest';
import { replitFactsIn } from './replit.ts';

const id = '4b86c795-c1c6-48db-8b13-2c1a0f137828';
const sha = 'c9ab2f564d28d17927383ddec33f50ebd3d3fec9';

test('every trailer is a fact of its own', () => {
  expect(
    replitFactsIn([
      { key: 'replit-commit-author', value: 'Agent' },
      { key: 'replit-commit-session-id', value: id },
      { key: 'replit-commit-checkpoint-type', value: 'full_checkpoint' },
      { key: 'replit-commit-event-id', value: id.toUpperCase() },
      { key: 'replit-commit-screenshot-url', value: 'https://storage.example/one.jpg' },
      { key: 'replit-helium-checkpoint-created', value: 'true' },
      { key: 'replit-restored-to', value: sha },
      { key: 'replit-commit-deployment-build-id', value: id },
    ]),
  ).toEqual({
    madeBy: 'agent',
    session: id,
    checkpoint: 'full',
    event: id,
    screenshot: 'https://storage.example/one.jpg',
    database: true,
    restoredTo: sha,
    deployment: id,
  });
});

test.each([
  ['replit-commit-author', 'Ada'],
  ['replit-commit-author', 'Agent Smith'],
  ['replit-commit-session-id', 'session 4'],
  ['replit-commit-checkpoint-type', 'full'],
  ['replit-commit-checkpoint-type', 'full_checkpoint, of sorts'],
  ['replit-commit-screenshot-url', 'http://storage.example/one.jpg'],
  ['replit-helium-checkpoint-created', 'false'],
  ['replit-restored-to', sha.slice(0, 10)],
  ['replit-restored-to', `${sha}0`],
  ['replit-restored-to', 'HEAD~1'],
  ['restored-to', sha],
  ['replit-commit-deployment-build-id', 'latest'],
])('%s: %s is none', (key, value) => {
  expect(replitFactsIn([{ key, value }])).toBeUndefined();
});

test('what a squash repeats is known where it is the same, and not where it differs', () => {
  const other = id.replace('4', '5');
  expect(
    replitFactsIn([
      { key: 'replit-commit-author', value: 'Agent' },
      { key: 'replit-commit-session-id', value: id },
      { key: 'replit-commit-author', value: 'Agent' },
      { key: 'replit-commit-session-id', value: other },
    ]),
  ).toEqual({ madeBy: 'agent' });
});
