import { simpleWords } from './known-exits.ts';

/** Versions as `package.json` asks for them. */
export type Dependencies = Readonly<Record<string, string>>;

/** Arguments that make a script's test runner write a machine report; none where that is not certain to work. */
export function reporterArguments(script: string, dependencies: Dependencies): readonly string[] {
  const words = simpleWords(script);
  if (words === undefined || words.some((word) => /^--(?:test-)?reporters?\b|^--output|^--json|^--tap\b/i.test(word))) {
    return [];
  }
  const [program = '', ...rest] = words;
  const atLeast = (name: string, major: number) => (majorOf(dependencies[name]) ?? 0) >= major;
  switch (program) {
    case 'vitest':
      return atLeast('vitest', 1) ? vitest(rest) : [];
    case 'jest':
      return ['--json', '--outputFile={reports}/jest.json'];
    case 'react-scripts':
      return rest[0] === 'test' ? ['--watchAll=false', '--json', '--outputFile={reports}/jest.json'] : [];
    case 'mocha':
      // Mocha's own JSON is a dialect; its xunit reporter writes what JUnit readers read.
      return ['--reporter=xunit', '--reporter-option=output={reports}/mocha.xml'];
    case 'ava':
      return ['--tap'];
    case 'node':
      return endsInNodeTest(rest) ? nodeTest : [];
    default:
      return [];
  }
}

function vitest(rest: readonly string[]): readonly string[] {
  const command = rest.find((word) => !word.startsWith('-'));
  if (rest[0] === command && ['bench', 'list', 'init', 'related'].includes(command ?? '')) return [];
  const once = rest[0] === 'run' || rest.includes('--run');
  return [
    ...(once ? [] : ['--run']),
    '--reporter=default',
    '--reporter=json',
    '--outputFile.json={reports}/vitest.json',
  ];
}

const nodeTest = [
  '--test-reporter=spec',
  '--test-reporter-destination=stdout',
  '--test-reporter=tap',
  '--test-reporter-destination={reports}/node.tap',
] as const;

const takesAValue = new Set(['--import', '--require', '-r', '--loader', '--experimental-loader', '--conditions', '-C']);

/** Arguments after a file name belong to the file, so they can be added only where no file is named. */
function endsInNodeTest(rest: readonly string[]): boolean {
  const named = rest.some((word, index) => !word.startsWith('-') && !takesAValue.has(rest[index - 1] ?? ''));
  return rest.includes('--test') && !named;
}

/** `^3.2.4` -> 3; undefined for what names no number, such as `catalog:`. */
function majorOf(range: string | undefined): number | undefined {
  if (range === 'latest' || range === '*') return Infinity;
  const major = /^[~^>=v\s]*(\d+)/.exec(range ?? '')?.[1];
  return major === undefined ? undefined : Number(major);
}
