import { expect, test } from 'vitest';
import { commandsIn, filledIn } from './readme.ts';

test('commands are read line by line, without remarks', () => {
  const readme = '# A\n\n```sh\n# first\nnpm ci && npm start\nfactum show <claim>   # all\n```\n\n```yaml\na: 1\n```\n';
  expect(commandsIn(readme)).toEqual(['npm ci && npm start', 'factum show <claim>']);
});

test('a README without commands is a failure', () => {
  expect(() => commandsIn('# A\n\nNo commands, and `npm ci` in a sentence is none.\n')).toThrow('no commands');
  expect(() => commandsIn('```sh\n# only a remark\n```\n')).toThrow('no commands');
});

test('a placeholder is filled in, and an unknown one is a failure', () => {
  expect(filledIn('factum show <claim>', { claim: 'a1' })).toBe('factum show a1');
  expect(() => filledIn('factum show <thing>', { claim: 'a1' })).toThrow('<thing>');
});
