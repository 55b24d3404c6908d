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

test.each([
  ['Codex:claude-opus-4', true],
  ['Codex: claude-opus-4 [coccinelle]', true],
  ['Claude:claude-opus-4 via openai-proxy', false],
  ['Claude Opus 4.6 with the openai adapter', false],
])('assisted by %s: agent and model contradict each other, and nothing beside them', (value, conflicting) => {
  expect(agentSignsIn(commit, [{ key: 'assisted-by', value }])).toMatchObject({ conflicting });
});

test('notes of git-ai are of an agent and its model', () => {
  const notes = ['authorship/3.0.0 codex claude-opus-4-6'];
  expect(agentSignsIn(commit, [], { notes }).conflicting).toBe(true);
});

test('prose names other tools for reasons of its own', () => {
  const body = '🤖 Generated with [Claude Code](https://claude.com/claude-code) for the openai adapter';
  const { marks, conflicting } = agentSignsIn({ ...commit, message: `one\n\n${body}` }, []);
  expect([marks.length > 0, conflicting]).toEqual([true, false]);
  expect(agentSignsIn(commit, [], { branch: 'codex/claude-pricing' }).conflicting).toBe(false);
  const signed = coauthor('Codex <codex@openai.com> (after a draft by Claude)');
  expect(signed).toEqual({ tools: expect.arrayContaining(['codex']), conflicting: false });
});

test('a tool that runs models of all makers is no contradiction, and an agent that signs off is', () => {
  const assisted = agentSignsIn(commit, [{ key: 'assisted-by', value: 'Copilot:claude-opus-4.6' }]);
  expect(assisted).toMatchObject({ marks: [{ tool: 'copilot' }], conflicting: false });
  const signed = agentSignsIn(commit, [{ key: 'signed-off-by', value: 'Codex (GPT-5) <codex@openai.com>' }]);
  expect(signed.conflicting).toBe(true);
});

test.each([
  ['gemini-cli-robot <gemini-cli-robot@example.org>', []],
  ['Release <12+gemini-cli-robot@users.noreply.github.com>', []],
  ['Gemini <someone@gemini-cli.example.org>', ['gemini']],
])('%s: a robot that releases an agent is none', (value, tools) => {
  expect(coauthor(value).tools).toEqual(tools);
});
