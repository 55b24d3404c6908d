import { signal } from '../../core/signal/signal.ts';
import { placeOfSpread, weeklyMean } from '../../core/signal/weekly.ts';

/** How scattered the changes are. */
export const changeEntropy = signal({
  id: 'change-entropy',
  title: 'Change entropy',
  summary: 'How evenly changes scatter over the files that change.',
  lifecycle: 'experimental',
  definition: 'Entropy of changes over the files changed in 60 days: 0 all in one file, 1 evenly in all of them.',
  formula: 'mean over the weeks of -sum p_f log_n p_f; p_f the share of touches of file f in 60 days, n files',
  citation: 'Hassan 2009, "Predicting faults using the complexity of code changes", ICSE',
  unit: 'index',
  worse: 'neither',
  raisedBy: 'changes that touch many files about equally, such as one that renames everywhere',
  loweredBy: 'work that stays with few files',
  cannotSee: 'how large the changes are; generated, vendored and lock files, which are left out',
  place: placeOfSpread,
  run: weeklyMean(({ entropy }) => entropy),
});
