import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { actorOf } from './actor.ts';
import { humanKeyRefusal, runningAgent } from './running-agent.ts';

function emptyRoot(): string {
  const root = mkdtempSync(join(tmpdir(), 'factum-root-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  return root;
}

test.each([
  ['CLAUDECODE', 'claude-code'],
  ['CLAUDE_CODE_REMOTE', 'claude-code'],
  ['CURSOR_AGENT', 'cursor'],
  ['CODEX_THREAD_ID', 'codex'],
  ['CODEX_INTERNAL_ORIGINATOR_OVERRIDE', 'codex'],
  ['GEMINI_CLI', 'gemini'],
  ['CLOUD_AGENT_JOB', 'cloud-agent'],
])('%s marks an agent, and a human key is refused by that name', async (variable, agent) => {
  const root = emptyRoot();
  expect(humanKeyRefusal({ [variable]: '1' }, root)).toContain(`${variable} is set`);
  expect(runningAgent({ [variable]: '1' }, root)?.agent).toBe(agent);
  expect(await actorOf({ [variable]: '1' }, undefined)).toEqual({ kind: 'agent', id: agent });
  expect(humanKeyRefusal({ [variable]: '', [`X_${variable}`]: '1' }, root)).toBeUndefined();
});

test('a file marks an agent', () => {
  const root = emptyRoot();
  expect(humanKeyRefusal({ HOME: '/root', CLOUD: '1' }, root)).toBeUndefined();
  mkdirSync(join(root, 'opt/.devin'), { recursive: true });
  writeFileSync(join(root, 'opt/.devin/devin_id'), 'x');
  expect(humanKeyRefusal({}, root)).toContain('/opt/.devin/devin_id is there');
  expect(runningAgent({}, root)?.agent).toBe('devin');
});
