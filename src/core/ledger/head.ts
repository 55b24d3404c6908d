import { z } from 'zod';

/** Who a log is: made once, with its first checkpoint. */
export const LogIdentity = z.object({
  /** Random; the log's key is derived from it. */
  id: z.string().min(1),
  /** Of the repository, or of the tenant. */
  name: z.string(),
  /** Of its checkpoints: the name of its key. */
  origin: z.string().min(1),
});
export type LogIdentity = Readonly<z.infer<typeof LogIdentity>>;

const Cosigner = z.object({ name: z.string(), cosignedAt: z.iso.datetime() });

/** What a log signed last. */
export const Head = z.object({
  size: z.int().min(0),
  /** Hex. */
  root: z.string().regex(/^[0-9a-f]{64}$/),
  /** A signed note, with the cosignatures that came. */
  checkpoint: z.string(),
  publishedAt: z.iso.datetime(),
  witnesses: z.array(Cosigner).readonly(),
  /** Since when no witness cosigned, although some are configured. */
  unwitnessedSince: z.iso.datetime().optional(),
});
export type Head = Readonly<z.infer<typeof Head>>;

/** What a witness said that did not cosign. */
export const SilentWitness = z.object({ name: z.string(), why: z.string() });
export type SilentWitness = Readonly<z.infer<typeof SilentWitness>>;

/** What publishing answers. */
export const Published = Head.extend({
  origin: z.string(),
  vkey: z.string(),
  /** Entries that were not published before. */
  added: z.int().min(0),
  silent: z.array(SilentWitness).readonly(),
});
export type Published = Readonly<z.infer<typeof Published>>;
