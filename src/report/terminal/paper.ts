import { printable } from '../../core/claim/redact.ts';
import { columnsOf, fitting, wrap } from './columns.ts';

export type Ink = 'red' | 'green' | 'yellow' | 'blue' | 'dim' | 'bold';

const codes: Readonly<Record<Ink, readonly [number, number]>> = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  dim: [2, 22],
  bold: [1, 22],
};

/** Where terminal text is written: how wide it is and whether it shows colour. Meaning never depends on colour. */
export interface Paper {
  /** Columns. */
  readonly width: number;
  readonly colour: boolean;
}

export function ink(paper: Paper, colour: Ink, text: string): string {
  if (!paper.colour) return text;
  const [on, off] = codes[colour];
  return `\u001b[${on}m${text}\u001b[${off}m`;
}

/**
 * Breaks text into lines of the paper's width, the first one after `first`, the others after as many blanks.
 * Control sequences in the text never reach the terminal; a word longer than a line is broken.
 */
export function paragraph(paper: Paper, first: string, text: string): string {
  const room = Math.max(20, paper.width - first.length);
  const lines = printable(text)
    .split('\n')
    .flatMap((line) => wrapped(line, room));
  return lines.map((line, index) => (index === 0 ? first : ' '.repeat(first.length)) + line).join('\n');
}

/** A line's own indentation holds for all lines that it becomes. */
function wrapped(line: string, room: number): readonly string[] {
  const indent = /^ */.exec(line)?.[0] ?? '';
  return wrap(line.trim(), Math.max(10, room - indent.length)).map((each) => indent + each);
}

/** At most so many columns; what is cut is shown as an ellipsis. One line. */
export function clip(text: string, room: number): string {
  const line = printable(text).replaceAll(/\s+/g, ' ').trim();
  return columnsOf(line) <= room ? line : `${fitting(line, room - 1).trimEnd()}…`;
}
