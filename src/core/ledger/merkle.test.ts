import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { leaves, naiveRoot, sha256 } from '../../../test/make/trees.ts';
import { vectorFolder } from '../../../test/vectors.ts';
import type { Hash } from './hash.ts';
import { appendLeaves, emptyRange, rootOf, splitOf, verifyConsistency, verifyInclusion } from './merkle.ts';

const runs = { numRuns: 1000 };
const all = leaves(600);

const roots = new Map<string, Hash>();

function root(from: number, to: number): Hash {
  const known = roots.get(`${from} ${to}`) ?? naiveRoot(all.slice(from, to));
  roots.set(`${from} ${to}`, known);
  return known;
}

/** RFC 6962 s.2.1.1, over leaf hashes. */
function path(index: number, from: number, to: number): readonly Hash[] {
  if (to - from === 1) return [];
  const middle = from + splitOf(to - from);
  return index < middle
    ? [...path(index, from, middle), root(middle, to)]
    : [...path(index, middle, to), root(from, middle)];
}

describe('a compact range', () => {
  test('has the root that RFC 6962 defines, for each size', () => {
    let range = emptyRange;
    expect(rootOf(range, sha256)).toEqual(sha256(new Uint8Array()));
    for (let size = 1; size <= 300; size++) {
      range = appendLeaves(range, all.slice(size - 1, size), sha256);
      expect(rootOf(range, sha256)).toEqual(root(0, size));
    }
  });

  test('law: in whatever portions it grows', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { maxLength: 8 }), (portions) => {
        let range = emptyRange;
        for (const count of portions) {
          range = appendLeaves(range, all.slice(range.size, range.size + count), sha256);
        }
        expect(rootOf(range, sha256)).toEqual(root(0, range.size));
      }),
      { numRuns: 200 },
    );
  });
});

const place = fc.integer({ min: 1, max: 600 }).chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1)));

describe('inclusion', () => {
  test('law: the audit path of each leaf holds, and of nothing else', () => {
    fc.assert(
      fc.property(place, fc.nat(), fc.nat(255), ([size, index], which, bit) => {
        const leafHash = all[index] ?? new Uint8Array();
        const proof = path(index, 0, size);
        const good = { index, size, leafHash, proof, root: root(0, size) };
        expect(verifyInclusion(good, sha256)).toBeUndefined();
        const flipped = (hash: Hash): Hash =>
          hash.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
        const at = proof.length === 0 ? -1 : which % proof.length;
        const bad = [
          { ...good, leafHash: flipped(leafHash) },
          { ...good, root: flipped(good.root) },
          { ...good, index: index + 1 },
          { ...good, index: index - 1 },
          { ...good, index: size },
          { ...good, proof: [...proof, leafHash] },
          ...(at < 0
            ? []
            : [
                { ...good, proof: proof.with(at, flipped(proof[at] ?? leafHash)) },
                { ...good, proof: proof.toSpliced(at, 1) },
              ]),
          { ...good, size: Number.NaN },
        ];
        for (const each of bad) expect(verifyInclusion(each, sha256)).toBeDefined();
      }),
      runs,
    );
  });

  test('of a tree larger than 2^32 takes as many hashes as its height', () => {
    const size = 2 ** 40;
    const proof = Array.from({ length: 40 }, () => new Uint8Array(32));
    const given = { index: size - 1, size, leafHash: new Uint8Array(32), proof, root: new Uint8Array(32) };
    expect(verifyInclusion(given, sha256)).toBe('root-mismatch');
    expect(verifyInclusion({ ...given, proof: proof.slice(1) }, sha256)).toBe('proof-length');
  });
});

interface Vector {
  readonly desc: string;
  readonly wantErr: boolean;
  readonly file: string;
  readonly proof: readonly string[] | null;
}

function bytes(base64: string): Hash {
  return Buffer.from(base64, 'base64');
}

function proofOf({ proof }: Vector): readonly Hash[] {
  return (proof ?? []).map(bytes);
}

test('all published cases of inclusion and consistency', () => {
  const text = readFileSync(vectorFolder('merkle-rfc6962.json'), 'utf8');
  const { inclusion, consistency } = JSON.parse(text) as {
    readonly inclusion: readonly (Vector & { leafIdx: number; treeSize: number; root: string; leafHash: string })[];
    readonly consistency: readonly (Vector & { size1: number; size2: number; root1: string; root2: string })[];
  };
  for (const each of inclusion) {
    const { leafIdx: index, treeSize: size } = each;
    const given = { index, size, leafHash: bytes(each.leafHash), root: bytes(each.root), proof: proofOf(each) };
    expect(verifyInclusion(given, sha256) !== undefined, each.file).toBe(each.wantErr);
  }
  for (const each of consistency) {
    const { size1: from, size2: to } = each;
    const given = { from, to, fromRoot: bytes(each.root1), toRoot: bytes(each.root2), proof: proofOf(each) };
    // Ours refuses what proves nothing: from the empty tree.
    if (from === 0) expect(verifyConsistency(given, sha256), each.file).toBe('sizes-out-of-order');
    else expect(verifyConsistency(given, sha256) !== undefined, each.file).toBe(each.wantErr);
  }
  expect(inclusion.length + consistency.length).toBe(196);
});
