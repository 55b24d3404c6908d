import { z } from 'zod';
import { deferred } from '../deferred.ts';
import { Actor } from '../actor.ts';
import type { BlobState } from './evidence.ts';

/** Somebody deletes for good what a look at this claim kept. What was signed stays, so it changes no verdict. */
export const Erasure = deferred(() =>
  z.object({
    claim: z.uuidv7(),
    /** Of the artifact. */
    digest: z.string().regex(/^[0-9a-f]{64}$/),
    by: Actor,
    erasedAt: z.iso.datetime(),
  }),
);
export type Erasure = Readonly<z.infer<typeof Erasure>>;

/** What is not here, and was erased according to the ledger, is not lost. */
export function stateAfter(found: BlobState, digest: string, erased: Pick<ReadonlySet<string>, 'has'>): BlobState {
  return found === 'missing' && erased.has(digest) ? 'erased' : found;
}
