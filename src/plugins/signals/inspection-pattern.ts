import {
  conventionShare,
  isHasty,
  isReviewed,
  isRubberStamp,
  countingWork,
  linesOf,
  looksAt,
  needsForge,
  placeOfWork,
} from '../../core/signal/changes.ts';
import type { ChangeFact, ReviewFact } from '../../core/signal/fact.ts';
import { shareOf, weeklyShare } from '../../core/signal/share.ts';
import { signal } from '../../core/signal/signal.ts';
import type { Tally } from '../../core/signal/tally.ts';

type Counted =
  | ('all' | 'reviewed' | 'looked' | 'judged' | 'hasty' | 'stamps' | 'sized' | 'large')
  | ('recorded' | 'selfApproved' | 'approved' | 'undiscussed');

/** Nobody finds much in more (Cohen, Teleki & Brown 2006, ch. 5: 200 to 400 lines). */
const large = 400;
const fewest = 8;

/** How reviews are done, where they are done. */
export const inspectionPattern = signal<Tally<Counted>>({
  id: 'inspection-pattern',
  title: 'Hasty inspection',
  summary: 'How many reviewed changes were approved faster than anybody reads.',
  lifecycle: 'experimental',
  definition:
    'Share of changes on record with their opening, which another human approved or merged, of which 50 lines or more were approved at over 200 lines an hour; large merges within 5 minutes are among them.',
  formula:
    'changes of 50 lines or more with lines / hours (put up to last approval) > 200 / changes with a look by another human whose opening is on record and whose size is known',
  citation:
    'McIntosh, Kamei, Adams & Hassan 2014, MSR; Kemerer & Paulk 2009, IEEE TSE 35:4; that small changes do not count is [F]',
  unit: 'share',
  worse: 'higher',
  raisedBy: 'approving large changes within minutes',
  loweredBy: 'smaller changes; taking the time that reading needs',
  cannotSee:
    'what was said elsewhere: by word of mouth, in a chat; how closely somebody read, or whether they read before it was put up; when a change was put up, where only commits tell: its first commit is older, so that haste would look like time taken',
  beside: {
    stamps:
      'share of them of 50 lines or more, with 5 minutes or less from first commit or opening to merge or last approval',
    large: 'share of changes that another human looked at with more than 400 lines',
    selfApproved:
      'of changes with a record of their review (Gerrit, git-appraise), the share that their owner approved and no other human, if there are 8',
    undiscussed:
      'of those that another human approved there, the share to which nobody but the owner said a word; if there are 8',
  },
  place: placeOfWork,
  run: {
    ...countingWork(countedIn),
    readWeek: (state) => weeklyShare({ hits: state.get('hasty') ?? 0, all: state.get('judged') ?? 0 }),
    read(state) {
      const of = (what: Counted): number => state.get(what) ?? 0;
      if (of('reviewed') < conventionShare * of('all')) return { state: 'not-observable', needs: needsForge };
      if (of('looked') > 0 && of('judged') === 0) return { state: 'not-observable', needs: needsOpening };
      const share = (what: Counted, all: Counted): number => of(what) / Math.max(1, of(all));
      const found = shareOf({ hits: of('hasty'), all: of('judged') });
      if (found.state !== 'measured') return found;
      const beside = {
        stamps: share('stamps', 'judged'),
        large: share('large', 'sized'),
        ...(of('recorded') < fewest ? {} : { selfApproved: share('selfApproved', 'recorded') }),
        ...(of('approved') < fewest ? {} : { undiscussed: share('undiscussed', 'approved') }),
      };
      return { ...found, beside };
    },
  },
});

const needsOpening = 'records of when a change was put up and approved: Gerrit, git-appraise, or a forge';

function countedIn(change: ChangeFact): readonly Counted[] {
  const isLooked = looksAt(change).length > 0;
  const { course, openedAt } = change;
  const lines = linesOf(change);
  // A branch's first commit was made before it was put up: what takes long since then may still have been waved through.
  const isJudged = isLooked && openedAt !== undefined && lines !== undefined;
  const isApproved = course !== undefined && looksAt(change).some(isApprovalThere);
  const found: Record<Counted, boolean> = {
    all: true,
    reviewed: isReviewed(change),
    looked: isLooked,
    judged: isJudged,
    hasty: isJudged && isHasty(change) === true,
    stamps: isJudged && isRubberStamp(change),
    sized: isLooked && lines !== undefined,
    large: isLooked && lines !== undefined && lines > large,
    recorded: course !== undefined,
    selfApproved: course?.selfApproved === true,
    approved: isApproved,
    undiscussed: isApproved && !course.discussed,
  };
  return (Object.keys(found) as Counted[]).filter((what) => found[what]);
}

/** Trailers and merges are no part of the record that tells whether anybody spoke. */
function isApprovalThere({ voice, from }: ReviewFact): boolean {
  return voice === 'approves' && from !== 'trailer' && from !== 'merge';
}
