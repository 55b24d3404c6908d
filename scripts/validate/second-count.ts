import { basename } from 'node:path';
import { readFacts } from './read-facts.ts';
import { compare } from './second-count/compare.ts';

// Compares what the source tells of each change with a second count: `node scripts/validate/second-count.ts <clone> ...`.
// The count reads plain `git log` in another language (second-count/count.py) and shares no code with the source.

const rows: string[] = [];
let [differ, heads] = [0, ''];
for (const dir of process.argv.slice(2)) {
  const { facts, coverage } = await readFacts(dir, {});
  const compared = compare(dir, coverage.asOf, facts);
  const name = basename(dir.replace(/\/(?:repo|\.git)?\/?$/, '')).replace('+', '/');
  for (const { what, differences } of compared)
    for (const difference of differences) console.error(`${name}: ${what}: ${difference}`);
  differ += compared.flatMap(({ differences }) => differences).length;
  heads = compared.map(({ what }) => what).join(' | ');
  rows.push(`| ${[name, ...compared.map(({ counted, told }) => `${counted} / ${told}`)].join(' | ')} |`);
}
console.log([`| repository | ${heads} |`, `|${'---|'.repeat(6)}`, ...rows].join('\n'));
console.log(`${rows.length} repositories; ${differ} differences`);
process.exitCode = rows.length > 0 && differ === 0 ? 0 : 1;
