import { spawnSync } from 'node:child_process';
import { isKept, promisesIn } from './promise.ts';

// Every promise, measured one after the other, in one table.

type Row = readonly [promise: string, measured: string, bound: string, kept: string];

const benches = [
  'start',
  'overhead',
  'gate',
  'extraction',
  'audit',
  'tree-hash',
  'list',
  'journal',
  'ledger',
  'history',
];
const rows = benches.flatMap(rowsOf);
const table: readonly Row[] = [['promise', 'measured', 'bound', 'kept'], ...rows];
const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
for (const row of table)
  console.log(
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
process.exitCode = rows.every(([, , , kept]) => kept === 'yes') ? 0 : 1;

/** A bench that ends with an error although it kept its promises, or has none, broke. */
function rowsOf(bench: string): readonly Row[] {
  process.stderr.write(`bench/${bench}.ts\n`);
  const ran = spawnSync(process.execPath, [`bench/${bench}.ts`], { encoding: 'utf8' });
  const promises = promisesIn(ran.stdout);
  if (ran.status !== 0 && promises.every(isKept)) {
    process.stderr.write(ran.stdout + ran.stderr);
    return [[`bench/${bench}.ts`, 'broke', '', 'no']];
  }
  if (promises.length === 0) return [[`bench/${bench}.ts`, 'promises nothing', '', 'no']];
  return promises.map((promise): Row => {
    const { what, measured, unit, bound, value } = promise;
    return [what, `${measured.toFixed(2)} ${unit}`, `${bound} ${value}`, isKept(promise) ? 'yes' : 'no'];
  });
}
