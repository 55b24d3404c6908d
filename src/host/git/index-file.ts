const header = 12;
const assumeUnchanged = 0x8000;
const extended = 0x4000;

/**
 * Whether git was told to take any file of an index for unchanged, as `git update-index --assume-unchanged` does.
 * Format: gitformat-index(5), versions 2 to 4. True also when it cannot be told, as for a split index.
 */
export function mayHideChanges(index: Buffer, objectNameBytes: number): boolean {
  if (index.length < header || index.toString('latin1', 0, 4) !== 'DIRC') return true;
  const version = index.readUInt32BE(4);
  const fixed = 40 + objectNameBytes;
  let at = header;
  for (let left = index.readUInt32BE(8); left > 0; left -= 1) {
    if (at + fixed + 2 > index.length) return true;
    const flags = index.readUInt16BE(at + fixed);
    if ((flags & assumeUnchanged) !== 0) return true;
    const name = at + fixed + ((flags & extended) === 0 ? 2 : 4);
    const end = index.indexOf(0, version === 4 ? afterPrefixLength(index, name) : name);
    if (end < 0) return true;
    // Up to version 3 entries are filled up to a multiple of eight bytes, with at least one.
    at = version === 4 ? end + 1 : at + Math.ceil((end - at + 1) / 8) * 8;
  }
  return index.toString('latin1', at, at + 4) === 'link';
}

/** Version 4 begins each name with how much of the one before it drops. */
function afterPrefixLength(index: Buffer, at: number): number {
  let end = at;
  while (((index[end] ?? 0) & 0x80) !== 0) end += 1;
  return end + 1;
}
