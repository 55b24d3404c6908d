import { expect, test } from 'vitest';
import { inOwnEnvironment, rebased, variablesFor } from './variables.ts';

test('only what is allowed or passed by name, and never a terminal', () => {
  const inherited = {
    PATH: '/bin',
    LC_ALL: 'C',
    TERM: 'xterm',
    CI: 'true',
    NPM_TOKEN: 'x',
    DB: 'y',
    BASH_ENV: '/evil',
  };
  expect(variablesFor(inherited, ['DB', 'NOT_SET'])).toEqual({
    CI: 'true',
    DB: 'y',
    LC_ALL: 'C',
    PATH: '/bin',
    TERM: 'dumb',
  });
});

test('the order of the caller’s variables makes no difference', () => {
  const one = variablesFor({ PATH: '/bin', HOME: '/home/a' }, []);
  const two = variablesFor({ HOME: '/home/a', PATH: '/bin' }, []);
  expect(JSON.stringify(one)).toBe(JSON.stringify(two));
});

test('paths into the working tree lead into the checkout, and only those', () => {
  const variables = {
    PATH: '/repo/node_modules/.bin:/usr/bin:/repository/bin:/repo',
    HOME: '/home/a',
    VIRTUAL_ENV: '/repo/.venv',
  };
  expect(rebased(variables, '/repo', '/tmp/checkout')).toEqual({
    PATH: '/tmp/checkout/node_modules/.bin:/usr/bin:/repository/bin:/tmp/checkout',
    HOME: '/home/a',
    VIRTUAL_ENV: '/tmp/checkout/.venv',
  });
});

test('a checkout’s own virtual environment comes first, and no installer is told of another one', () => {
  const elsewhere = { HOME: '/home/a', PATH: '/home/a/venv/bin', VIRTUAL_ENV: '/home/a/venv', CONDA_PREFIX: '/conda' };
  expect(inOwnEnvironment(elsewhere, '/checkout')).toEqual({
    HOME: '/home/a',
    PATH: '/checkout/.venv/bin:/home/a/venv/bin',
  });
  const own = { VIRTUAL_ENV: '/checkout/.venv' };
  expect(inOwnEnvironment(own, '/checkout')).toEqual(own);
});
