import { expect, test } from 'vitest';
import { agentSignsIn } from './agents.ts';

const ada = { name: 'Ada', email: 'ada@example.org' };
const commit = { author: ada, committer: ada, message: 'change' };

function coauthor(value: string) {
  const { marks, conflicting } = agentSignsIn(commit, [{ key: 'co-authored-by', value }]);
  return { tools: marks.map(({ tool }) => tool), conflicting };
}

test.each([
  ['Codex Opus 4.6 (1M context) <noreply@anthropic.com>', 'claude-code'],
  ['Claude Opus 4.6 <noreply@openai.com>', 'codex'],
])('%s: what was signed is kept, and that it contradicts itself', (value, tool) => {
  expect(coauthor(value)).toEqual({ tools: expect.arrayContaining([tool]), conflicting: true });
});

test.each([
  ['Claude Opus 4.6 <noreply@anthropic.com>', 'claude-code'],
  ['Codex (GPT-5) <codex@openai.com>', 'codex'],
])('%s is of one maker', (value, tool) => {
  expect(coauthor(value)).toEqual({ tools: expect.arrayContaining([tool]), conflicting: false });
});

test('a tool that runs models of all makers is no contradiction, and an agent that signs off is', () => {
  const assisted = agentSignsIn(commit, [{ key: 'assisted-by', value: 'Copilot:claude-opus-4.6' }]);
  expect(assisted).toMatchObject({ marks: [{ tool: 'copilot' }], conflicting: false });
  const signed = agentSignsIn(commit, [{ key: 'signed-off-by', value: 'Codex (GPT-5) <codex@openai.com>' }]);
  expect(signed.conflicting).toBe(true);
});
