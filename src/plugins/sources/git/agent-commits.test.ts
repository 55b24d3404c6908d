import { expect, test } from 'vitest';
import { agentCommitOf } from './agent-commits.ts';
import type { ParsedCommit } from './commit.ts';

const ada = { name: 'Ada', email: 'Ada@example.org' };
const human = { kind: 'human', id: 'ada@example.org', name: 'Ada' };
const claude = 'Co-Authored-By: Claude Opus 4.6 <noreply@anthropic.com>';

function commit(message: string, author = ada): ParsedCommit {
  const signature = { ...author, at: Date.UTC(2026, 0, 2) };
  const rest = { depth: 'raw', garbled: false, files: [], parents: ['b'] } as const;
  return { id: 'a', author: signature, committer: { ...ada, at: Date.UTC(2026, 0, 2) }, message, ...rest };
}

test('a person who commits with an agent speaks, and the agent is named', () => {
  expect(agentCommitOf(commit(`One\n\n${claude}\nClaude-Session: https://claude.ai/code/session_01AB`))).toMatchObject({
    claimant: human,
    others: [
      { kind: 'agent', id: 'claude-code-web' },
      { kind: 'agent', id: 'claude-code', model: 'Claude Opus 4.6' },
    ],
    session: { agent: 'claude-code-web', id: 'session_01AB' },
  });
});

test.each([
  ['Assisted-by: Codex:gpt-5', 'codex'],
  ['Made-with: Cursor', 'cursor'],
  ['🤖 Generated with [Claude Code](https://claude.ai/code)', 'claude-code'],
])('%s names an agent beside the author', (line, id) => {
  const found = agentCommitOf(commit(`One\n\n${line}`));
  expect([found?.claimant, found?.others]).toMatchObject([human, [{ kind: 'agent', id }]]);
});

test('an agent that commits speaks, and the person it names is beside it', () => {
  const copilot = { name: 'copilot-swe-agent[bot]', email: '198982749+Copilot@users.noreply.github.com' };
  expect(agentCommitOf(commit('One\n\nCo-authored-by: Ada <ada@example.org>', copilot))).toMatchObject({
    claimant: { kind: 'agent', id: 'copilot-coding-agent' },
    others: [human],
  });
});

test("Replit's agent speaks under its user's name, as the platform tells", () => {
  const trailers = 'Replit-Commit-Author: Agent\nReplit-Commit-Session-Id: 4b86c795-c1c6-48db-8b13-2c1a0f137828';
  expect(agentCommitOf(commit(`One\n\n${trailers}`))).toMatchObject({
    claimant: { kind: 'agent', id: 'replit-agent' },
    others: [human],
    session: { agent: 'replit-agent', id: '4b86c795-c1c6-48db-8b13-2c1a0f137828' },
    replit: { madeBy: 'agent' },
  });
});

test.each([
  'One',
  'One\n\nCo-authored-by: Claude Monet <monet@example.org>',
  'One\n\nCo-authored-by: Grace <grace@anthropic.com>',
  'One\n\n> Replit-Commit-Author: Agent',
  'One\n\nReplit-Commit-Author: Agent of the team',
  'One\n\nCo-authored-by: dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>',
])('no agent had a part: %s', (message) => {
  expect(agentCommitOf(commit(message))).toBeUndefined();
});
