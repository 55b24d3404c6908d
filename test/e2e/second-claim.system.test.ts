import { expect, test } from 'vitest';
import { aSuite } from '../make/suite.ts';

// What supports one claim must not stand for another that says more.

const { room, world } = aSuite();

test.each(['The parser tests pass.', '1 of 2 tests still fails.'])(
  '"%s" is supported, and "All tests pass." on the same tree is contradicted',
  async (first) => {
    const repository = room.repository();
    repository.git('config', 'user.email', 'ada@example.org');
    repository.commit('one', {
      'package.json': '{ "scripts": { "test": "node --test" } }',
      'parser.test.js': "require('node:test')('parser', () => {});",
      'other.test.js': "require('node:test')('other', () => require('node:assert').equal(1, 2));",
    });
    for (const words of [first, 'All tests pass.']) {
      const { exit, err } = await world.factum(repository.dir, ['claim', words]);
      expect(exit, err).toBe(0);
      await world.factum(repository.dir, ['verify', '--trust']);
    }
    const { out } = await world.factum(repository.dir, ['verify', '--trust']);
    expect(out).toMatch(/✗ contradicted {2}All tests pass\./);
    expect(out).toContain(`✓ supported     ${first}`);
  },
  120_000,
);
