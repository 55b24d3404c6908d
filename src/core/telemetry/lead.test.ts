import { expect, test } from 'vitest';
import { cleaned, Lead } from './lead.ts';

const lead: Lead = {
  id: '1',
  agent: 'claude-code',
  session: 's1',
  tool: 'Bash',
  occurredAt: '2026-01-02T03:04:00.000Z',
};
const token = `ghp_${'aB3dE5gH7jK9mN1pQ2sT4vW6yZ8bC0fG2hJ4'}`;

test('a secret is taken out, also one that is broken up by what a terminal does not show', () => {
  const broken = `${token.slice(0, 9)}\u0007${token.slice(9)}`;
  expect(cleaned({ ...lead, command: `curl -H ${broken}`, error: token, writes: [`/tmp/${token}`] })).toEqual({
    ...lead,
    command: 'curl -H [redacted]',
    error: '[redacted]',
    writes: ['/tmp/[redacted]'],
  });
});

test('a secret that stands where a text is cut is not left in halves', () => {
  const { error } = cleaned({ ...lead, error: `${'x '.repeat(145)}${token}` });
  expect(error).toContain('[redacted');
  expect(error).not.toContain(token.slice(0, 8));
});

test('what is longer than a lead may be is cut', () => {
  const long = cleaned({
    ...lead,
    command: 'x'.repeat(5000),
    error: 'y '.repeat(60_000),
    writes: Array.from({ length: 30 }, () => 'z'.repeat(900)),
  });
  expect(Lead.safeParse(long).success).toBe(true);
});
