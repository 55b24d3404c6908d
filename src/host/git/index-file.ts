import { bytesOfId, type Entry, type ObjectFormat } from './tree-object.ts';
import { nodeCrypto } from '../node-crypto.ts';

const header = 12;
const statData = 40;
const modeAt = 24;
const submodule = 0o160000;
const assumeUnchanged = 0x8000;
const extended = 0x4000;
const skipWorktree = 0x4000;
const longestCountedName = 0xfff;

/** Where the parts of one entry of an index are. Format: gitformat-index(5), versions 2 to 4. */
interface Place {
  readonly flags: number;
  readonly isLeftOut: boolean;
  readonly name: number;
  readonly nameEnd: number;
  readonly end: number;
}

/** What keeps an index from telling the whole truth about the files. */
export interface IndexFlags {
  /** Git was told to take some file for unchanged, as by `git update-index --assume-unchanged`, or it cannot be told. */
  readonly hides: boolean;
  /** Some files are left out of the working tree, as in a sparse checkout. */
  readonly sparse: boolean;
  /** Some entries are submodules. */
  readonly submodules: boolean;
}

export function flagsOf(index: Buffer, format: ObjectFormat): IndexFlags {
  const untold = { hides: true, sparse: true, submodules: true };
  if (index.length < header || index.toString('latin1', 0, 4) !== 'DIRC') return untold;
  let hides = false;
  let sparse = false;
  let submodules = false;
  let at = header;
  for (let left = index.readUInt32BE(8); left > 0; left -= 1) {
    const place = placeAt(index, at, bytesOfId(format));
    if (place === undefined) return untold;
    hides ||= (place.flags & assumeUnchanged) !== 0;
    sparse ||= place.isLeftOut;
    submodules ||= index.readUInt32BE(at + modeAt) === submodule;
    at = place.end;
  }
  // Most of a split index is in another file.
  return index.toString('latin1', at, at + 4) === 'link' ? untold : { hides, sparse, submodules };
}

/** An index of version 2 with no times in it: git finds every file changed, and looks at it. Paths are latin1. */
export function writeIndex(entries: ReadonlyMap<string, Entry>, format: ObjectFormat): Buffer {
  const sorted = [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const start = Buffer.from('DIRC\0\0\0\x02\0\0\0\0', 'latin1');
  start.writeUInt32BE(sorted.length, 8);
  const content = Buffer.concat([start, ...sorted.map(([path, entry]) => indexEntry(path, entry))]);
  return Buffer.concat([content, nodeCrypto().createHash(format).update(content).digest()]);
}

function indexEntry(path: string, { mode, id }: Entry): Buffer {
  const flagsAt = statData + id.length;
  const entry = Buffer.alloc(paddedLength(flagsAt + 2 + path.length));
  entry.writeUInt32BE(Number.parseInt(mode, 8), modeAt);
  entry.write(id, statData, 'latin1');
  entry.writeUInt16BE(Math.min(path.length, longestCountedName), flagsAt);
  entry.write(path, flagsAt + 2, 'latin1');
  return entry;
}

/** What an index that `writeIndex` began has by now: git keeps its version. */
export function readIndex(index: Buffer, format: ObjectFormat): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  let at = header;
  for (let left = index.readUInt32BE(8); left > 0; left -= 1) {
    const place = placeAt(index, at, bytesOfId(format));
    if (place === undefined) throw new Error('an index is damaged');
    const mode = index.readUInt32BE(at + modeAt).toString(8);
    const id = index.toString('latin1', at + statData, at + statData + bytesOfId(format));
    entries.set(index.toString('latin1', place.name, place.nameEnd), { mode, id });
    at = place.end;
  }
  return entries;
}

/** The entry that begins `at`; undefined when the file ends within it. */
function placeAt(index: Buffer, at: number, idBytes: number): Place | undefined {
  const flagsAt = at + statData + idBytes;
  if (flagsAt + 2 > index.length) return undefined;
  const flags = index.readUInt16BE(flagsAt);
  const isExtended = (flags & extended) !== 0;
  const name = flagsAt + (isExtended ? 4 : 2);
  if (name > index.length) return undefined;
  const isLeftOut = isExtended && (index.readUInt16BE(flagsAt + 2) & skipWorktree) !== 0;
  const compressed = index.readUInt32BE(4) === 4;
  const nameEnd = index.indexOf(0, compressed ? afterPrefixLength(index, name) : name);
  if (nameEnd < 0) return undefined;
  return { flags, isLeftOut, name, nameEnd, end: compressed ? nameEnd + 1 : at + paddedLength(nameEnd - at) };
}

/** Up to version 3 entries are filled up to a multiple of eight bytes, with at least one. */
function paddedLength(bytes: number): number {
  return Math.ceil((bytes + 1) / 8) * 8;
}

/** Version 4 begins each name with how much of the one before it drops. */
function afterPrefixLength(index: Buffer, at: number): number {
  let end = at;
  while (((index[end] ?? 0) & 0x80) !== 0) end += 1;
  return end + 1;
}
