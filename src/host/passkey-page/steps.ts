import { z } from 'zod';
import { fromBase64 } from '../../core/ledger/octets.ts';

/** What the page shows. Everything is text, never markup. */
export interface Shown {
  readonly title: string;
  readonly lead: string;
  /** What the signature says, read from the bytes that are signed. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly sheet?: { readonly title: string; readonly text: string };
  /** The bytes themselves, as text. */
  readonly bytes?: string;
}

/** What the page is asked to do. Bytes in base64url. */
export type Step =
  | (Shown & {
      readonly kind: 'create';
      readonly challenge: string;
      readonly rpId: string;
      readonly user: { readonly id: string; readonly name: string; readonly displayName: string };
    })
  | (Shown & {
      readonly kind: 'sign';
      readonly challenge: string;
      readonly rpId: string;
      readonly credentialId: string;
    });

/** The page's last words. */
export interface Ending {
  readonly kind: 'signed' | 'refused';
  readonly title: string;
  readonly lead: string;
}

const Bytes = z
  .string()
  .max(64_000)
  .transform((text, context) => {
    const bytes = fromBase64(text);
    if (bytes !== undefined && bytes.length > 0) return bytes;
    context.addIssue({ code: 'custom', message: 'not base64url' });
    return z.NEVER;
  });

/** What the page answers. */
export const Answer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({
    kind: z.literal('created'),
    /** At most 1,023 bytes (WebAuthn Level 2, 4). */
    credentialId: Bytes.refine(({ length }) => length <= 1023),
    /** SubjectPublicKeyInfo in DER. */
    publicKey: Bytes,
  }),
  z.object({
    kind: z.literal('signed'),
    authenticatorData: Bytes,
    clientDataJSON: Bytes,
    /** ECDSA in DER. */
    signature: Bytes,
  }),
  z.object({ kind: z.literal('declined') }),
]);
export type Answer = Readonly<z.infer<typeof Answer>>;
export type AnswerOf<Kind extends Answer['kind']> = Extract<Answer, { readonly kind: Kind }>;
