import { crc32, inflateRawSync } from 'node:zlib';
import { messageOf } from '../../core/errors.ts';
import { couldNotLook, type Seen, seen } from '../../core/ports.ts';

const signatures = { end: 0x06_05_4b_50, entry: 0x02_01_4b_50, local: 0x04_03_4b_50 };

/**
 * The one file of a ZIP archive, in memory: nothing is written, so no name in it leads anywhere. APPNOTE.TXT 6.3.10,
 * sections 4.3.7, 4.3.12 and 4.3.16; without ZIP64 and encryption.
 */
export function onlyFileIn(archive: Uint8Array, name: string, mostBytes: number): Seen<Uint8Array> {
  try {
    return seen(fileIn(Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength), name, mostBytes));
  } catch (thrown) {
    return couldNotLook('broken', `the archive cannot be read: ${messageOf(thrown)}`);
  }
}

function fileIn(bytes: Buffer, name: string, mostBytes: number): Uint8Array {
  const end = endOf(bytes);
  if (bytes.readUInt16LE(end + 10) !== 1) throw new Error('expected one file in it');
  const entry = bytes.readUInt32LE(end + 16);
  if (bytes.readUInt32LE(entry) !== signatures.entry) throw new Error('expected an entry where its end says');
  const nameLength = bytes.readUInt16LE(entry + 28);
  if (bytes.toString('utf8', entry + 46, entry + 46 + nameLength) !== name) throw new Error(`expected ${name} in it`);
  const [packed, size] = [bytes.readUInt32LE(entry + 20), bytes.readUInt32LE(entry + 24)];
  if (size > mostBytes) throw new Error(`expected at most ${mostBytes} bytes, got ${size}`);
  const start = startOf(bytes, bytes.readUInt32LE(entry + 42));
  const data = bytes.subarray(start, start + packed);
  const method = bytes.readUInt16LE(entry + 10);
  if (method !== 0 && method !== 8) throw new Error(`expected method 0 or 8, got ${method}`);
  // What it says of its size may be untrue.
  const file = method === 8 ? inflateRawSync(data, { maxOutputLength: mostBytes }) : data;
  if (file.length !== size || crc32(file) !== bytes.readUInt32LE(entry + 16)) throw new Error('it is damaged');
  return file;
}

/** A comment of up to 64 KiB may follow. */
function endOf(bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 0xff_ff); at--)
    if (bytes.readUInt32LE(at) === signatures.end) return at;
  throw new Error('it is no ZIP archive');
}

function startOf(bytes: Buffer, local: number): number {
  if (bytes.readUInt32LE(local) !== signatures.local) throw new Error('expected a file where its entry says');
  return local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
}
