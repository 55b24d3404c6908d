import { readFileSync } from 'node:fs';
import type { Labelled } from './sentences.ts';

/**
 * Short excerpts of working notes, reports, plans and rules in public repositories, most of them written by agents;
 * each file gives one to five, and no file is in two tables. Labelled before the extractor was run on them.
 */
export const halfA = read('half-a');
export const halfB = read('half-b');
export const third = read('third');
/** Measured once at first sight; its three mistakes that could accuse were mended afterwards. */
export const lastHoldOut = read('hold-out');

/** A line "@@ label" opens each excerpt; see `Labelled` for labels. */
function read(name: string): readonly Labelled[] {
  const text = readFileSync(new URL(`public/${name}.txt`, import.meta.url), 'utf8');
  return text.split(/^@@/m).flatMap((entry): readonly Labelled[] => {
    const [label = '', ...lines] = entry.split('\n');
    const statement = lines.join('\n').replace(/\n$/, '');
    if (statement === '') return [];
    return [label.trim() === '' ? [statement] : [statement, label.trim()]];
  });
}
