import { type Hash, isSameHash, type Sha256 } from './hash.ts';
import { joinBytes } from './octets.ts';

// The tree of RFC 6962 s.2.1; its proofs are checked as RFC 9162 s.2.1.3.2 and s.2.1.4.2 say. Sizes may exceed 2^32,
// so halves are divisions and never shifts.

const hashBytes = 32;
const leafPrefix = new Uint8Array([0]);

/** SHA-256(0x00 || entry), in the form in which `sha256` answers. */
export function leafHashOf<Answer>(entry: Uint8Array, sha256: (bytes: Uint8Array) => Answer): Answer {
  return sha256(joinBytes(leafPrefix, entry));
}

// One for all nodes: a new one for each costs about half as much as its hash. `sha256` answers before the next is
// written and keeps nothing.
const node = new Uint8Array(1 + 2 * hashBytes);

/** SHA-256(0x01 || left || right). */
export function nodeHashOf(left: Hash, right: Hash, sha256: Sha256): Hash {
  node[0] = 1;
  node.set(left, 1);
  node.set(right, 1 + hashBytes);
  return sha256(node);
}

/** The largest power of two below `size`, which is at least 2. */
export function splitOf(size: number): number {
  let half = 1;
  while (half * 2 < size) half *= 2;
  return half;
}

/** Roots of the perfect subtrees of a tree, the largest first: all that is needed to grow it. */
export interface CompactRange {
  readonly size: number;
  readonly hashes: readonly Hash[];
}

export const emptyRange: CompactRange = Object.freeze({ size: 0, hashes: Object.freeze([]) });

export function appendLeaves(range: CompactRange, leaves: readonly Hash[], sha256: Sha256): CompactRange {
  const hashes = [...range.hashes];
  let { size } = range;
  for (const leaf of leaves) {
    let hash = leaf;
    for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      const left = hashes.pop();
      if (left === undefined) throw new RangeError(`a range of size ${size} with too few hashes`);
      hash = nodeHashOf(left, hash, sha256);
    }
    hashes.push(hash);
    size++;
  }
  return { size, hashes };
}

/** Of the empty tree SHA-256(""). */
export function rootOf({ hashes }: CompactRange, sha256: Sha256): Hash {
  const [last, ...others] = hashes.toReversed();
  if (last === undefined) return sha256(new Uint8Array());
  return others.reduce((root, left) => nodeHashOf(left, root, sha256), last);
}

/** Why a proof is refused. */
export const proofRefusals = Object.freeze({
  'not-a-size': 'a size or index is not a whole number that can be counted',
  'hash-length': 'a hash is not 32 bytes long',
  'index-out-of-range': 'the tree is not larger than the index',
  'sizes-out-of-order': 'the first tree is empty, or larger than the second',
  'proof-length': 'the proof has more or fewer hashes than the sizes ask for',
  'root-mismatch': 'the proof leads to another root',
});
export type ProofRefusal = keyof typeof proofRefusals;

export interface Inclusion {
  readonly index: number;
  readonly size: number;
  readonly leafHash: Hash;
  readonly proof: readonly Hash[];
  readonly root: Hash;
}

/** Undefined when the leaf is at this index of the tree with this root. */
export function verifyInclusion(inclusion: Inclusion, sha256: Sha256): ProofRefusal | undefined {
  const { index, size, proof, root } = inclusion;
  if (!isCount(index) || !isCount(size)) return 'not-a-size';
  if (index >= size) return 'index-out-of-range';
  if (![inclusion.leafHash, root, ...proof].every(isHash)) return 'hash-length';
  let at = index;
  let last = size - 1;
  let hash = inclusion.leafHash;
  for (const sibling of proof) {
    if (last === 0) return 'proof-length';
    if (at % 2 === 1 || at === last) {
      hash = nodeHashOf(sibling, hash, sha256);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else hash = nodeHashOf(hash, sibling, sha256);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  if (last !== 0) return 'proof-length';
  return isSameHash(hash, root) ? undefined : 'root-mismatch';
}

export interface Consistency {
  readonly from: number;
  readonly to: number;
  readonly fromRoot: Hash;
  readonly toRoot: Hash;
  readonly proof: readonly Hash[];
}

/** Undefined when the first tree is the beginning of the second. From an empty tree nothing can be proved. */
export function verifyConsistency(consistency: Consistency, sha256: Sha256): ProofRefusal | undefined {
  const { from, to, fromRoot, toRoot, proof } = consistency;
  if (!isCount(from) || !isCount(to)) return 'not-a-size';
  if (from === 0 || from > to) return 'sizes-out-of-order';
  if (from === to) {
    if (proof.length > 0) return 'proof-length';
    return isSameHash(fromRoot, toRoot) ? undefined : 'root-mismatch';
  }
  if (![fromRoot, toRoot, ...proof].every(isHash)) return 'hash-length';
  const isPerfect = isPowerOfTwo(from);
  const [first, ...rest] = isPerfect ? [fromRoot, ...proof] : proof;
  if (first === undefined || (isPerfect && proof.length === 0)) return 'proof-length';
  const roots = rootsFrom(first, rest, { from, to, sha256 });
  if (roots === undefined) return 'proof-length';
  return isSameHash(roots.old, fromRoot) && isSameHash(roots.now, toRoot) ? undefined : 'root-mismatch';
}

interface Growth {
  readonly from: number;
  readonly to: number;
  readonly sha256: Sha256;
}

/** Both roots that the proof leads to; undefined when it has too many or too few hashes. */
function rootsFrom(first: Hash, rest: readonly Hash[], { from, to, sha256 }: Growth) {
  let at = from - 1;
  let last = to - 1;
  while (at % 2 === 1) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  let [old, now] = [first, first];
  for (const hash of rest) {
    if (last === 0) return undefined;
    if (at % 2 === 1 || at === last) {
      old = nodeHashOf(hash, old, sha256);
      now = nodeHashOf(hash, now, sha256);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else now = nodeHashOf(now, hash, sha256);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? { old, now } : undefined;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function isHash({ length }: Uint8Array): boolean {
  return length === hashBytes;
}

function isPowerOfTwo(value: number): boolean {
  let rest = value;
  while (rest % 2 === 0) rest /= 2;
  return rest === 1;
}
