import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KnowledgeFact } from '../../src/core/signal/fact.ts';
import { readFacts } from './read-facts.ts';

// Compares truck factors with published ones: `node scripts/validate/truck-factors.ts <csv> <folder of clones>`.
// The csv has repository (owner/name), cut_date and truck_factor; a clone is at <folder>/<owner>/<name>.

const [csv, folder] = process.argv.slice(2);
if (csv === undefined || folder === undefined) throw new Error('give a csv file and a folder of clones');
const published = readFileSync(csv, 'utf8')
  .trim()
  .split(/\r?\n/)
  .slice(1)
  .map((line) => line.split(','));

let [equal, near, compared] = [0, 0, 0];
console.log('| repository | cut | source files | published | found | live |\n|---|---|---|---|---|---|');
for (const [repository = '', cut = '', value = ''] of published) {
  const dir = join(folder, repository);
  if (!existsSync(dir)) {
    console.log(
      `| ${repository} | ${cut} | no clone: git clone https://github.com/${repository} ${dir} | ${value} | | |`,
    );
    continue;
  }
  const { truckFactor: found = NaN, liveTruckFactor: live, files } = await knowledgeAt(dir, cut);
  compared++;
  equal += found === Number(value) ? 1 : 0;
  near += Math.abs(found - Number(value)) <= 1 ? 1 : 0;
  console.log(`| ${repository} | ${cut} | ${files} | ${value} | ${found} | ${live} |`);
}
console.log(`${equal} of ${compared} equal, ${near} within one`);
process.exitCode = compared >= 6 && equal >= compared * 0.75 && near === compared ? 0 : 1;

async function knowledgeAt(dir: string, cut: string): Promise<KnowledgeFact> {
  const last = ['rev-list', '-1', `--before=${cut}T23:59:59Z`, 'HEAD'];
  const revision = execFileSync('git', last, { cwd: dir, encoding: 'utf8' }).trim();
  const { facts } = await readFacts(dir, { revision });
  const known = facts.find((fact) => fact.kind === 'knowledge');
  if (known === undefined) throw new Error(`nothing is known of ${dir}`);
  return known;
}
