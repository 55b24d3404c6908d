import { z } from 'zod';
import { deferred } from '../deferred.ts';

/** The namespace of every human signature (SSHSIG): one made for another purpose attests nothing. */
export const attestNamespace = 'attest@factum.internal';

/** Where a passkey may be used; both are part of what it signs. */
export const PasskeyScope = deferred(() => z.object({ origin: z.url().max(2000), rpId: z.string().min(1).max(253) }));
export type PasskeyScope = Readonly<z.infer<typeof PasskeyScope>>;

/**
 * `request`: signed by the key itself, which shows that whoever asks has it.
 * `enroll` and `remove`: signed by a person whose key is enrolled.
 */
const KeyAction = deferred(() => z.enum(['request', 'enroll', 'remove']));

/** Enrolment and removal of a key of a person, or of a machine. */
export const KeyRecord = deferred(() =>
  z.object({
    pod: z.string().min(1).max(200),
    action: KeyAction,
    kind: z.enum(['human', 'machine']),
    /** Whose key it is: a person's e-mail address as in factum.yaml, or a name for a machine. */
    holder: z.object({ id: z.string().min(1).max(500), name: z.string().max(500).optional() }),
    /** As in an `authorized_keys` file, without comment: `ssh-ed25519 AAAA...`. */
    key: z.string().max(4000),
    /** `SHA256:...` of the key, as `ssh-keygen -l` prints it. */
    fingerprint: z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/),
    /** Only for passkeys. */
    passkey: PasskeyScope.optional(),
    reason: z.string().max(4000).optional(),
    recordedAt: z.iso.datetime(),
  }),
);
export type KeyRecord = Readonly<z.infer<typeof KeyRecord>>;
