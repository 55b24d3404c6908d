import { expect } from 'vitest';
import type { TestRepository } from '../repository.ts';
import type { aSuite } from './suite.ts';

/** A suite of one test, which passes, and one which fails. */
export const green = "require('node:test')('sum', () => {});";
export const red = "require('node:test')('sum', () => require('node:assert').equal(1, 2));";

/** Its user trusts the commands that are found in it. */
export async function aTrustedProject(
  { room, world }: ReturnType<typeof aSuite>,
  sum = green,
  more: Readonly<Record<string, string>> = {},
): Promise<TestRepository> {
  const repository = room.repository();
  repository.git('config', 'user.email', 'ada@example.org');
  repository.commit('one', {
    'package.json': '{ "scripts": { "test": "node --test" } }',
    'sum.test.js': sum,
    ...more,
  });
  const { exit, err } = await world.factum(repository.dir, ['trust']);
  expect(exit, err).toBe(0);
  return repository;
}
