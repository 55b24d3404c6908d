import { z } from 'zod';
import { deferred } from './deferred.ts';
import { PartKind, Scope } from './claim/part.ts';

/** A check that can be written in configuration: which part kind, judged how. */
export const Check = deferred(() =>
  z.strictObject({
    kind: PartKind.describe('what is claimed'),
    verifier: z.string().optional().describe('default: the verifier of that kind'),
    scope: Scope.default('all'),
    options: z.record(z.string(), z.unknown()).default({}).describe('options of the verifier'),
  }),
);
export type Check = Readonly<z.infer<typeof Check>>;

/** A decision about an outcome. Its acceptance checks are standing claims. */
export const Intent = deferred(() =>
  z.strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens'),
    outcome: z.string().min(1).describe('what will be true'),
    decided_by: z.array(z.string().min(1)).min(1).describe('who decided'),
    decided_at: z.iso.date().describe('when, as YYYY-MM-DD'),
    why: z.string().min(1),
    alternatives: z.array(z.string()).default([]),
    dissent: z.array(z.string()).default([]),
    due: z.iso.date().optional(),
    accept: z.array(Check).min(1).describe('checks that must hold'),
  }),
);
export type Intent = Readonly<z.infer<typeof Intent>>;
