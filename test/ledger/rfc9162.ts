import { createHash } from 'node:crypto';

// RFC 9162 read once more, over bytes and whole trees, sharing nothing with the code it checks.

export const sha256 = (...parts: Uint8Array[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

export const hashLeaf = (data: Uint8Array): Buffer => sha256(Buffer.of(0), data);

const hashChildren = (left: Uint8Array, right: Uint8Array): Buffer => sha256(Buffer.of(1), left, right);

/** Section 2.1.1 as it is defined there, from leaf hashes. */
export function treeHash(leafHashes: Buffer[]): Buffer {
  if (leafHashes.length === 0) return sha256();
  if (leafHashes.length === 1) return leafHashes[0]!;
  let k = 1;
  while (k * 2 < leafHashes.length) k *= 2;
  return hashChildren(treeHash(leafHashes.slice(0, k)), treeHash(leafHashes.slice(k)));
}

/** Section 2.1.3.2. */
export function verifiesInclusion(
  leaf: Buffer,
  leafIndex: number,
  treeSize: number,
  path: Buffer[],
  root: Buffer,
): boolean {
  if (leafIndex >= treeSize) return false;
  let [fn, sn] = [BigInt(leafIndex), BigInt(treeSize - 1)];
  let r = leaf;
  for (const p of path) {
    if (sn === 0n) return false;
    if ((fn & 1n) === 1n || fn === sn) {
      r = hashChildren(p, r);
      while ((fn & 1n) === 0n && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else r = hashChildren(r, p);
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  return sn === 0n && r.equals(root);
}

/** Section 2.1.4.2; two trees of one size are consistent when they are the same. */
export function verifiesConsistency(
  first: number,
  second: number,
  path: Buffer[],
  firstRoot: Buffer,
  secondRoot: Buffer,
): boolean {
  if (first === second) return path.length === 0 && firstRoot.equals(secondRoot);
  if (path.length === 0) return false;
  const isPowerOfTwo = (BigInt(first) & BigInt(first - 1)) === 0n;
  const [start, ...rest] = isPowerOfTwo ? [firstRoot, ...path] : path;
  let [fn, sn] = [BigInt(first - 1), BigInt(second - 1)];
  while ((fn & 1n) === 1n) [fn, sn] = [fn >> 1n, sn >> 1n];
  let [fr, sr] = [start!, start!];
  for (const c of rest) {
    if (sn === 0n) return false;
    if ((fn & 1n) === 1n || fn === sn) {
      [fr, sr] = [hashChildren(c, fr), hashChildren(c, sr)];
      while ((fn & 1n) === 0n && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else sr = hashChildren(sr, c);
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  return fr.equals(firstRoot) && sr.equals(secondRoot) && sn === 0n;
}

export const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
