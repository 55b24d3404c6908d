import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { leaves, naiveRoot, sha256, tileStore } from '../../../test/make/trees.ts';
import { vectorFolder } from '../../../test/vectors.ts';
import { decodeEntries } from './bundle.ts';
import { appendLeaves, emptyRange, leafHashOf, rootOf, verifyConsistency, verifyInclusion } from './merkle.ts';
import { entriesPath, growTiles, hashTilePath, parseTilePath, tileIn } from './tile.ts';
import { treeProofs } from './tree-proof.ts';

const largest = 70_000;
const all = leaves(largest);
const sizes = [0, 1, 255, 256, 257, 511, 65_535, 65_536, largest];

/** Grown in steps, as a log is; every tile of every step is kept. */
async function grown(steps: readonly number[]) {
  const store = tileStore();
  let size = 0;
  for (const to of steps) {
    await store.grow(size, all.slice(size, to));
    size = to;
  }
  return store;
}

describe('a log that grew in steps', async () => {
  const { read, tiles } = await grown(sizes);
  const roots = new Map<number, Uint8Array>();
  let range = emptyRange;
  for (const size of sizes) {
    range = appendLeaves(range, all.slice(range.size, size), sha256);
    roots.set(size, rootOf(range, sha256));
  }

  test.each(sizes)('has its root and its right edge at %i', async (size) => {
    const proofs = treeProofs(size, read, sha256);
    expect(await proofs.root()).toEqual(roots.get(size));
    expect(await proofs.range()).toEqual(appendLeaves(emptyRange, all.slice(0, size), sha256));
  });

  test('the last size has 273 full tiles and one of 112, then 1 and 17, then 1', () => {
    expect([
      tileIn(largest, 0, 273),
      tileIn(largest, 1, 1),
      tileIn(largest, 2, 0),
      tileIn(largest, 3, 0),
    ]).toMatchObject([{ width: 112 }, { width: 17 }, { width: 1 }, { width: 0 }]);
    for (const tile of [tileIn(largest, 0, 273), tileIn(largest, 1, 1), tileIn(largest, 2, 0)])
      expect(tiles.has(hashTilePath(tile))).toBe(true);
    expect([...tiles].every(([path, bytes]) => bytes.length === 32 * Number(/p\/(\d+)$/.exec(path)?.[1] ?? 256))).toBe(
      true,
    );
  });

  const published = fc.constantFrom(...sizes.slice(1));
  test('law: each leaf is proved in each published tree, and each tree in each later one', async () => {
    await fc.assert(
      fc.asyncProperty(published, published, fc.nat(), async (a, b, any) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const proofs = treeProofs(to, read, sha256);
        const index = any % to;
        const leafHash = all[index] ?? new Uint8Array();
        const root = roots.get(to) ?? new Uint8Array();
        const inclusion = { index, size: to, leafHash, root, proof: await proofs.inclusion(index) };
        expect(verifyInclusion(inclusion, sha256)).toBeUndefined();
        expect(verifyInclusion({ ...inclusion, index: (index + 1) % to }, sha256) === undefined).toBe(to === 1);
        const fromRoot = roots.get(from) ?? new Uint8Array();
        const proof = await proofs.consistency(from);
        expect(verifyConsistency({ from, to, fromRoot, toRoot: root, proof }, sha256)).toBeUndefined();
        expect(verifyConsistency({ from, to, fromRoot: leafHash, toRoot: root, proof }, sha256) === undefined).toBe(
          from === 1 && index === 0,
        );
        if (from < to) {
          expect(verifyConsistency({ from, to, fromRoot, toRoot: fromRoot, proof }, sha256)).toBeDefined();
          expect(verifyConsistency({ from, to, fromRoot, toRoot: root, proof: proof.slice(1) }, sha256)).toBeDefined();
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('what the tree does not have is no proof but a mistake of the caller', async () => {
    const proofs = treeProofs(257, read, sha256);
    for (const index of [-1, 257, 0.5]) await expect(proofs.inclusion(index)).rejects.toThrow(RangeError);
    for (const from of [0, 258]) await expect(proofs.consistency(from)).rejects.toThrow(RangeError);
  });
});

test('a tile read with another width is refused, not built upon', async () => {
  for (const bytes of [0, 32, 95, 97, 8192].map((length) => new Uint8Array(length))) {
    const read = () => Promise.resolve(bytes);
    await expect(growTiles(3, all.slice(3, 5), read, sha256)).rejects.toThrow('tile/0/000.p/3');
    await expect(treeProofs(3, read, sha256).inclusion(1)).rejects.toThrow('tile/0/000.p/3');
  }
});

test('law: in whatever steps a log grows, its tiles at the end are the same', async () => {
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 1500 }), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(cuts, fc.integer({ min: 1, max: 1500 }), async (some, end) => {
      const once = await grown([end]);
      const stepwise = await grown([...some.filter((cut) => cut < end).toSorted((a, b) => a - b), end]);
      for (const [path, bytes] of once.tiles) expect(stepwise.tiles.get(path)).toEqual(bytes);
      expect(await treeProofs(end, stepwise.read, sha256).root()).toEqual(naiveRoot(all.slice(0, end)));
    }),
    { numRuns: 200 },
  );
});

describe('names of tiles', () => {
  test.each([
    ['tile/0/x001/x234/067', { kind: 'hashes', tile: { level: 0, index: 1_234_067, width: 256 } }],
    ['tile/2/000.p/1', { kind: 'hashes', tile: { level: 2, index: 0, width: 1 } }],
    ['tile/entries/x001/000.p/255', { kind: 'entries', tile: { index: 1000, width: 255 } }],
  ] as const)('%s', (path, named) => {
    expect(parseTilePath(path)).toEqual(named);
    expect(named.kind === 'entries' ? entriesPath(named.tile) : hashTilePath(named.tile)).toBe(path);
  });

  test.each([
    'tile/0/x000/001',
    'tile/0/1',
    'tile/0/001.p/0',
    'tile/0/001.p/256',
    'tile/0/001.p/01',
    'tile/00/001',
    'tile/0/x001/x000',
    'tile/0/001/',
    '/tile/0/001',
    'tile/entries/../001',
    'tile/0/x999/x999/x999/x999/x999/999',
    'tile/-1/000',
    'tile/0/000.p',
    'tile/64/000',
    '',
  ])('%j is none', (path) => expect(parseTilePath(path)).toBeUndefined());

  test('law: whatever is read reads back', () => {
    const part = fc.constantFrom('tile', 'entries', '/', '0', '1', '000', 'x001', '255', '.p', '.p/', '7', 'x');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const path = parts.join('');
        const named = parseTilePath(path);
        if (named === undefined) return;
        expect(named.kind === 'entries' ? entriesPath(named.tile) : hashTilePath(named.tile)).toBe(path);
      }),
      { numRuns: 1000 },
    );
  });
});

