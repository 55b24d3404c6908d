import { expect, test } from 'vitest';
import { testsClearlyNamed, testsNamed } from './local-run-names.ts';

const ids = [
  'src/parser.test.ts > parser > parses',
  'packages/core/a.test.ts > adds',
  'tests.test_a.TestK > test_m',
  'example.com/m/b > TestSub/bad',
  'src/parsers.test.ts > other',
  'PiProvider > connects',
];

test.each([
  ['parser', [0]],
  ['src/parser.test.ts', [0]],
  ['tests/test_a.py', [2]],
  ['tests/test_a.py::TestK', [2]],
  ['bun test packages/core/a.test.ts', [1]],
  ['example.com/m/b', [3]],
  ['Pi provider', [5]],
  ['pars', []],
  ['---', []],
] as const)('%s', (name, expected) => {
  const tests = ids.map((id) => ({ id }));
  expect(testsNamed([name], tests)).toEqual(expected.map((at) => ({ id: ids[at] })));
});

test.each([
  ['src/parser.test.ts > parser > parses', true],
  ['tests/parser.test.ts > parses', true],
  ['parser: reads numbers', true],
  ['tests.test_cli > test_parser_reads', true],
  ['example.com/m > TestParser/reads', true],
  ['src/printer.test.ts > printer > prints what the parser read', false],
  ['uses the parser', false],
])('clearly a parser test: %s', (id, expected) => {
  expect(testsClearlyNamed(['parser'], [{ id }])).toHaveLength(expected ? 1 : 0);
});
