import { type InputId, inputForms } from '../../core/debt/inputs.ts';
import type { Toolkit } from '../../core/debt/toolkit.ts';
import type { Signal } from '../../core/signal/signal.ts';
import { page, table } from './markdown.ts';

export function toolkitsPage(toolkits: readonly Toolkit[], signals: readonly Pick<Signal, 'id'>[]): string {
  const shown = new Set(signals.map(({ id }) => id));
  return page(
    'Toolkits',
    'src/plugins/toolkits',
    'A toolkit is an intervention that a pod can run. `factum diagnose` proposes the one whose inputs make most of what is bad. Run it, then look at the same figures again: `factum diagnose --compare <commit at which you began>`.',
    ...toolkits.map((toolkit) => section(toolkit, shown)),
  );
}

function section(
  { id, title, summary, when, steps, time, moves, source }: Toolkit,
  shown: ReadonlySet<string>,
): string {
  const isShown = (input: InputId): boolean => shown.has(inputForms[input].signal);
  const rows = [
    ['when', when],
    ['time', time],
    [
      'should move',
      moves
        .map(
          (input) => `${inputForms[input].title} (\`${input}\`${isShown(input) ? '' : ', not seen by this version'})`,
        )
        .join('; '),
    ],
    ...(moves.some(isShown)
      ? []
      : [['proposed', 'never by this version; a pod may choose it and judge by its own eyes']]),
    ['source', source],
  ];
  return [
    `## ${id}`,
    `${title}. ${summary}`,
    table(['', ''], rows),
    steps.map((step, at) => `${at + 1}. ${step}`).join('\n'),
  ].join('\n\n');
}
