import { inputForms } from '../../core/debt/inputs.ts';
import type { Toolkit } from '../../core/debt/toolkit.ts';
import { page, table } from './markdown.ts';

export function toolkitsPage(toolkits: readonly Toolkit[]): string {
  return page(
    'Toolkits',
    'src/plugins/toolkits',
    'A toolkit is an intervention that a pod can run. `factum diagnose` proposes the one whose inputs make most of what is bad. Run it, then look at the same figures again: `factum diagnose --compare <commit at which you began>`.',
    ...toolkits.map(section),
  );
}

function section({ id, title, summary, when, steps, time, moves, source }: Toolkit): string {
  const rows = [
    ['when', when],
    ['time', time],
    ['should move', moves.map((input) => `${inputForms[input].title} (\`${input}\`)`).join('; ')],
    ['source', source],
  ];
  return [
    `## ${id}`,
    `${title}. ${summary}`,
    table(['', ''], rows),
    steps.map((step, at) => `${at + 1}. ${step}`).join('\n'),
  ].join('\n\n');
}
