import { z } from 'zod';
import { defineOperation } from '../core/operation.ts';
import { answerStop } from './gating/answer-stop.ts';
import { fileStop } from './gating/file-stop.ts';

export const gate = defineOperation({
  id: 'gate',
  summary: "Check what an agent says as it ends its turn; as its hook: reads the hook's JSON, answers in its dialect",
  scope: 'write',
  positional: ['agent'],
  input: z.strictObject({
    agent: z.string().min(1).max(200).describe('claude-code, codex, copilot, cursor, gemini, or generic'),
    message: z
      .string()
      .min(1)
      .describe('its last words; without them the JSON of its hook is read from standard input'),
    session: z.string().min(1).max(200).optional().describe('id of its session'),
    turn: z.string().min(1).max(200).optional().describe('id of its turn'),
    model: z.string().min(1).max(200).optional().describe('its model'),
  }),
  output: z.discriminatedUnion('decision', [
    z.object({ decision: z.literal('let-go'), claim: z.string().optional(), tell: z.string().optional() }),
    z.object({ decision: z.literal('send-back'), claim: z.string(), facts: z.string() }),
  ]),
  async run(context, words) {
    const claim = await fileStop(context, words);
    if (claim === undefined) return { decision: 'let-go' as const };
    const { answer } = await answerStop(context, claim, []);
    return { ...answer, claim: claim.id };
  },
  answersNo: ({ decision }) => decision === 'send-back',
});
