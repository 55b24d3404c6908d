import { extract } from '../src/core/claim/extract/extract.ts';
import { sentences } from '../test/extraction/sentences.ts';
import { promised } from './promise.ts';

/** Extraction reads over 1 MB/s of processor time, worst inputs included. Prints MB/s and the ratio to a bare pass over the text. */
const bytes = 1_000_000;
const rounds = 3;
const prose = 'The parser reads one token at a time and keeps a small cache in memory, which is shared. ';
const inputs: Readonly<Record<string, string>> = {
  'labelled, no claims': filled(
    sentences
      .filter(([statement, parts]) => parts === undefined && !/```|~~~/.test(statement))
      .map(([statement]) => `${statement}\n\n`)
      .join(''),
  ),
  prose: filled(prose),
  'claims under "if"': filled('if all tests pass, lint is clean and the build succeeds. '),
  'one endless sentence': filled('all tests pass, '),
  'long sentences of nouns': filled(`${'tests lint build types '.repeat(35)}. `),
  'long sentences of verbs': filled(`${'and i added `a` to '.repeat(25)}. `),
  'open code spans': filled('` `` ``` '),
  'open brackets': filled('[a](b '),
  'open quotation marks': filled(" '"),
  'no blanks': filled('a.b:1/'),
  'blank lines': filled('\n'),
};

let slowest = Number.POSITIVE_INFINITY;
console.log('input                      MB/s   x bare pass');
for (const [name, text] of Object.entries(inputs)) {
  const bare = fastest(() => barePass(text));
  const read = fastest(() => extract(text).length);
  slowest = Math.min(slowest, bytes / 1e6 / (read / 1000));
  console.log(
    `${name.padEnd(24)} ${(bytes / 1e6 / (read / 1000)).toFixed(1).padStart(6)} ${(read / bare).toFixed(0).padStart(10)}`,
  );
}

promised({ what: 'extraction, slowest input', measured: slowest, unit: 'MB/s', bound: 'at least', value: 1 });

function filled(piece: string): string {
  return piece.repeat(Math.ceil(bytes / piece.length)).slice(0, bytes);
}

function barePass(text: string): number {
  let sum = 0;
  for (let index = 0; index < text.length; index++) sum = (sum + text.charCodeAt(index)) | 0;
  return sum;
}

function fastest(run: () => number): number {
  const times = Array.from({ length: rounds }, () => {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}
