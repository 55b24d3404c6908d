import type { Signal } from '../../core/signal/signal.ts';
import { agentReviewGap } from './agent-review-gap.ts';
import { agentShare } from './agent-share.ts';
import { contributionAsymmetry } from './contribution-asymmetry.ts';
import { correctedChanges } from './corrected-changes.ts';
import { correctionLatency } from './correction-latency.ts';
import { decisionLatency } from './decision-latency.ts';
import { decisionVisibility } from './decision-visibility.ts';
import { inspectabilityGap } from './inspectability-gap.ts';
import { reviewDensity } from './review-density.ts';
import { reviewerConcentration } from './reviewer-concentration.ts';
import { workflowVolatility } from './workflow-volatility.ts';

/** Every signal. `test/lists.test.ts` compares it with this folder. */
export const signals: readonly Signal[] = [
  agentReviewGap,
  agentShare,
  contributionAsymmetry,
  correctedChanges,
  correctionLatency,
  decisionLatency,
  decisionVisibility,
  inspectabilityGap,
  reviewDensity,
  reviewerConcentration,
  workflowVolatility,
];
