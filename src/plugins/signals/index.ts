import type { Signal } from '../../core/signal/signal.ts';
import { accountability } from './accountability.ts';
import { agentAccountability } from './agent-accountability.ts';
import { agentReviewGap } from './agent-review-gap.ts';
import { agentShare } from './agent-share.ts';
import { changeEntropy } from './change-entropy.ts';
import { changeSurvival } from './change-survival.ts';
import { contributionAsymmetry } from './contribution-asymmetry.ts';
import { convergenceVelocity } from './convergence-velocity.ts';
import { correctedChanges } from './corrected-changes.ts';
import { correctionLatency } from './correction-latency.ts';
import { decisionLatency } from './decision-latency.ts';
import { decisionRecords } from './decision-records.ts';
import { decisionVisibility } from './decision-visibility.ts';
import { disclosureConflicts } from './disclosure-conflicts.ts';
import { dissentSuppression } from './dissent-suppression.ts';
import { earlyChurn } from './early-churn.ts';
import { engagement } from './engagement.ts';
import { hotspots } from './hotspots.ts';
import { humanVerificationDensity } from './human-verification-density.ts';
import { inspectabilityGap } from './inspectability-gap.ts';
import { inspectionPattern } from './inspection-pattern.ts';
import { reportedVersusReal } from './reported-versus-real.ts';
import { reviewDensity } from './review-density.ts';
import { reviewerConcentration } from './reviewer-concentration.ts';
import { truckFactor } from './truck-factor.ts';
import { unansweredRequests } from './unanswered-requests.ts';
import { workflowVolatility } from './workflow-volatility.ts';

/** Every signal. `test/lists.test.ts` compares it with this folder. */
export const signals: readonly Signal[] = [
  accountability,
  agentAccountability,
  agentReviewGap,
  agentShare,
  changeEntropy,
  changeSurvival,
  contributionAsymmetry,
  convergenceVelocity,
  correctedChanges,
  correctionLatency,
  decisionLatency,
  decisionRecords,
  decisionVisibility,
  disclosureConflicts,
  dissentSuppression,
  earlyChurn,
  engagement,
  hotspots,
  humanVerificationDensity,
  inspectabilityGap,
  inspectionPattern,
  reportedVersusReal,
  reviewDensity,
  reviewerConcentration,
  truckFactor,
  unansweredRequests,
  workflowVolatility,
];
