import { globSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { isGated } from '../src/core/agent/agent.ts';
import { commandsIn } from '../src/core/agent/hook-file.ts';
import { extract } from '../src/core/claim/extract/extract.ts';
import { hookFilesIn } from '../src/host/hook-files.ts';
import { toolForms } from '../src/mcp/tools.ts';
import { agents } from '../src/plugins/agents/index.ts';

const plugins = globSync('integrations/*/hooks/hooks.json').map((path) => dirname(dirname(path)));
const skill = readFileSync('integrations/claude-code/skills/claim-well/SKILL.md', 'utf8');

test('there are plug-ins for Claude Code and Codex', () => {
  expect(plugins.toSorted()).toEqual(['integrations/claude-code', 'integrations/codex']);
});

test.each(plugins)('%s has the hook that `factum agents install` writes', (folder) => {
  const id = folder.slice('integrations/'.length);
  const agent = agents.find((each) => each.id === id);
  if (agent === undefined || !isGated(agent) || agent.hook === undefined) throw new Error(`no hook of ${id}`);
  const installed = [hookFilesIn({ dir: '', folder: '', env: {} }).command(id, 'project')];
  const file = { path: '', text: readFileSync(`${folder}/hooks/hooks.json`, 'utf8') };
  expect(commandsIn(file, agent.hook, id)).toEqual(installed);
  // Planted fault: another command in its place.
  const other = { path: '', text: file.text.replace('factum gate', 'echo gate') };
  expect(commandsIn(other, agent.hook, id)).not.toEqual(installed);
});

/** Of an example in the skill. */
function kinds(text: string): readonly string[] {
  expect(skill).toContain(text);
  return extract(text).map(({ kind, scope }) => `${kind} ${scope}`);
}

test('what the skill calls a claim is read as one, and what it calls none is not', () => {
  expect(kinds('All 114 tests pass. Lint is clean.')).toEqual(['tests-pass all', 'lint-clean all']);
  expect(kinds('`npm test` passes')).toEqual(['tests-pass named']);
  expect(kinds('`dist/app.js` exists')).toEqual(['file-exists named']);
  expect(kinds('https://example.org/health answers 200')).toEqual(['endpoint-responds named']);
  expect(kinds('the parser tests pass')).toEqual(['tests-pass named']);
  expect(kinds('3 of 114 tests still fail, in `parse.test.ts`')).toEqual(['tests-pass unknown']);
  for (const none of ['everything works', 'I did not run the browser tests.', 'I will push'])
    expect(kinds(none)).toEqual([]);
});

test('the skill names tools that there are', () => {
  const named = [...skill.matchAll(/`([a-z]+_[a-z]+)`/g)].map(([, name = '']) => name);
  expect(named.length).toBeGreaterThan(3);
  expect(toolForms.map(({ name }): string => name)).toEqual(expect.arrayContaining(named));
});
