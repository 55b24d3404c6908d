import type { CheckedBundle } from './bundles.ts';
import type { Findings } from './finding.ts';
import { type LedgerReader, pathsOf, readPartial } from './reader.ts';
import type { GrownTile } from './tree.ts';

const entriesPerBundle = 256;

/** Compares what a ledger publishes with what its entries lead to. */
export interface TileCheck {
  grown(tiles: readonly GrownTile[]): Promise<void>;
  /** Of a store: what it serves must be what its journal holds. */
  bundle(bundle: CheckedBundle): Promise<void>;
}

export function checkTiles(reader: LedgerReader, size: number, findings: Findings): TileCheck {
  const paths = pathsOf(reader);

  async function compare(path: string, expected: Uint8Array): Promise<void> {
    const read = await readPartial(reader, path);
    if (read === undefined) return findings.report('tile-missing', path, { expected: `${expected.length} bytes` });
    const { bytes } = read;
    const at = firstDifference(expected, bytes);
    if (at >= 0) return findings.report('tile-mismatch', path, { got: `another byte at offset ${at}` });
    const mayBeLonger = read.isWhole && path.includes('.p/');
    if (bytes.length !== expected.length && !mayBeLonger)
      findings.report('tile-mismatch', path, { expected: `${expected.length} bytes`, got: `${bytes.length} bytes` });
  }

  return {
    async grown(tiles) {
      for (const { level, index, width, bytes } of tiles) await compare(paths.tile(level, index, width), bytes);
    },
    async bundle({ index, bytes, entries }) {
      const width = Math.min(entriesPerBundle, size - index * entriesPerBundle, entries.length);
      const last = entries[width - 1];
      if (reader.layout !== 'store' || last === undefined) return;
      const end = last.byteOffset + last.length - bytes.byteOffset;
      await compare(paths.tile('entries', index, width), bytes.subarray(0, end));
    },
  };
}

/** Offset; -1 when `bytes` begins with what is expected. */
function firstDifference(expected: Uint8Array, bytes: Uint8Array): number {
  for (let at = 0; at < expected.length; at++) if (expected[at] !== bytes[at]) return at;
  return -1;
}
