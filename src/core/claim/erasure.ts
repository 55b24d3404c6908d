import { z } from 'zod';
import { deferred } from '../deferred.ts';
import { Actor } from '../actor.ts';

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
