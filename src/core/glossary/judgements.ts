import type { Outcome } from '../claim/evidence.ts';
import { defaultVerifiers, type PartKind } from '../claim/part.ts';
import type { Scope } from '../claim/part.ts';
import type { VerdictName } from '../claim/verdict.ts';
import { type Term, type TermGroup, termsFrom } from './term.ts';

const verdicts: Readonly<Record<VerdictName, string>> = {
  contradicted:
    'The newest conclusive evidence for the claimed target refutes it; or, where no verifier can decide, a human whose answer counts disputes it. The only verdict that blocks.',
  disputed: 'A human whose answer counts disputes what evidence supports or another human confirms.',
  drifted: 'A standing claim that was supported once, and the newest conclusive look at later reality refutes it.',
  stale: 'The only support is for another tree or an older state than claimed, or is past its freshness.',
  unsupported: 'Looking was possible, every look ended inconclusive, and nothing backs it.',
  hearsay:
    'It only passes on what another said, and that is not supported or not in this ledger; or the chain goes in a circle.',
  unverifiable: 'No verifier can decide it. It waits for humans.',
  unverified: 'Nobody has looked yet, or every look ended in an error.',
  supported: 'The newest conclusive evidence for the claimed target, within freshness, supports it.',
  verified: 'Supported, or decidable by humans only, and confirmed by the quorum of independent humans.',
  withdrawn: 'Its claimant took it back.',
};

const outcomes: Readonly<Record<Outcome, string>> = {
  supported: 'The verifier looked, and what it saw is as claimed.',
  refuted: 'The verifier looked, saw that it is not so, and for a local run saw the same a second time.',
  inconclusive: 'The verifier looked and cannot tell: flaky runs, nothing executed, a tree that changed meanwhile.',
  'not-applicable': 'There is nothing here for the verifier to judge.',
  error: 'The verifier could not look. Never held against anybody.',
};

const kinds: Readonly<Record<PartKind, string>> = {
  'tests-pass': 'The tests were run and none fails.',
  'build-succeeds': 'The build command succeeds.',
  'lint-clean': 'The linter has nothing to say.',
  'types-check': 'The type checker has nothing to say.',
  'change-made': 'The named files or symbols really differ from before.',
  'file-exists': 'A file is there, with the content that is claimed.',
  committed: 'The work is in a commit and nothing of it is left in the working tree.',
  'not-reverted': 'No later commit takes the change back.',
  pushed: 'The commit is on the branch at the remote.',
  merged: 'The change is on the default branch, squashed or rebased ones included.',
  'ci-green': 'The CI system says that the checks of the commit passed.',
  published: 'A package is in its registry, in that version and with that digest.',
  deployed: 'The deployed thing answers as claimed.',
  'endpoint-responds': 'A URL answers as claimed.',
  'page-renders': 'A page shows what is claimed, in a real browser.',
  migrated: 'The database has the shape or rows that the migration makes.',
  'data-present': 'The database has the rows or the value that is claimed.',
  'metric-reached': 'A metric has the value that is claimed.',
  'issue-closed': 'An issue is closed where it is kept.',
  behaviour: 'Anything else that the work is said to do; humans judge it.',
};

const scopes: Readonly<Record<Scope, string>> = {
  all: 'The claim is about everything of its kind ("all tests pass"). A run can refute it.',
  named: 'The claim names what it is about ("the 7 parser tests pass"). A run of just that can refute it.',
  unknown: 'The claim does not say how much it means ("tests pass"). A run can support it, never refute it.',
};

function ofTable(group: TermGroup, table: Readonly<Record<string, string>>): readonly Term[] {
  return termsFrom(group, ['factum'], Object.entries(table));
}

function withJudges([kind, text]: readonly [string, string]): [string, string] {
  const judges: readonly string[] = defaultVerifiers[kind as PartKind];
  const who = judges.length === 0 ? 'humans' : judges.join(' and ');
  return [kind, `${text} Judged by ${who}.`];
}

export const judgementTerms: readonly Term[] = [
  ...ofTable('verdict', verdicts),
  ...ofTable('outcome', outcomes),
  ...ofTable('part kind', Object.fromEntries(Object.entries(kinds).map(withJudges))),
  ...ofTable('scope', scopes),
];
