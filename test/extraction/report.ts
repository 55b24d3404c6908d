import { fileURLToPath } from 'node:url';
import { holdOut } from './hold-out.ts';
import { holdOutTwo } from './hold-out-two.ts';
import { halfA, halfB, lastHoldOut, third } from './public-sentences.ts';
import { scoreOf } from './score.ts';
import { type Labelled, sentences } from './sentences.ts';

/** Rows of docs/validation.md: `node test/extraction/report.ts` prints them. */
export function reportRows(): readonly string[] {
  return [
    '| table | sentences | parts expected | found | right | precision | recall | kind alone: precision | refutable by mistake |',
    '|---|---|---|---|---|---|---|---|---|',
    row('labelled (tuned on)', sentences),
    row('first hold-out, after mending', holdOut),
    row('second hold-out, after mending', holdOutTwo),
    row('public half A, after mending', halfA),
    row('public half B, after mending', halfB),
    row('public third, after mending', third),
    row('public hold-out, after mending', lastHoldOut),
  ];
}

function row(name: string, table: readonly Labelled[]): string {
  const score = scoreOf(table);
  const cells = [name, score.sentences, score.expected, score.found, score.right];
  const rates = [score.right / score.found, score.right / score.expected, score.rightKinds / score.found];
  return `| ${[...cells, ...rates.map((rate) => rate.toFixed(3)), score.refutable].join(' | ')} |`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(`${reportRows().join('\n')}\n`);
