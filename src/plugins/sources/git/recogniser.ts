import type { Recogniser } from '../../../core/agent/recogniser.ts';
import { agentSignsIn, isAgentsWork } from './agents.ts';
import { trailersOf } from './trailers.ts';

/** By the same rules as in whole histories. */
export const agentIn: Recogniser = (commit) => {
  const { marks } = agentSignsIn(commit, trailersOf(commit.message));
  return isAgentsWork(marks) ? marks[0]?.tool : undefined;
};
