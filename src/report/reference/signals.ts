import type { Signal } from '../../core/signal/signal.ts';
import { page, table } from './markdown.ts';

const direction = { higher: 'higher is worse', lower: 'lower is worse', neither: 'no level is better than another' };

export function signalsPage(signals: readonly Signal[]): string {
  return page(
    'Signals',
    'src/plugins/signals',
    'A signal is a quantity about a pod in a window, never about a person. `factum diagnose` tells each with its count and a band of 80 %, except the truck factor, which counts all files. Too little data says so; what git alone cannot show says what could.',
    ...signals.map(section),
  );
}

function section(signal: Signal): string {
  const rows = [
    ['formula', signal.formula],
    ['unit', `${signal.unit}; ${direction[signal.worse]}`],
    ['raised by', signal.raisedBy],
    ['lowered by', signal.loweredBy],
    ['cannot see', signal.cannotSee],
    ...(signal.watched === undefined ? [] : [['watched for breaks and drift', signal.watched]]),
    ['source', signal.citation],
    ...Object.entries(signal.beside ?? {}).map(([name, meaning]) => [`beside it: ${name}`, meaning]),
  ];
  return [`## ${signal.id}`, `${signal.title}. ${signal.definition}`, table(['', ''], rows)].join('\n\n');
}
