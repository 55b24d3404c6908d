import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Annotations } from './score.ts';

export interface Annotated {
  readonly name: string;
  readonly x: readonly number[];
  readonly annotations: Annotations;
}

/** Where half of the Turing Change Point Dataset lies beside the project; undefined where it is not, with a message. */
export function tcpdFolder(): string | undefined {
  const data = process.env['FACTUM_TEST_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data');
  const folder = resolve(data, 'tcpd-dev');
  if (existsSync(folder)) return folder;
  process.stderr.write('skipped: no reference vectors; set FACTUM_TEST_DATA\n');
  return undefined;
}

export function annotatedSeries(folder: string): readonly Annotated[] {
  const all = read(folder, 'annotations.json') as Readonly<Record<string, Annotations>>;
  return Object.entries(all).map(([name, annotations]) => {
    const { series } = read(folder, `series/${name}.json`) as { series: readonly { raw: readonly number[] }[] };
    return { name, x: series[0]?.raw ?? [], annotations };
  });
}

function read(folder: string, path: string): unknown {
  return JSON.parse(readFileSync(resolve(folder, path), 'utf8'));
}