test.for(['tessera-log15', 'tessera-log700'])('%s: what another program wrote is derived again', async (name) => {
  const folder = vectorFolder(name);
  const entries: Uint8Array[] = [];
  const [, sizeLine = '0', root = ''] = readFileSync(join(folder, 'checkpoint'), 'utf8').split('\n');
  const size = Number(sizeLine);
  for (let index = 0; index * 256 < size; index++) {
    const { width } = tileIn(size, 0, index);
    entries.push(...decodeEntries(readFileSync(join(folder, entriesPath({ index, width })))).entries);
  }
  const hashes = entries.map((entry) => leafHashOf(entry, sha256));
  expect(hashes).toHaveLength(size);
  const store = tileStore();
  let compared = 0;
  for (let n = 1; n <= size; n++) {
    await store.grow(n - 1, hashes.slice(n - 1, n));
    const written = readCheckpoint(folder, n);
    if (written !== undefined) {
      expect(Buffer.from(await treeProofs(n, store.read, sha256).root()).toString('base64')).toBe(written);
    }
  }
  expect(Buffer.from(await treeProofs(size, store.read, sha256).root()).toString('base64')).toBe(root);
  for (const path of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const relative = join(path.parentPath, path.name).slice(folder.length + 1);
    if (!path.isFile() || parseTilePath(relative)?.kind !== 'hashes') continue;
    expect(Buffer.from(store.tiles.get(relative) ?? []).equals(readFileSync(join(folder, relative))), relative).toBe(
      true,
    );
    compared++;
  }
  expect(compared).toBeGreaterThan(0);
});

function readCheckpoint(folder: string, size: number): string | undefined {
  try {
    return readFileSync(join(folder, `checkpoint.${size}`), 'utf8').split('\n')[2];
  } catch {
    return undefined;
  }
}
