import fc from 'fast-check';
import { leafHash, nodeHash } from '../../src/ledger/entry';
import {
  consistencyProof,
  GrowingTree,
  inclusionProof,
  isConsistent,
  rootFromInclusion,
  rootOf,
} from '../../src/ledger/merkle';
import { bytes, hashLeaf, sha256, treeHash, verifiesConsistency, verifiesInclusion } from './rfc9162';

const LARGEST = 40;

/** The eight inputs with which implementations of Certificate Transparency test each other, and the root of the first n. */
const INPUTS = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const KNOWN = INPUTS.map((input) => hashLeaf(bytes(input)).toString('hex'));

const leaves = Array.from({ length: LARGEST }, (_, i) => sha256(Buffer.from(`leaf ${i}`)).toString('hex'));
const roots = Array.from({ length: LARGEST + 1 }, (_, size) =>
  treeHash(leaves.slice(0, size).map(bytes)).toString('hex'),
);

/** Every (a, size) with `from` ≤ a ≤ size ≤ 40. */
function pairs(from: number): [number, number][] {
  return Array.from({ length: LARGEST + 1 }, (_, size) =>
    Array.from({ length: size + 1 - from }, (_, a): [number, number] => [a + from, size]),
  ).flat();
}

/** One byte of one hash made another one. */
function changed(hex: string, at: number, by: number): string {
  const copy = bytes(hex);
  copy[at] = copy[at]! ^ by;
  return copy.toString('hex');
}

const aByte = { at: fc.nat(31), by: fc.integer({ min: 1, max: 255 }) };

describe('the Merkle tree', () => {
  it.each(ROOTS.map((root, size) => ({ size, root })))(
    'has the published root over the first $size test inputs',
    ({ size, root }) => {
      expect(rootOf(KNOWN.slice(0, size))).toBe(root);
    },
  );

  it('hashes leaves and nodes with different first bytes, so that no node passes for a leaf', () => {
    expect(leafHash('')).toBe(ROOTS[1]);
    expect(leafHash('\0')).toBe('96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7');
    expect(nodeHash(KNOWN[0]!, KNOWN[1]!)).toBe(ROOTS[2]);
    expect(leafHash('é')).toBe(hashLeaf(Buffer.from('é', 'utf8')).toString('hex'));
  });

  it('gives the published audit paths', () => {
    expect(inclusionProof(KNOWN, 0)).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect(inclusionProof(KNOWN, 5)).toEqual([
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      ROOTS[4],
    ]);
    expect(inclusionProof(KNOWN.slice(0, 3), 2)).toEqual([ROOTS[2]]);
  });

  it('grows leaf by leaf to the root that the whole list has', () => {
    const tree = new GrowingTree();
    for (const [size, root] of roots.entries()) {
      expect([tree.size, tree.root, rootOf(leaves.slice(0, size))]).toEqual([size, root, root]);
      if (size < LARGEST) tree.add(leaves[size]!);
    }
  });

  it('proves every leaf of every tree of up to 40 leaves', () => {
    for (const [index, size] of pairs(0).filter(([index, size]) => index < size)) {
      const proof = inclusionProof(leaves.slice(0, size), index);
      const leaf = leaves[index]!;
      expect(verifiesInclusion(bytes(leaf), index, size, proof.map(bytes), bytes(roots[size]!))).toBe(true);
      expect(rootFromInclusion(leaf, index, size, proof)).toBe(roots[size]);
    }
  });

  it('proves every tree of up to 40 leaves to be the beginning of every larger one', () => {
    for (const [from, to] of pairs(1)) {
      const proof = consistencyProof(leaves.slice(0, to), from);
      const [small, large] = [roots[from]!, roots[to]!];
      expect(verifiesConsistency(from, to, proof.map(bytes), bytes(small), bytes(large))).toBe(true);
      expect(isConsistent({ size: from, root: small }, { size: to, root: large }, proof)).toBe(true);
    }
  });

  it('takes the empty tree for the beginning of every tree, and nothing else for the empty tree', () => {
    for (const [size, root] of roots.entries()) {
      expect(consistencyProof(leaves.slice(0, size), 0)).toEqual([]);
      expect(isConsistent({ size: 0, root: roots[0]! }, { size, root }, [])).toBe(true);
      expect(isConsistent({ size: 0, root: roots[1]! }, { size, root }, [])).toBe(false);
      if (size > 0) expect(isConsistent({ size, root }, { size: 0, root: roots[0]! }, [])).toBe(false);
    }
  });

  it('proves no leaf when a byte of the leaf, of the path or of the root is another one', () => {
    const places = fc
      .integer({ min: 1, max: LARGEST })
      .chain((size) =>
        fc.record({ size: fc.constant(size), index: fc.nat(size - 1), part: fc.nat(), ...aByte }),
      );
    fc.assert(
      fc.property(places, ({ size, index, part, at, by }) => {
        const all = [leaves[index]!, roots[size]!, ...inclusionProof(leaves.slice(0, size), index)];
        const place = part % all.length;
        const [leaf, root, ...proof] = all.map((hash, i) => (i === place ? changed(hash, at, by) : hash));
        expect(rootFromInclusion(leaf!, index, size, proof)).not.toBe(root);
        expect(verifiesInclusion(bytes(leaf!), index, size, proof.map(bytes), bytes(root!))).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('proves no leaf at another index, in a tree of another depth, or with a hash too many or too few', () => {
    for (const [index, size] of pairs(0).filter(([index, size]) => index < size)) {
      const proof = inclusionProof(leaves.slice(0, size), index);
      const leadsTo = (i: number, path: string[]) => rootFromInclusion(leaves[index]!, i, size, path);
      for (let other = -1; other <= size; other++)
        if (other !== index) expect(leadsTo(other, proof)).not.toBe(roots[size]);
      expect(leadsTo(index + 0.5, proof)).toBeNull();
      expect(leadsTo(index, [...proof, roots[size]!])).toBeNull();
      if (proof.length > 0) expect(leadsTo(index, proof.slice(0, -1))).not.toBe(roots[size]);
      expect(rootFromInclusion(leaves[index]!, index, size * 2 + 1, proof)).toBeNull();
    }
  });

  it('finds no consistency when a byte of either root or of the proof is another one', () => {
    const places = fc
      .integer({ min: 1, max: LARGEST })
      .chain((to) =>
        fc.record({ to: fc.constant(to), from: fc.integer({ min: 1, max: to }), part: fc.nat(), ...aByte }),
      );
    fc.assert(
      fc.property(places, ({ from, to, part, at, by }) => {
        const all = [roots[from]!, roots[to]!, ...consistencyProof(leaves.slice(0, to), from)];
        const place = part % all.length;
        const [small, large, ...proof] = all.map((hash, i) => (i === place ? changed(hash, at, by) : hash));
        expect(isConsistent({ size: from, root: small! }, { size: to, root: large! }, proof)).toBe(false);
        expect(verifiesConsistency(from, to, proof.map(bytes), bytes(small!), bytes(large!))).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('finds no consistency with a hash too many or too few, or between trees in the wrong order', () => {
    for (const [from, to] of pairs(1)) {
      const proof = consistencyProof(leaves.slice(0, to), from);
      const small = { size: from, root: roots[from]! };
      const large = { size: to, root: roots[to]! };
      expect(isConsistent(small, large, [...proof, roots[from]!])).toBe(false);
      if (proof.length > 0) expect(isConsistent(small, large, proof.slice(0, -1))).toBe(false);
      if (from < to) expect(isConsistent(large, small, proof)).toBe(false);
    }
  });
});
