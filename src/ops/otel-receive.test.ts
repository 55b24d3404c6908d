import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aRecord, aRequest, toolResult } from '../../test/make/telemetry.ts';
import { redact } from '../core/claim/redact.ts';
import { Lead } from '../core/telemetry/lead.ts';
import type { Taken, TakeLogs } from '../core/telemetry/receiving.ts';
import { agents } from '../plugins/agents/index.ts';
import { otelReceive } from './otel-receive.ts';

/** What becomes of one body, and what is kept of it. */
async function taken(body: unknown): Promise<{ readonly answer: Taken; readonly kept: readonly Lead[] }> {
  const kept: Lead[] = [];
  let answer: Taken | undefined;
  const context = {
    agents: async () => agents,
    leads: { keep: async (leads: readonly Lead[]) => kept.push(...leads) },
    redact,
    progress: { note: () => undefined },
    setup: {
      async receiveTelemetry(_wanted: object, take: TakeLogs) {
        answer = await take(body);
        return { url: '', ended: Promise.resolve() };
      },
    },
  };
  await otelReceive.run(context as never, otelReceive.input.parse({}));
  if (answer === undefined) throw new Error('nobody took it');
  return { answer, kept };
}

test('a batch of good, bad and other records', async () => {
  const { 'session.id': _none, ...nobody } = toolResult();
  const other = aRecord({}, { body: { stringValue: 'claude_code.api_request' } });
  const { answer, kept } = await taken(aRequest([aRecord(), aRecord(nobody), other, 7]));
  expect(answer).toEqual({
    rejected: 2,
    why: expect.stringMatching(/^it: .*; claude_code\.tool_result without session\.id or tool_name$/),
  });
  expect(kept).toMatchObject([{ id: 'toolu_1', command: 'npm test' }]);
});

test('what is no batch is refused as a whole', async () => {
  expect(await taken([])).toMatchObject({ answer: { rejected: 'all' }, kept: [] });
});

test('law: whatever the attributes say, what is kept can be read again, and nothing else is lost', async () => {
  const names = fc.constantFrom(...Object.keys(toolResult()), 'tool_input', 'error', 'use_id', '__proto__');
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom('__proto__', 'constructor', 'true', '{"full_command":"x","git_commit_id":"abcd"}', '\u0000\uD800'),
    fc.json(),
  );
  await fc.assert(
    fc.asyncProperty(fc.dictionary(names, texts), fc.double(), async (attributes, time) => {
      const odd = aRecord({ ...toolResult(), ...attributes }, { timeUnixNano: time });
      const { answer, kept } = await taken(aRequest([odd, aRecord(toolResult({ tool_use_id: 'good' }))]));
      const again = kept.map((lead) => Lead.parse(JSON.parse(JSON.stringify(lead))));
      expect(again).toEqual(kept);
      expect(kept.at(-1)).toMatchObject({ id: 'good' });
      expect(kept.length + Number(answer.rejected)).toBe(2);
    }),
  );
});
