import { signal } from '../../core/signal/signal.ts';
import { placeOfSpread, weeklyMean } from '../../core/signal/weekly.ts';

/** With fewer, 5 % are less than one file. */
const fewestFiles = 20;

/** Whether the work goes into the same few files again and again. */
export const hotspots = signal({
  id: 'hotspots',
  title: 'Hotspots',
  summary: 'How much of the changed lines is in the few files that change most.',
  lifecycle: 'experimental',
  definition:
    'Share of changed lines that fell into the 5 % of files that changed most, of the files changed in 60 days.',
  formula:
    'mean over the weeks of (lines added or deleted in 60 days in the top 5 % of files / in all); 20 files at least',
  citation: 'Nagappan & Ball 2005, "Use of relative code churn measures", ICSE; the share is [F]',
  unit: 'share',
  worse: 'higher',
  raisedBy: 'a few files that everything goes through; also one large new file',
  loweredBy: 'work that spreads; also a reformatting of everything',
  cannotSee: 'generated, vendored and lock files, which are left out; what a bot changed',
  place: placeOfSpread,
  run: weeklyMean(({ files, churn, churnInHotspots }) =>
    files < fewestFiles || churn === 0 ? undefined : churnInHotspots / churn,
  ),
});
