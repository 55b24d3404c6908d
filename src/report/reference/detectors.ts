import type { Detector } from '../../core/signal/detector.ts';
import { page, table } from './markdown.ts';

const roles: Readonly<Record<Detector['role'], string>> = {
  segmentation: 'breaks, looking back; counts only where an online detector agrees',
  online: 'breaks, against the baseline; counts only where segmentation agrees',
  trend: 'drifts',
};

export function detectorsPage(detectors: readonly Detector[]): string {
  return page(
    'Detectors',
    'src/plugins/detectors',
    'A detector looks for changes in the weekly series of a signal. None raises an alarm alone: how strong a finding must be is found by drawing series in which nothing changes, which vary and persist as this one does, and Holm adjusts over all series of a repository and its pods; of several repositories in one report each has an equal share of the rate.',
    ...detectors.map(section),
  );
}

function section(detector: Detector): string {
  const rows = [
    ['looks for', roles[detector.role]],
    ['formula', detector.formula.replaceAll('|', '\\|')],
    ['cannot see', detector.cannotSee],
    ['source', detector.citation],
  ];
  return [`## ${detector.id}`, `${detector.title}. ${detector.summary}`, table(['', ''], rows)].join('\n\n');
}
