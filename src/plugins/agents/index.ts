import type { Agent } from '../../core/agent/agent.ts';
import { chatgpt } from './chatgpt.ts';
import { claudeCode } from './claude-code.ts';
import { codex } from './codex.ts';
import { copilot } from './copilot.ts';
import { cursor } from './cursor.ts';
import { gemini } from './gemini.ts';
import { generic } from './generic.ts';
import { opencode } from './opencode/index.ts';
import { replit } from './replit.ts';

/** Every AI tool whose word is checked. `test/lists.test.ts` compares it with this folder. */
export const agents: readonly Agent[] = [
  claudeCode,
  codex,
  copilot,
  cursor,
  gemini,
  opencode,
  replit,
  chatgpt,
  generic,
];
