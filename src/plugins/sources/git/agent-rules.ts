import type { AgentMark } from '../../../core/signal/fact.ts';
import { agentsHelped } from './agents-helped.ts';
import { agentsMade } from './agents-made.ts';

export interface AgentRule {
  readonly id: string;
  /** `*`: the words of the hit name it. */
  readonly tool: string;
  readonly role: AgentMark['role'];
  /** `author.email`, `subject`, `body` (line by line), `branch`, `trailer:<key>`, `note:<ref>`. */
  readonly fields: readonly string[];
  /** Its groups `model` and `agent` are kept with the hit. */
  readonly match: RegExp;
  readonly confidence: AgentMark['confidence'];
}

/** Observed in public git history of 2024 to 2026. */
export const agentRules: readonly AgentRule[] = [...agentsMade, ...agentsHelped];
