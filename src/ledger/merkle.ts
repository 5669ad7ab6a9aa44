import { hash } from 'node:crypto';
import { nodeHash } from './entry';

// Source: RFC 9162 section 2.1 (Merkle tree hash, inclusion and consistency proofs) over hex leaf hashes.

const EMPTY = hash('sha256', '');

/** Largest power of two below `size`; `size` is at least 2. */
function split(size: number): number {
  return 2 ** Math.floor(Math.log2(size - 1));
}

/** Root over leaf hashes, in order. */
export function rootOf(leaves: readonly string[]): string {
  if (leaves.length === 0) return EMPTY;
  let level = [...leaves];
  while (level.length > 1) {
    const next: string[] = [];
    for (let i = 0; i < level.length; i += 2)
      next.push(i + 1 < level.length ? nodeHash(level[i]!, level[i + 1]!) : level[i]!);
    level = next;
  }
  return level[0]!;
}

/** A tree that grows at its right edge: keeps only the roots of its full subtrees, so a log of any length fits in memory. */
export class GrowingTree {
  private subtrees: { hash: string; size: number }[] = [];
  size = 0;

  /** A tree of its own that grows on from here. */
  copy(): GrowingTree {
    const tree = new GrowingTree();
    tree.subtrees = [...this.subtrees];
    tree.size = this.size;
    return tree;
  }

  add(leaf: string): void {
    let grown = { hash: leaf, size: 1 };
    while (this.subtrees.at(-1)?.size === grown.size)
      grown = { hash: nodeHash(this.subtrees.pop()!.hash, grown.hash), size: grown.size * 2 };
    this.subtrees.push(grown);
    this.size += 1;
  }

  get root(): string {
    if (this.subtrees.length === 0) return EMPTY;
    return this.subtrees.map(({ hash }) => hash).reduceRight((right, left) => nodeHash(left, right));
  }
}

/** Audit path of the leaf at `index`, from the leaf upwards. */
export function inclusionProof(leaves: readonly string[], index: number): string[] {
  if (leaves.length <= 1) return [];
  const k = split(leaves.length);
  return index < k
    ? [...inclusionProof(leaves.slice(0, k), index), rootOf(leaves.slice(k))]
    : [...inclusionProof(leaves.slice(k), index - k), rootOf(leaves.slice(0, k))];
}

/** Proof that the tree of the first `size` leaves is the beginning of this one. */
export function consistencyProof(leaves: readonly string[], size: number): string[] {
  return size === 0 || size === leaves.length ? [] : subproof(leaves, size, true);
}

function subproof(leaves: readonly string[], size: number, whole: boolean): string[] {
  if (size === leaves.length) return whole ? [] : [rootOf(leaves)];
  const k = split(leaves.length);
  return size <= k
    ? [...subproof(leaves.slice(0, k), size, whole), rootOf(leaves.slice(k))]
    : [...subproof(leaves.slice(k), size - k, false), rootOf(leaves.slice(0, k))];
}

/** Root that an inclusion proof leads to; the leaf is in the tree when it equals the root that is known. RFC 9162 2.1.3.2. */
export function rootFromInclusion(
  leaf: string,
  index: number,
  size: number,
  proof: readonly string[],
): string | null {
  if (!Number.isInteger(index) || index < 0 || index >= size) return null;
  let fn = index;
  let sn = size - 1;
  let root = leaf;
  for (const node of proof) {
    if (sn === 0) return null;
    if (fn % 2 === 1 || fn === sn) {
      root = nodeHash(node, root);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else root = nodeHash(root, node);
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 ? root : null;
}

/** Whether the smaller tree is the beginning of the larger. RFC 9162 2.1.4.2. */
export function isConsistent(
  small: { size: number; root: string },
  large: { size: number; root: string },
  proof: readonly string[],
): boolean {
  if (small.size === large.size) return proof.length === 0 && small.root === large.root;
  if (small.size === 0) return proof.length === 0 && small.root === EMPTY;
  if (small.size > large.size) return false;
  const path = Number.isInteger(Math.log2(small.size)) ? [small.root, ...proof] : [...proof];
  let fn = small.size - 1;
  let sn = large.size - 1;
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  const first = path.shift();
  if (first === undefined) return false;
  let oldRoot = first;
  let newRoot = first;
  for (const node of path) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      oldRoot = nodeHash(node, oldRoot);
      newRoot = nodeHash(node, newRoot);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else newRoot = nodeHash(newRoot, node);
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return oldRoot === small.root && newRoot === large.root && sn === 0;
}
