import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { verifier } from '../claim/verifier.ts';
import { configText } from './config-text.ts';
import { defaultConfig, podIdOf } from './default-config.ts';
import { parseConfig } from './parse.ts';
import type { Survey } from './survey.ts';

const commands = z.strictObject({ command: z.string().min(1), no_exit_codes: z.array(z.number()).optional() });
const verifiers = (['tests-pass', 'command-succeeds'] as const).map((id) =>
  verifier({
    id,
    title: id,
    summary: 'has options',
    lifecycle: 'stable',
    options: commands,
    version: '1',
    looksAt: 'repository',
    judges: ['tests-pass'],
    run: () => Promise.reject(new Error('not run here')),
  }),
);

const empty: Survey = { repository: 'house', checks: [], humans: [], agents: [], owners: [], ciFiles: [] };

const words = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.constantFrom(
    'yes',
    'null',
    '~',
    '- a',
    '# b',
    'a: b',
    '*x',
    '&x',
    '!t',
    '2026-01-02',
    '0x1',
    '"',
    "'",
    'a\n b',
    '|',
  ),
);
/** What a terminal shows: other commands are refused when the file is read. */
const shown = words.filter((text) => !/[^\P{C}\n\t]|[\u2028\u2029]/u.test(text));
const command = fc.record({ command: shown, no_exit_codes: fc.array(fc.integer()) }, { requiredKeys: ['command'] });
const surveys: fc.Arbitrary<Survey> = fc.record(
  {
    repository: words,
    checks: fc.array(
      fc.record({
        kind: fc.constantFrom('tests-pass', 'lint-clean'),
        verifier: fc.constantFrom('tests-pass', 'command-succeeds'),
        options: command,
        because: words,
      }),
    ),
    setup: fc.record({ command: shown, because: words }),
    humans: fc.uniqueArray(fc.record({ id: words, name: fc.string(), commits: fc.nat() }), {
      selector: ({ id }) => id,
    }),
    agents: fc.array(fc.record({ id: words, because: words })),
    owners: fc.array(fc.record({ owner: words, paths: fc.array(words) })),
    ciFiles: fc.array(words),
    remote: words,
    defaultBranch: words,
  },
  { requiredKeys: ['repository', 'checks', 'humans', 'agents', 'owners', 'ciFiles'] },
) as fc.Arbitrary<Survey>;

describe('the file that factum init writes', () => {
  test('says what was found and why, in words', () => {
    const survey: Survey = {
      ...empty,
      checks: [
        {
          kind: 'tests-pass',
          verifier: 'tests-pass',
          options: { command: 'npm test' },
          because: 'package.json: scripts.test is "vitest"',
        },
        {
          kind: 'build-succeeds',
          verifier: 'command-succeeds',
          options: { command: 'make', no_exit_codes: [] },
          because: 'Makefile',
        },
      ],
      setup: { command: 'npm ci', because: 'package-lock.json' },
      humans: [{ id: 'a@example.org', name: 'A', commits: 3 }],
    };
    const text = configText(survey);
    expect(text.split('\n')[0]).toContain('$schema=./node_modules/');
    expect(text).toContain('# package.json: scripts.test is "vitest"\n');
    expect(text).toContain('# No exit code is known');
    expect(text).toContain('# Structurally unsafe: one human here.');
    expect(text).toContain('  # package-lock.json\n  setup: npm ci\n');
  });

  test('no humans are said to be unsafe, two are not', () => {
    expect(configText(empty)).toContain('Structurally unsafe: no human here');
    const humans = ['a@b.c', 'd@e.f'].map((id) => ({ id, name: '', commits: 1 }));
    expect(configText({ ...empty, humans })).not.toContain('unsafe');
  });

  test('of any survey it is read back as it was meant', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(surveys, (survey) => {
        const config = parseConfig(configText(survey), verifiers);
        const [pod] = config.pods;
        expect(pod?.checks).toEqual(
          survey.checks.map(({ kind, verifier: id, options }) => ({ kind, verifier: id, options })),
        );
        expect(pod?.members.humans.map(({ id }) => id)).toEqual(survey.humans.map(({ id }) => id));
        expect(config.run.setup).toBe(survey.setup?.command);
        expect(config.git.default_branch).toBe(survey.defaultBranch);
      }),
      { numRuns: 250 },
    );
  });
});

test.each([
  ['Foo Bar', 'foo-bar'],
  ['.github', 'github'],
  ['-x-', 'x'],
  ['日本', 'main'],
  ['a/b', 'a-b'],
])('the pod of %s is %s', (repository, id) => {
  expect(podIdOf(repository)).toBe(id);
  expect(defaultConfig(repository).pods[0]?.id).toBe(id);
});
