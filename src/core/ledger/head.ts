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

export const Cosigner = z.object({ name: z.string(), cosignedAt: z.iso.datetime() });
export type Cosigner = Readonly<z.infer<typeof Cosigner>>;

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

/** What publishing answers. */
export const Published = Head.omit({ publishedAt: true }).extend({ origin: z.string() });
export type Published = Readonly<z.infer<typeof Published>>;
