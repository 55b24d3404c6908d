import type { Transcript } from '../../core/transcript/transcript.ts';
import { chatgpt } from './chatgpt.ts';
import { claudeCode } from './claude-code.ts';
import { codex } from './codex.ts';
import { copilot } from './copilot.ts';
import { cursor } from './cursor.ts';
import { gemini } from './gemini.ts';
import { geminiLog } from './gemini-log.ts';
import { opencode } from './opencode.ts';
import { opencodeLog } from './opencode-log.ts';
import { specstory } from './specstory.ts';

/** Every format of sessions, in the order in which a file is tried. `test/lists.test.ts` compares it with this folder. */
export const transcripts: readonly Transcript[] = [
  codex,
  copilot,
  // Before Claude Code's, which looks much the same.
  cursor,
  claudeCode,
  opencode,
  opencodeLog,
  geminiLog,
  gemini,
  chatgpt,
  specstory,
];
