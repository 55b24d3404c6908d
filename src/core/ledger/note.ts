import { fromHex, fromStandardBase64, joinBytes, toBase64 } from './octets.ts';
import { isKeyName } from './vkey.ts';
import type { NoteSigner, VerifierKey } from './vkey.ts';
import { verifyCosignature } from './cosignature.ts';
import type { SignaturePort } from './signature-port.ts';

// C2SP signed-note: a text, a blank line, and lines of signatures. Bounds are those of Go's sumdb/note.

const maxNoteBytes = 1_000_000;
const maxSignatures = 100;
const dash = '\u2014 ';
const keyIdBytes = 4;

export const noteRefusals = Object.freeze({
  'note-too-long': `the note is longer than ${maxNoteBytes} bytes`,
  'note-encoding': 'the note is not UTF-8, or has control characters other than line feeds',
  'note-form': 'the note is not a text, a blank line and lines of signatures',
  'too-many-signatures': `the note has more than ${maxSignatures} signatures`,
  'ambiguous-key': 'two different known keys have the same name and key id',
  'bad-signature': 'a signature under the name and key id of a known key does not verify with it',
  'no-known-signature': 'no signature is by a known key',
});
export type NoteRefusal = keyof typeof noteRefusals;

export interface NoteSignature {
  readonly name: string;
  /** Eight lowercase hexadecimal digits. */
  readonly keyId: string;
  /** What follows the key id. */
  readonly signature: Uint8Array;
}

export interface Note {
  /** Ends with a line feed; the blank line is not part of it. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** Says nothing about who signed: that is `verifyNote`. Bytes are read as UTF-8. */
export function parseNote(source: string | Uint8Array): Note | NoteRefusal {
  const note = plainText(source, maxNoteBytes);
  if (note === undefined) return source.length > maxNoteBytes ? 'note-too-long' : 'note-encoding';
  const split = note.lastIndexOf('\n\n');
  if (split === -1) return 'note-form';
  const signatures = parseSignatureLines(note.slice(split + 2));
  return typeof signatures === 'string' ? signatures : { text: note.slice(0, split + 1), signatures };
}

/** Undefined when longer than `limit`, not UTF-8, or with control characters that no format of these has. */
export function plainText(source: string | Uint8Array, limit: number): string | undefined {
  if (source.length > limit) return undefined;
  const text = typeof source === 'string' ? source : utf8Text(source);
  return text === undefined || /\p{Cs}/u.test(text) || hasControl(text) ? undefined : text;
}

function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 && code !== 0x0a) return true;
  }
  return false;
}

function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (thrown) {
    if (thrown instanceof TypeError) return undefined;
    throw thrown;
  }
}

/** Lines of signatures as they end a note and as a witness answers them: at least one. */
export function parseSignatureLines(lines: string): readonly NoteSignature[] | NoteRefusal {
  if (!lines.endsWith('\n')) return 'note-form';
  const each = lines.slice(0, -1).split('\n', maxSignatures + 1);
  if (each.length > maxSignatures) return 'too-many-signatures';
  const signatures: NoteSignature[] = [];
  for (const line of each) {
    const signature = parseSignatureLine(line);
    if (signature === undefined) return 'note-form';
    signatures.push(signature);
  }
  return signatures;
}

function parseSignatureLine(line: string): NoteSignature | undefined {
  if (!line.startsWith(dash)) return undefined;
  const [name = '', encoded = '', ...more] = line.slice(dash.length).split(' ', 3);
  const bytes = fromStandardBase64(encoded);
  if (more.length > 0 || !isKeyName(name) || bytes === undefined || bytes.length <= keyIdBytes) return undefined;
  const keyId = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0).toString(16).padStart(8, '0');
  return { name, keyId, signature: bytes.slice(keyIdBytes) };
}

export function formatNote({ text, signatures }: Note): string {
  return `${text}\n${formatSignatureLines(signatures)}`;
}

export function formatSignatureLines(signatures: readonly NoteSignature[]): string {
  return signatures
    .map(({ name, keyId, signature }) => `${dash}${name} ${toBase64(joinBytes(fromHex(keyId), signature))}\n`)
    .join('');
}

/** A text that no reader would take for a note's is refused, not signed. */
export async function signNote(text: string, ...signers: readonly NoteSigner[]): Promise<Note | NoteRefusal> {
  if (plainText(text, maxNoteBytes) === undefined) return 'note-encoding';
  if (!text.endsWith('\n')) return 'note-form';
  const message = new TextEncoder().encode(text);
  const signatures: NoteSignature[] = [];
  for (const { name, keyId, sign } of signers) signatures.push({ name, keyId, signature: await sign(message) });
  return parseNote(formatNote({ text, signatures }));
}

/** A known key whose signature verified. */
export interface VerifiedKey {
  readonly key: VerifierKey;
  /** Of a cosignature: when, by the witness's clock, in seconds since the epoch. */
  readonly cosignedAt?: number;
}

export interface OpenedNote {
  readonly text: string;
  readonly verifiedBy: readonly [VerifiedKey, ...VerifiedKey[]];
  /** By keys that are not known, or of a type that cannot be checked here: they say nothing. */
  readonly unknown: readonly NoteSignature[];
}

/** `parseNote` and `verifyNote` in one. */
export async function openNote(
  source: string | Uint8Array,
  keys: readonly VerifierKey[],
  signatures: SignaturePort,
): Promise<OpenedNote | NoteRefusal> {
  const note = parseNote(source);
  return typeof note === 'string' ? note : verifyNote(note, keys, signatures);
}

/** The text only when at least one known key signed it and no signature under a known key is wrong. */
export async function verifyNote(
  note: Note,
  keys: readonly VerifierKey[],
  port: SignaturePort,
): Promise<OpenedNote | NoteRefusal> {
  const verified: VerifiedKey[] = [];
  const unknown: NoteSignature[] = [];
  for (const signature of note.signatures) {
    const [key, other] = keys.filter((known) => isBy(signature, known) && known.type !== 0x06);
    if (other !== undefined) return 'ambiguous-key';
    if (key === undefined) {
      unknown.push(signature);
      continue;
    }
    const seen = await verifySignature(key, { text: note.text, signature: signature.signature }, port);
    if (seen === undefined) return 'bad-signature';
    verified.push(seen);
  }
  const [first, ...rest] = verified;
  return first === undefined ? 'no-known-signature' : { text: note.text, verifiedBy: [first, ...rest], unknown };
}

/** Whether a signature names this key; whether it verifies is another question. */
export function isBy(signature: NoteSignature, key: VerifierKey): boolean {
  return signature.name === key.name && signature.keyId === key.keyId;
}

async function verifySignature(
  key: VerifierKey,
  signed: { readonly text: string; readonly signature: Uint8Array },
  port: SignaturePort,
): Promise<VerifiedKey | undefined> {
  switch (key.type) {
    case 0x01: {
      const message = new TextEncoder().encode(signed.text);
      return (await port.verify('ed25519', key.publicKey, message, signed.signature)) ? { key } : undefined;
    }
    case 0x04: {
      const cosignedAt = await verifyCosignature(key, signed, port);
      return cosignedAt === undefined ? undefined : { key, cosignedAt };
    }
    case 0x06:
      return undefined;
  }
}
