import { z } from 'zod';
import { deferred } from '../deferred.ts';

/**
 * Part kinds and the verifiers that judge them when `factum.yaml` does not say otherwise.
 * An empty list waits for humans.
 */
export const defaultVerifiers = {
  'tests-pass': ['tests-pass'],
  'build-succeeds': ['command-succeeds'],
  'lint-clean': ['command-succeeds'],
  'types-check': ['command-succeeds'],
  'change-made': ['change-made'],
  'file-exists': ['file-matches'],
  committed: ['working-tree-clean', 'commit-on-branch'],
  'not-reverted': ['not-reverted'],
  pushed: ['commit-on-branch'],
  merged: ['commit-on-branch'],
  'ci-green': ['ci-passed'],
  published: ['package-published'],
  deployed: ['http-responds'],
  'endpoint-responds': ['http-responds'],
  'page-renders': ['page-renders'],
  migrated: ['sql-returns'],
  'data-present': ['sql-returns'],
  'metric-reached': ['metric-meets'],
  'issue-closed': [],
  behaviour: [],
} as const satisfies Record<string, readonly string[]>;

export type PartKind = keyof typeof defaultVerifiers;
export const partKinds = Object.keys(defaultVerifiers) as [PartKind, ...PartKind[]];
export const PartKind = deferred(() => z.enum(partKinds));

/** How much is claimed. Only `all`, or a `named` subset that was itself run, can be refuted by a run. */
export const Scope = deferred(() => z.enum(['all', 'named', 'unknown']));
export type Scope = z.infer<typeof Scope>;

/** UTF-16 offsets into the claim's statement, end exclusive. */
export const Span = deferred(() => z.object({ start: z.number().int().min(0), end: z.number().int().min(0) }));
export type Span = Readonly<z.infer<typeof Span>>;

/** Numbers the claimant named. A number that differs is a note, never a refutation. */
export const Expected = deferred(() =>
  z.object({
    passed: z.number().int().min(0).optional(),
    failed: z.number().int().min(0).optional(),
    skipped: z.number().int().min(0).optional(),
    total: z.number().int().min(0).optional(),
  }),
);
export type Expected = Readonly<z.infer<typeof Expected>>;

/** "18/20 parser tests pass" says itself that a run fails. */
export function fallsShort({ passed = 0, failed = 0, skipped = 0, total = 0 }: Expected): boolean {
  return failed > 0 || passed + skipped < total;
}

/** One checkable piece of a claim. */
export const Part = deferred(() =>
  z.object({
    /** Unique within the claim: p1, p2, ... */
    id: z.string().regex(/^p[1-9][0-9]*$/),
    kind: PartKind,
    /** Absent when the part was filed directly and not read out of words. */
    span: Span.optional(),
    scope: Scope,
    /** What a `named` scope names: test files, packages, paths, endpoints. */
    names: z.array(z.string().min(1).max(1000)).max(100).optional(),
    /** Those of the names that are files, and are said to be there no longer. */
    gone: z.array(z.string().min(1).max(1000)).max(100).optional(),
    expected: Expected.optional(),
    /** The command or program that the words name, of checks other than tests: what another one says is no answer. */
    tool: z.string().min(1).max(1000).optional(),
    /** Set when a particular verifier was asked for; else `defaultVerifiers` and the configuration decide. */
    verifier: z.string().optional(),
    /** Options for the verifier, checked against its own schema when it runs. */
    options: z.record(z.string(), z.unknown()).default({}),
    /** True when a model proposed it: such a part is shown as proposed and can never block. */
    proposed: z.boolean().optional(),
  }),
);
export type Part = Readonly<z.infer<typeof Part>>;
