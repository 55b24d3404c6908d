import type { Sha256 } from '../hash.ts';
import type { SignaturePort } from '../signature-port.ts';

// Signed notes and checkpoints, read by code that shares nothing with the code that writes them.

export interface SignedCheckpoint {
  readonly origin: string;
  readonly size: number;
  /** Hex. */
  readonly root: string;
  /** The note as it was read. */
  readonly note: string;
}

interface LogKey {
  readonly name: string;
  readonly id: Uint8Array;
  readonly publicKey: Uint8Array;
}

const ed25519 = 1;

/** Of an Ed25519 vkey; undefined for anything else. */
export function logKeyOf(vkey: string, sha256: Sha256): LogKey | undefined {
  const text = vkey.trim();
  const first = text.indexOf('+');
  const second = text.indexOf('+', first + 1);
  const name = text.slice(0, Math.max(first, 0));
  const typed = bytesOf(text.slice(second + 1));
  if (name === '' || second < 0 || typed?.length !== 33 || typed[0] !== ed25519) return undefined;
  const named = new TextEncoder().encode(`${name}\n`);
  const id = sha256(new Uint8Array([...named, ...typed])).slice(0, 4);
  return hexOf(id) === text.slice(first + 1, second) ? { name, id, publicKey: typed.slice(1) } : undefined;
}

/** Far more than a hundred witnesses sign; every line may cost the check of a signature. */
const longestNote = 100_000;

/** The checkpoint's lines, not yet checked for who signed them; undefined when it is none. */
export function readCheckpoint(note: string): SignedCheckpoint | undefined {
  if (note.length > longestNote) return undefined;
  const [, origin, digits, root] = /^([^\n]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n\n— /.exec(note) ?? [];
  const bytes = bytesOf(root ?? '');
  const size = Number(digits);
  // A second blank line would move the end of what is signed.
  if (note.indexOf('\n\n') !== note.lastIndexOf('\n\n')) return undefined;
  if (origin === undefined || bytes?.length !== 32 || !Number.isSafeInteger(size)) return undefined;
  return { origin, size, root: hexOf(bytes), note };
}

/** Whether one of the note's signatures is by this key; one under its name and id that is wrong spoils the note. */
export async function isSignedBy({ note }: SignedCheckpoint, key: LogKey, signatures: SignaturePort): Promise<boolean> {
  const end = note.lastIndexOf('\n\n');
  const text = new TextEncoder().encode(note.slice(0, end + 1));
  let isSigned = false;
  for (const line of note.slice(end + 2).split('\n')) {
    const [, name, encoded = ''] = /^— (\S+) (\S+)$/.exec(line) ?? [];
    const bytes = bytesOf(encoded);
    if (name !== key.name || bytes === undefined || hexOf(bytes.slice(0, 4)) !== hexOf(key.id)) continue;
    if (!(await signatures.verify('ed25519', key.publicKey, text, bytes.slice(4)))) return false;
    isSigned = true;
  }
  return isSigned;
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function bytesOf(base64: string): Uint8Array | undefined {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64)) return undefined;
  return Uint8Array.from(atob(base64), (octet) => octet.charCodeAt(0));
}
