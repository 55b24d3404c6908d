import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { verifier } from '../claim/verifier.ts';
import { FactumError } from '../errors.ts';
import { parseConfig } from './parse.ts';

function optionsOnly(id: string, options: z.ZodObject) {
  return verifier({
    id,
    title: id,
    summary: 'has options',
    lifecycle: 'stable',
    options,
    version: '1',
    looksAt: 'repository',
    judges: ['tests-pass'],
    run: () => Promise.reject(new Error('not run here')),
  });
}

const verifiers = [
  optionsOnly('tests-pass', z.strictObject({ command: z.string().min(1), timeout: z.string().optional() })),
  optionsOnly(
    'command-succeeds',
    z.strictObject({ command: z.string(), no_exit_codes: z.array(z.number()).optional() }),
  ),
];

function failure(text: string): FactumError {
  try {
    parseConfig(text, verifiers);
  } catch (error) {
    if (error instanceof FactumError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

const pod = (rest: string) => `version: 1\npods:\n  - id: main\n${rest}`;

describe('what is accepted', () => {
  test('the smallest file has all defaults', () => {
    const config = parseConfig('version: 1\npods: [{ id: main }]', verifiers);
    expect(config.pods[0]).toMatchObject({ id: 'main', paths: ['**'], checks: [], policy: { quorum: 2 } });
    expect(config.run).toMatchObject({ isolation: 'in-place', timeout: '10m' });
  });

  test('anchors and merge keys', () => {
    const config = parseConfig(
      pod(`    checks:
      - &lint { kind: lint-clean, options: { command: npm run lint } }
      - <<: *lint
        kind: types-check`),
      verifiers,
    );
    expect(config.pods[0]?.checks).toEqual([
      { kind: 'lint-clean', options: { command: 'npm run lint' } },
      { kind: 'types-check', options: { command: 'npm run lint' } },
    ]);
  });

  test('options that the part may still give are not missing', () => {
    parseConfig(pod('    checks: [{ kind: tests-pass, options: { timeout: 5m } }]'), verifiers);
  });
});

describe('what is refused, with its line', () => {
  const cases: readonly (readonly [name: string, text: string, ...messages: readonly string[]])[] = [
    ['an unknown key', pod('    chekcs: []'), 'unknown key `chekcs` at line 4: did you mean `checks`?'],
    ['an unknown key far from any', pod('    zzz: 1'), 'unknown key `zzz` at line 4; known here: id, members, paths'],
    [
      'a key of the top',
      'version: 1\npod: []',
      'unknown key `pod` at line 2: did you mean `pods`?',
      '`pods` is missing',
    ],
    [
      'a part kind',
      pod('    checks:\n      - kind: test-pass'),
      'unknown part kind `test-pass` at line 5: did you mean `tests-pass`?',
    ],
    [
      'a verifier',
      pod('    checks:\n      - kind: tests-pass\n        verifier: tests-pas'),
      'unknown verifier `tests-pas` at line 6: did you mean `tests-pass`?',
    ],
    [
      "a verifier's option",
      pod('    checks:\n      - kind: tests-pass\n        options:\n          comand: x'),
      'unknown key `comand` at line 7: did you mean `command`?',
    ],
    [
      "the type of a verifier's option",
      pod('    checks:\n      - kind: tests-pass\n        options: { command: 3 }'),
      '`pods[0].checks[0].options.command` at line 6: expected text, got `3`',
    ],
    [
      'options that nobody takes',
      pod('    checks:\n      - kind: behaviour\n        options: { a: 1 }'),
      'at line 6: no verifier of `behaviour` takes them',
    ],
    [
      "an intent's check",
      pod(
        '    intents:\n      - id: a\n        outcome: o\n        decided_by: [me]\n        decided_at: 2026-01-02\n        why: w\n        accept: [{ kind: tests-pass, options: { cmd: 1 } }]',
      ),
      'unknown key `cmd` at line 10',
    ],
    [
      'a missing key',
      pod('    intents:\n      - id: a'),
      '`outcome` is missing at line 5, in `pods[0].intents[0]`: expected text',
    ],
    ['a value', 'version: 2\npods: [{ id: a }]', '`version` at line 1: expected 1, got `2`'],
    [
      'a pattern',
      pod('run: { timeout: soon }'),
      '`run.timeout` at line 4: expected a time such as 90s, 10m or 1h, got `soon`',
    ],
    [
      'a date',
      pod(
        '    intents:\n      - { id: a, outcome: o, decided_by: [me], decided_at: monday, why: w, accept: [{ kind: behaviour }] }',
      ),
      'expected a date as YYYY-MM-DD, got `monday`',
    ],
    [
      'a number',
      pod('    policy: { quorum: 0 }'),
      '`pods[0].policy.quorum` at line 4: expected number to be >=1, got `0`',
    ],
    [
      'freshness of an unknown kind',
      pod('    policy: { freshness: { tests-pas: 1d } }'),
      'unknown key `tests-pas` at line 4: did you mean `tests-pass`?',
    ],
    ['two pods of one id', 'version: 1\npods:\n  - id: a\n  - id: a', 'the pod id `a` at line 4 is already used above'],
    [
      'one person twice',
      pod('    members: { humans: [{ id: a@b.c }, { id: a@b.c }] }'),
      'the human id `a@b.c` at line 4',
    ],
    ['no pods', 'version: 1\npods: []', '`pods` at line 2: expected 1 or more entries, got an empty list'],
    ['an empty file', '', '`version` is missing at line 1, in the file', '`pods` is missing'],
    ['a list', '- 1', 'the file at line 1: expected a mapping, got a list'],
  ];
  test.each(cases)('%s', (_name, text, ...messages) => {
    const { code, message } = failure(text);
    expect(code).toBe('CONFIG_INVALID');
    for (const part of messages) expect(message).toContain(part);
  });

  test.each(['\\e[2Krm x', 'a\\u202Eb', 'a\\x00', 'a\\rb', '\\u200B'])(
    'a command that hides something: %s',
    (command) => {
      const check = `    checks: [{ kind: tests-pass, options: { command: "${command}" } }]\nrun: { setup: "${command}" }`;
      const { message } = failure(pod(check));
      expect(message).toContain('`pods[0].checks[0].options.command` at line 4 has characters');
      expect(message).toContain('`run.setup` at line 5 has characters');
    },
  );

  test('a command of several lines hides nothing', () => {
    parseConfig(pod('    checks: [{ kind: tests-pass, options: { command: "a\\n\\tb é 日本" } }]'), verifiers);
  });

  test('all problems at once, by line', () => {
    const { message } = failure(pod('    chekcs: []\n    policy: { quorum: no }\nnetwrk: {}\n'));
    expect(message.split('\n')[0]).toBe('factum.yaml has 3 problems:');
    const at = ['`chekcs` at line 4', 'quorum` at line 5', '`netwrk` at line 6'].map((part) => message.indexOf(part));
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    expect(at).not.toContain(-1);
  });

  test('intent ids are unique over all pods', () => {
    const intent =
      '{ id: x, outcome: o, decided_by: [me], decided_at: 2026-01-02, why: w, accept: [{ kind: behaviour }] }';
    const text = `version: 1\npods:\n  - { id: a, intents: [${intent}] }\n  - { id: b, intents: [${intent}] }`;
    expect(failure(text).message).toContain('the intent id `x` at line 4 is already used above');
  });
});

describe('what is not YAML', () => {
  const cases: readonly (readonly [name: string, text: string, ...messages: readonly string[]])[] = [
    ['an open bracket', 'version: 1\npods: [\nrun: {}', 'line 3, column', '3 | run: {}', '^'],
    ['a tab', 'version: 1\n\tpods: 1', 'line 2, column 1: Tabs'],
    ['a key twice', 'version: 1\nversion: 1', 'line 2, column 1: the key `version` is there twice'],
    ['two documents', 'version: 1\n---\nversion: 1', 'multiple documents'],
    ['a tag that constructs', 'version: !!js/function "x"', 'Unresolved tag'],
    ['a binary tag', 'version: !!binary aGk=', 'Unresolved tag'],
    ['an alias of nothing', 'version: *nope', 'nope'],
  ];
  test.each(cases)('%s', (_name, text, ...messages) => {
    const { code, message } = failure(text);
    expect(code).toBe('CONFIG_SYNTAX');
    for (const part of messages) expect(message).toContain(part);
  });

  test('aliases cannot multiply the file', () => {
    const levels = Array.from(
      { length: 12 },
      (_, n) => `l${n + 1}: &l${n + 1} [${Array(10).fill(`*l${n}`).join(', ')}]`,
    );
    expect(failure(['l0: &l0 [1, 2]', ...levels].join('\n')).code).toBe('CONFIG_SYNTAX');
  });

  test('merge keys cannot multiply the file', () => {
    const levels = Array.from(
      { length: 24 },
      (_, n) => `l${n + 1}: &l${n + 1} { <<: *l${n}, a${n}: *l${n}, b${n}: *l${n} }`,
    );
    expect(failure(['l0: &l0 { k: 1 }', ...levels].join('\n')).code).toBe('CONFIG_SYNTAX');
  });

  test.each(['a: &a { <<: *a, b: *a }', 'a: &a [*a]', 'version: 1\npods: &a\n  - { <<: *a }', '&a { <<: *a, x: 1 }'])(
    'a circle: %s',
    (text) => {
      expect(failure(text).code).toMatch(/^CONFIG_/);
    },
  );

  test('deep nesting ends in an answer', { timeout: 120_000 }, () => {
    expect(failure('['.repeat(50_000)).code).toBe('CONFIG_SYNTAX');
    expect(failure(`a: ${'- '.repeat(50_000)}`).code).toBe('CONFIG_SYNTAX');
  });

  test('many keys end in an answer', { timeout: 120_000 }, () => {
    const { message } = failure(Array.from({ length: 20_000 }, (_, n) => `key${n}:`).join('\n'));
    expect(message).toContain('and 19952 more');
  });

  test('a large file is refused unread', () => {
    expect(failure(`# ${'x'.repeat(1_048_576)}`).message).toContain('at most 1048576');
  });
});

const set = (lines: string): string => pod(`diagnose:\n  anchors:\n${lines}`);

describe('anchors of factum diagnose', () => {
  test('are set by input, and the others stay as they are', () => {
    const { diagnose } = parseConfig(set('    decision-latency: { good: 2, bad: 30 }'), verifiers);
    expect(diagnose.anchors).toEqual({ 'decision-latency': { good: 2, bad: 30 } });
  });

  test.each([
    ['    decision-latancy: { good: 2, bad: 30 }', 'decision-latancy'],
    ['    decision-latency: { good: 30, bad: 2 }', 'expected good below bad, got good 30 and bad 2'],
    ['    change-survival: { good: 0.5, bad: 0.9 }', 'expected good above bad'],
    ['    decision-latency: { good: 2, bad: 2 }', 'expected good below bad'],
    ['    decision-latency: { good: 2 }', '`bad` is missing'],
    ['    decision-latency: { good: 2, bad: 30, unit: d }', 'unknown key `unit`'],
  ])('%s is refused', (lines, message) => {
    expect(failure(set(lines)).message).toContain(message);
  });
});

const weeks = (lines: string): string => pod(`diagnose:\n${lines}`);

describe('windows of factum diagnose', () => {
  test('are 13 weeks and the 52 before them, or what is set', () => {
    expect(parseConfig(pod(''), verifiers).diagnose).toMatchObject({ window_weeks: 13, baseline_weeks: 52 });
    const { diagnose } = parseConfig(weeks('  window_weeks: 26\n  baseline_weeks: 104'), verifiers);
    expect(diagnose).toMatchObject({ window_weeks: 26, baseline_weeks: 104 });
  });

  test.each([
    ['  window_weeks: 3', 'window_weeks', '4'],
    ['  window_weeks: 53', 'window_weeks', '52'],
    ['  baseline_weeks: 25', 'baseline_weeks', '26'],
    ['  baseline_weeks: 157', 'baseline_weeks', '156'],
    ['  window_weeks: 6.5', 'window_weeks', ''],
    ['  window_weeks: a quarter', 'window_weeks', ''],
  ])('%s is refused', (lines, key, bound) => {
    const { message } = failure(weeks(lines));
    expect(message).toContain(key);
    expect(message).toContain(bound);
  });
});
