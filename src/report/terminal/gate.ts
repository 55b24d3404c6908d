import type { GateAnswer } from '../../core/agent/agent.ts';
import { type Paper, paragraph } from './paper.ts';

export function gateText(paper: Paper, answer: GateAnswer): string {
  if (answer.decision === 'send-back') return answer.facts;
  return paragraph(paper, '', answer.tell ?? 'No checkable claim in these words: nothing to do.');
}
