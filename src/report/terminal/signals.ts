import type { Definition } from '../../core/signal/signal.ts';
import { clip, ink, type Paper, paragraph } from './paper.ts';

type Defined = Omit<Definition, 'beside'> & {
  readonly id: string;
  readonly title: string;
  readonly beside?: Readonly<Record<string, string>> | undefined;
};

export function signalsText(paper: Paper, { signals }: { signals: readonly Defined[] }): string {
  const [only, ...others] = signals;
  if (only !== undefined && others.length === 0) return wholeText(paper, only);
  const width = Math.max(...signals.map(({ id }) => id.length));
  return signals
    .map(
      ({ id, definition }) => `${ink(paper, 'bold', id.padEnd(width))}  ${clip(definition, paper.width - width - 2)}`,
    )
    .join('\n');
}

function wholeText(paper: Paper, signal: Defined): string {
  const rows = [
    ['formula: ', signal.formula],
    ['raised by: ', signal.raisedBy],
    ['lowered by: ', signal.loweredBy],
    ['cannot see: ', signal.cannotSee],
    ...(signal.watched === undefined ? [] : [['watched: ', signal.watched] as const]),
    ...Object.entries(signal.beside ?? {}).map(([name, meaning]) => [`${name}: `, meaning]),
    ['source: ', signal.citation],
  ] as const;
  return [
    ink(paper, 'bold', signal.title),
    paragraph(paper, '  ', signal.definition),
    ...rows.map(([label, text]) => paragraph(paper, `  ${label}`, text)),
  ].join('\n');
}
