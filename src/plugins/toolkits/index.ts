import type { Toolkit } from '../../core/debt/toolkit.ts';
import { answerWithinADay } from './answer-within-a-day.ts';
import { blindReview } from './blind-review.ts';
import { decisionRecord } from './decision-record.ts';
import { hotspotWeek } from './hotspot-week.ts';
import { namedHuman } from './named-human.ts';
import { ownershipMap } from './ownership-map.ts';
import { premortem } from './premortem.ts';
import { quietVoicesRound } from './quiet-voices-round.ts';
import { revertDrill } from './revert-drill.ts';
import { reviewRotation } from './review-rotation.ts';
import { secondHuman } from './second-human.ts';
import { smallerChanges } from './smaller-changes.ts';
import { standingChecks } from './standing-checks.ts';
import { testRepairWeek } from './test-repair-week.ts';

/** Every toolkit. `test/lists.test.ts` compares it with this folder. */
export const toolkits: readonly Toolkit[] = [
  answerWithinADay,
  blindReview,
  decisionRecord,
  hotspotWeek,
  namedHuman,
  ownershipMap,
  premortem,
  quietVoicesRound,
  revertDrill,
  reviewRotation,
  secondHuman,
  smallerChanges,
  standingChecks,
  testRepairWeek,
];
