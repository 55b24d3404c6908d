import type { Agent } from '../../core/agent/agent.ts';
import { claudeCode } from './claude-code.ts';
import { codex } from './codex.ts';
import { copilot } from './copilot.ts';
import { cursor } from './cursor.ts';
import { gemini } from './gemini.ts';
import { generic } from './generic.ts';

/** Every agent that can be answered at the end of its turn. `test/lists.test.ts` compares it with this folder. */
export const agents: readonly Agent[] = [claudeCode, codex, copilot, cursor, gemini, generic];
