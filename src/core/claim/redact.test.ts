import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printable, printableJson, redact, redacted } from './redact.ts';

const letters = 'aB3dE5gH7jK9mN1pQ2sT4vW6yZ8bC0fG2hJ4kL6n';
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';

/** Put together here so that no scanner takes this file for a leak. */
const secrets: Readonly<Record<string, string>> = {
  'GitHub token': `ghp_${letters.slice(0, 36)}`,
  'GitHub app token': `ghs_${letters.slice(0, 36)}`,
  'GitHub fine-grained token': `github_pat_${letters}`,
  'GitLab token': `glpat-${letters.slice(0, 20)}`,
  'AWS key id': `AKIA${'IOSFODNN7EXAMPLE'.slice(0, 16)}`,
  'Slack token': `xoxb-${letters.slice(0, 24)}`,
  'OpenAI key': `sk-proj-${letters}`,
  'Anthropic key': `sk-ant-api03-${letters}`,
  'Google key': `AIza${letters.slice(0, 35)}`,
  'npm token': `npm_${letters.slice(0, 36)}`,
  'Stripe key': `sk_${'live'}_${letters.slice(0, 24)}`,
  JWT: jwt,
  'private key': `-----BEGIN RSA PRIVATE KEY-----\n${letters}\n${letters}\n-----END RSA PRIVATE KEY-----`,
  'cut private key': `-----BEGIN PRIVATE KEY-----\n${letters}`,
};

/** Lines of which only the secret goes. */
const assignments: readonly (readonly [line: string, secret: string])[] = [
  ['Authorization: Bearer abcdef123456', 'abcdef123456'],
  [`{"authorization":"Basic dXNlcjpwYXNzd29yZA=="}`, 'dXNlcjpwYXNzd29yZA=='],
  ['postgres://app:hunter2@db.internal:5432/app', 'hunter2'],
  ['redis://:hunter2@localhost:6379', 'hunter2'],
  ['AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
  ['DB_PASSWORD="c0rrect-h0rse-b4ttery"', 'c0rrect-h0rse-b4ttery'],
  ["api_key: 'q9w8e7r6t5y4u3i2'", 'q9w8e7r6t5y4u3i2'],
  ['--token=f00Ba7Zx91kQ', 'f00Ba7Zx91kQ'],
];

const harmless = [
  'commit 3ca133f0c1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f6',
  'token: 3ca133f0c1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f6',
  'secret_id=0198c9f2-7b1e-7cc4-9f4e-5a6b7c8d9e0f',
  'sha512-Nk1pQ2sT4vW6yZ8bC0fG2hJ4kL6n/aB3dE5gH7jK9m==',
  'AssertionError: expected token: undefined to equal token: string',
  'the password: must be at least 8 characters',
  'const token = parser.nextToken2();',
  'token=${GITHUB_TOKEN1}',
  'PASSWORD=********',
  'https://example.com:8443/a@b',
  'git@github.com:owner/name.git',
  'npm_config_user_agent=npm/11.0.0',
  'sk-learn and task-sk-something-very-long-with-words',
  'src/tokenizer.ts:12:7 - error TS2345: Argument of type',
  'Tokens: 1234 in, 5678 out',
];

describe('redact', () => {
  test.each(Object.entries(secrets))('%s', (_, secret) => {
    const line = `before ${secret} after`;
    expect(redact(line)).not.toContain(secret.slice(-12));
    expect(redact(`value="${secret}"`)).toContain(redacted);
    expect(redact(line)).toMatch(/^before \[redacted\]/);
  });

  test.each(assignments)('%s', (line, secret) => {
    expect(redact(line)).toBe(line.replace(secret, redacted));
  });

  test.each(harmless)('stays: %s', (line) => {
    expect(redact(line)).toBe(line);
  });

  test('given values go wherever they stand, the longest first; short ones stay', () => {
    expect(redact('x hunter2hunter2 y hunter2 z abc', ['hunter2', 'hunter2hunter2', 'abc'])).toBe(
      `x ${redacted} y ${redacted} z abc`,
    );
  });

  test('is idempotent, and leaves no given value behind', () => {
    const words = fc.constantFrom(
      ...Object.values(secrets),
      ...assignments.map(([line]) => line),
      ...harmless,
      ' ',
      '\n',
      '"',
      redacted,
    );
    const text = fc.array(fc.oneof(words, fc.string())).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.array(fc.string({ minLength: 6 }), { maxLength: 3 }), (content, given) => {
        const once = redact(content, given);
        expect(redact(once, given)).toBe(once);
        for (const secret of given) expect(once.split(redacted).some((piece) => piece.includes(secret))).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  test('object names, UUIDs and plain words never change', () => {
    const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 40, maxLength: 40 });
    const plain = fc.oneof(hex, fc.uuid(), fc.lorem());
    fc.assert(
      fc.property(plain, (value) => {
        for (const line of [value, `tree ${value}`, `token: ${value}`, `key=${value}`]) expect(redact(line)).toBe(line);
      }),
      { numRuns: 2000 },
    );
  });

  test('logs of real tools stay as they are', () => {
    const folder = new URL('../test-report/fixtures/', import.meta.url);
    const names = readdirSync(folder);
    expect(names.length).toBeGreaterThan(40);
    for (const name of names) {
      const text = readFileSync(new URL(name, folder), 'utf8');
      expect(redact(text), name).toBe(text);
    }
  });
});

test('JSON for a terminal is the same value and turns nothing', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\u009B2J', '\u202E', '\u007F'))),
      (texts) => {
        const json = printableJson({ texts });
        expect(JSON.parse(json)).toEqual({ texts });
        expect(printable(json)).toBe(json);
      },
    ),
  );
});

describe('printable', () => {
  test('strips colours, links, titles and bells, keeps lines and tabs', () => {
    const escape = '\u001B';
    const text = `${escape}[1m${escape}[31mred${escape}[0m\t${escape}]8;;https://x${escape}\\link${escape}]8;;${escape}\\${escape}]0;title\u0007\u0007\r\nnext${escape}[2K`;
    expect(printable(text)).toBe('red\tlink\nnext');
  });

  test('nothing overwrites what stands before it, nor turns its direction', () => {
    expect(printable('contradicted\rsupported')).toBe('contradicted\nsupported');
    expect(printable('a\r\r\nb\u2028c')).toBe('a\nb\nc');
    expect(printable('run \u202Etxt.exe\u202C \u2066x\u2069\u200F')).toBe('run txt.exe x');
  });

  test('leaves no control character, whatever comes, and ordinary text alone', () => {
    const parts = fc.oneof(
      fc.string(),
      fc.constantFrom('\u001B', '\u001B[', '\r', '\u009B', '\u001B]', '\u0007', '\u001B\\', '31m'),
    );
    fc.assert(
      fc.property(fc.array(parts), (pieces) => {
        const clean = printable(pieces.join(''));
        const left = [...clean].filter((char) => char < ' ' && !'\t\n'.includes(char));
        expect(left).toEqual([]);
      }),
      { numRuns: 2000 },
    );
    expect(printable('grün ✓ 日本\n')).toBe('grün ✓ 日本\n');
  });
});
