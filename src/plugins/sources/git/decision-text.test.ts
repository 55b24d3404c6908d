import { expect, test } from 'vitest';
import { isDecisionPath, isRequestPath } from './decision-path.ts';
import { decisionIn } from './decision-text.ts';

test.each([
  [
    'Nygard',
    '# 2. Use shell\n\nDate: 2016-02-12\n\n## Status\n\nAccepted\n\n## Context\n\nIt was rejected once.',
    'accepted',
  ],
  [
    'superseded',
    '# 2. Use shell\n\n## Status\n\nAccepted\n\nSuperseded by [3. Use Go](0003.md)\n\n## Context',
    'superseded',
  ],
  ['adr-tools, in its spelling', '## Status\n\nSuperceded by [3. Use Go](0003.md)\n\n## Context', 'superseded'],
  ['succeeded on its line', '* Status: Accepted, superseded by 12\n', 'superseded'],
  ['obsolete by a list', '## Status\n\nAccepted\n\n* Replaced by [3. Use Go](0003.md)\n', 'superseded'],
  ['what it supersedes', '## Status\n\nAccepted\n\nSupersedes [1. Use shell](0001.md)\n\n## Context', 'accepted'],
  ['what it replaces', '* Status: Accepted (1 is superseded by this)\n', 'accepted'],
  ['what it relates to', '## Status\n\nAccepted\n\n* Relates to [3. Reject unsigned commits](0003.md)\n', 'accepted'],
  ['what took the place of another', '## Status\n\nAccepted\n\nAmends 1, superseded by 2.\n', 'accepted'],
  ['waits for approval', '## Status\n\nProposed, pending approval\n', 'proposed'],
  ['only to be approved', '* Status: Awaiting approval\n', 'proposed'],
  ['not yet', '* Status: Draft, not yet accepted\n', 'proposed'],
  ['not yet, first', '* Status: Not yet accepted\n', 'proposed'],
  ['not', '* Status: Not accepted\n', 'rejected'],
  ['MADR, front matter', '---\nstatus: "proposed"\ndate: 2024-01-01\n---\n# Use it\n', 'proposed'],
  ['MADR, list', '# Use it\n\n* Status: accepted\n* Deciders: Ada\n', 'accepted'],
  ['bold', '# Use it\n\n**Status:** Rejected\n', 'rejected'],
  ['table', '# Use it\n\n| Status | Withdrawn |\n|---|---|\n', 'withdrawn'],
  ['PEP', 'PEP: 572\nTitle: x\nStatus: Final\nType: Standards Track\n', 'accepted'],
  ['PEP that waits', 'PEP: 1\nStatus: Deferred\n', 'proposed'],
  ['underlined', 'Use it\n======\n\nStatus\n------\n\nDeprecated\n\nContext\n-------\n', 'superseded'],
  ['template', '* Status: {proposed | rejected | accepted | deprecated}\n', undefined],
  ['template of a project', '# status: "{proposed | accepted | … | superseded by ADR-0123"}\n', undefined],
  ['template as list', '## Status\n\nproposed, accepted, rejected, deprecated, superseded\n', undefined],
  ['none', '# Use it\n\nThe status of things is that it was accepted.\n', undefined],
  ['joke', 'PEP: 401\nStatus: April Fool!\n', undefined],
])('status: %s', (_name, text, step) => {
  expect(decisionIn(text).step).toBe(step);
});

test('deciders, alternatives and outcome are told by their fields and headings', () => {
  const whole =
    '# Use it\n\n- Status: accepted\n- Deciders: Ada, Bob\n\n## Considered Options\n\n## Decision Outcome\n';
  expect(decisionIn(whole)).toMatchObject({ hasDeciders: true, hasAlternatives: true, hasOutcome: true });
  const bare = '# Use it\n\n- Deciders:\n\nWe talked about alternatives and the decision.\n';
  expect(decisionIn(bare)).toEqual({ hasDeciders: false, hasAlternatives: false, hasOutcome: false });
  const pep =
    'PEP: 572\nPEP-Delegate: Ada\nStatus: Accepted\n\nRejected alternative proposals\n==============================\n';
  expect(decisionIn(pep)).toMatchObject({ hasDeciders: true, hasAlternatives: true, hasOutcome: true });
});

test('a decision is known by its path', () => {
  const paths = [
    'docs/adr/0001-use-it.md',
    'text/2094-nll.md',
    'peps/pep-0572.rst',
    'doc/decisions/003.adoc',
    'rfcs/0012-x.md',
  ];
  expect(paths.filter((path) => !isDecisionPath(path))).toEqual([]);
  const others = ['docs/adr/template.md', 'text/0000-template.md', 'src/decisions/2.ts', 'pep-index.rst', 'README.md'];
  expect(others.filter(isDecisionPath)).toEqual([]);
  expect(paths.filter(isRequestPath)).toEqual(['text/2094-nll.md', 'rfcs/0012-x.md']);
});

test('a hostile document is read in time', () => {
  const text = `${'status '.repeat(100_000)}\n${'# '.repeat(100_000)}\n${'='.repeat(100_000)}\n`;
  expect(decisionIn(text).step).toBeUndefined();
});
