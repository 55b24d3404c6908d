import { expect, test } from 'vitest';
import { Config } from './config.ts';
import { defaultConfig } from './default-config.ts';

test('what is written out is what the schema fills in', () => {
  expect(defaultConfig('My Repository')).toStrictEqual(Config.parse({ version: 1, pods: [{ id: 'my-repository' }] }));
});
