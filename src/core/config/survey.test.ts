import { describe, expect, test } from 'vitest';
import { agentOf, isBot } from './authors.ts';
import { surveyOf } from './survey.ts';

const by = (name: string, email: string, commits = 1) => ({ name, email, commits });

describe('agents and bots among authors', () => {
  test.each([
    ['Claude', 'noreply@anthropic.com', 'claude-code'],
    ['Copilot', '198982749+Copilot@users.noreply.github.com', 'copilot'],
    ['copilot-swe-agent[bot]', '198982749+Copilot@users.noreply.github.com', 'copilot'],
    ['Cursor Agent', 'cursoragent@cursor.com', 'cursor'],
    ['chatgpt-codex-connector[bot]', '199175422+chatgpt-codex-connector[bot]@users.noreply.github.com', 'codex'],
    ['devin-ai-integration[bot]', '158243242+devin-ai-integration[bot]@users.noreply.github.com', 'devin'],
    ['google-labs-jules[bot]', '161369871+google-labs-jules[bot]@users.noreply.github.com', 'gemini'],
    ['Replit Agent', 'agent@replit.com', 'replit'],
  ])('%s <%s> is %s', (name, email, agent) => {
    expect(agentOf(by(name, email))).toBe(agent);
  });

  test.each([
    ['Claude Dupont', 'claude@example.org'],
    ['Devin Smith', 'devin@example.org'],
    ['Someone', 'someone@anthropic.com'],
    ['Ann Copiloto', 'ann@example.org'],
    ['Robot Lover', 'robbie@example.org'],
  ])('%s <%s> is neither', (name, email) => {
    expect(agentOf(by(name, email))).toBeUndefined();
    expect(isBot(by(name, email))).toBe(false);
  });

  test.each([
    ['dependabot[bot]', '49699333+dependabot[bot]@users.noreply.github.com'],
    ['renovate[bot]', '29139614+renovate[bot]@users.noreply.github.com'],
    ['GitHub', 'noreply@github.com'],
    ['Release Bot', 'release-bot@example.org'],
  ])('%s <%s> is a bot', (name, email) => {
    expect(isBot(by(name, email))).toBe(true);
  });
});

test('a survey concludes from what was read', () => {
  const files: Record<string, string> = {
    'go.mod': 'module x\n',
    '.github/CODEOWNERS': '/a @org/a',
    CODEOWNERS: '/b @org/b',
    '.github/workflows/ci.yml': '',
    '.github/workflows/README.md': '',
  };
  const survey = surveyOf({
    repository: 'x',
    files: Object.keys(files),
    read: (path) => files[path],
    authors: [
      by('Ann', 'Ann@Example.org', 2),
      by('Ann B', 'ann@example.org', 3),
      by('Bo', 'bo@example.org', 4),
      by('Claude', 'noreply@anthropic.com', 9),
      by('dependabot[bot]', 'x@y', 9),
    ],
    remote: 'origin',
  });
  expect(survey.humans).toEqual([
    { id: 'ann@example.org', name: 'Ann', commits: 5 },
    { id: 'bo@example.org', name: 'Bo', commits: 4 },
  ]);
  expect(survey.agents.map(({ id }) => id)).toEqual(['claude-code']);
  expect(survey.owners.map(({ owner }) => owner)).toEqual(['@org/a']);
  expect(survey.ciFiles).toEqual(['.github/workflows/ci.yml']);
  expect(survey.setup?.command).toBe('go mod download');
  expect(survey).not.toHaveProperty('defaultBranch');
});

test('at most twenty humans', () => {
  const authors = Array.from({ length: 30 }, (_, n) => by(`n${n}`, `n${n}@example.org`, n + 1));
  expect(surveyOf({ repository: 'x', files: [], read: () => undefined, authors }).humans).toHaveLength(20);
});

test('one person with two addresses is one human, under the busier one', () => {
  const authors = [by('Ada  Lovelace', 'ada@old.example', 2), by('ada lovelace', 'ada@example.org', 9)];
  const { humans } = surveyOf({ repository: 'sums', files: [], read: () => undefined, authors });
  expect(humans).toEqual([{ id: 'ada@example.org', name: 'ada lovelace', commits: 11 }]);
});
