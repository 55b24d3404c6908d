import { basename } from 'node:path';
import { type Origin, originsOf } from './prediction/origins.ts';
import { outcomes, rowsFor } from './prediction/tables.ts';
import { readFacts } from './read-facts.ts';

// Does a report foretell reverts, fixes and rewrites better than activity alone? `node scripts/validate/prediction.ts <clone> ...`.
// Prints the tables of docs/validation.md; takes a second and a half for each quarter of each history.

const fewest = 8;
const histories = new Map<string, readonly Origin[]>();
for (const dir of process.argv.slice(2)) {
  const name = basename(dir.replace(/\/(?:repo|\.git)?\/?$/, '')).replace('+', '/');
  const { facts } = await readFacts(dir, { lines: true });
  histories.set(name, originsOf(facts));
  console.error(`${name}: ${histories.get(name)?.length ?? 0} quarters`);
}

const head = [
  'what is tried',
  'quarters',
  'repositories',
  'beyond activity',
  'better in',
  'beyond activity and past corrections',
  'rank correlation in time',
];
for (const outcome of outcomes) {
  console.log(`\nOf ${outcome.title}:\n\n| ${head.join(' | ')} |\n|${'---|'.repeat(head.length)}`);
  for (const row of rowsFor(histories, outcome)) console.log(row);
}
const told = [...histories.values()].filter((origins) => origins.some(({ made }) => made > 0)).length;
process.exitCode = told >= fewest ? 0 : 1;
