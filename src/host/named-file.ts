import { open } from 'node:fs/promises';
import { FactumError, messageOf } from '../core/errors.ts';

/** The bytes of a file that the user names. Throws FILE_UNUSABLE. */
export async function readNamedFile(path: string, maxBytes: number): Promise<Uint8Array> {
  try {
    await using file = await open(path);
    const { size } = await file.stat();
    if (size > maxBytes) throw new Error(`expected at most ${maxBytes} bytes, got ${size}`);
    // One byte more than allowed: what grows, or never ends, is found by it.
    const { bytesRead, buffer } = await file.read(Buffer.alloc(size + 1), 0, size + 1);
    if (bytesRead > size) throw new Error(`expected a file of ${size} bytes, got one that does not end there`);
    return buffer.subarray(0, bytesRead);
  } catch (cause) {
    throw new FactumError('FILE_UNUSABLE', `${path} cannot be read: ${messageOf(cause)}`, { cause });
  }
}
