import type { EntityManager } from 'typeorm';
import { Refusal } from '../platform/refusal';
import { isUniqueViolation } from '../records/dialect';
import { Entry } from '../records/entities/entry';
import { LogCheckpoint } from '../records/entities/log-checkpoint';
import { LogLeaf } from '../records/entities/log-leaf';
import { WaitingEntry } from '../records/entities/waiting-entry';
import { insert } from '../records/insert';
import { Transactions } from '../records/transactions';
import { consistencyProof, GrowingTree, inclusionProof, rootOf } from './merkle';
import type { SigningKey } from './signing-key';

const ENTRIES_AT_ONCE = 1000;
const LEAVES_AT_ONCE = 10_000;
const ATTEMPTS = 5;

/** Hashes in a full tile, as C2SP tlog-tiles has it. */
const TILE_WIDTH = 256;

/** The global log over all histories, built behind them: entries get a place, the tree grows, a signed checkpoint says how far. */
export class GlobalLog {
  private tree = new GrowingTree();

  constructor(
    private readonly transactions: Transactions,
    private readonly key: SigningKey,
  ) {}

  /**
   * Takes committed entries that have no place yet, gives them one and signs a checkpoint. Returns how many it took. When another
   * process takes the same entries at the same moment, the keys of the places let one win and the other looks again.
   */
  async integrate(): Promise<number> {
    for (let attempt = 1; ; attempt++)
      try {
        return await this.takeWaiting();
      } catch (error) {
        if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
      }
  }

  private async takeWaiting(): Promise<number> {
    const nothingWaits = await this.transactions.read(async (db) => {
      const isWaiting = await db.exists(WaitingEntry);
      // Grown outside the change: after a start that means to read every place, and nobody may wait for it.
      if (isWaiting) this.tree = await this.treeOver(db);
      return !isWaiting;
    });
    if (nothingWaits) return 0;
    return this.transactions.change(async (db) => {
      const waiting = await db
        .createQueryBuilder(WaitingEntry, 'w')
        .innerJoin(Entry, 'e', 'e.ledgerId = w.ledgerId AND e.n = w.n')
        .select('e.ledgerId', 'ledgerId')
        .addSelect('e.n', 'n')
        .addSelect('e.leafHash', 'leafHash')
        .orderBy('w.ledgerId')
        .addOrderBy('w.n')
        .limit(ENTRIES_AT_ONCE)
        .getRawMany<{ ledgerId: string; n: number; leafHash: string }>();
      if (waiting.length === 0) return 0;
      const tree = await this.treeOver(db);
      await insert(
        db,
        LogLeaf,
        waiting.map((leaf, i) => ({ ...leaf, index: tree.size + i })),
      );
      for (const { leafHash } of waiting) tree.add(leafHash);
      await insert(db, LogCheckpoint, {
        size: tree.size,
        rootHash: tree.root,
        note: this.note(tree.size, tree.root),
      });
      await db.query(
        `DELETE FROM "waiting_entries" WHERE EXISTS (
          SELECT 1 FROM "log_leaves" "l"
          WHERE "l"."ledgerId" = "waiting_entries"."ledgerId" AND "l"."n" = "waiting_entries"."n")`,
      );
      return waiting.length;
    });
  }

  /**
   * The tree under the last checkpoint, grown on from what this process has seen of it; a copy, since a change may fail. Throws when
   * the places do not lead to that checkpoint: nothing more is signed over a log that was changed.
   */
  private async treeOver(db: EntityManager): Promise<GrowingTree> {
    const [last] = await db.find(LogCheckpoint, { order: { size: 'DESC' }, take: 1 });
    if (!last) return new GrowingTree();
    for (const tree of [this.tree.copy(), new GrowingTree()]) {
      while (tree.size < last.size) {
        const leaves = await leavesBetween(db, tree.size, Math.min(last.size, tree.size + LEAVES_AT_ONCE));
        if (leaves.length === 0) break;
        leaves.forEach((leaf) => tree.add(leaf));
      }
      if (tree.size === last.size && tree.root === last.rootHash) return tree;
    }
    throw new Error(
      'The places of the global log do not lead to its last checkpoint. Run: npm run redress -- verify',
    );
  }

  private note(size: number, rootHash: string): string {
    return this.key.note(`${this.key.origin}\n${size}\n${Buffer.from(rootHash, 'hex').toString('base64')}\n`);
  }

  /** The newest checkpoint, a C2SP signed note; over the empty tree before the first integration. */
  async checkpoint(): Promise<string> {
    const last = await this.transactions.read((db) =>
      db.find(LogCheckpoint, { order: { size: 'DESC' }, take: 1 }),
    );
    return last[0]?.note ?? this.note(0, rootOf([]));
  }

  /** An entry by its place in the log, for auditors. */
  async entry(index: number): Promise<{ index: number; leafHash: string; ledgerId: string; entry: unknown }> {
    return this.transactions.read(async (db) => {
      const leaf = await db.findOneBy(LogLeaf, { index });
      const entry = leaf && (await db.findOneBy(Entry, { ledgerId: leaf.ledgerId, n: leaf.n }));
      if (!entry) throw noEntry();
      return {
        index,
        leafHash: leaf.leafHash,
        ledgerId: leaf.ledgerId,
        entry: JSON.parse(entry.body) as unknown,
      };
    });
  }

  /** Hex hashes from the leaf upwards that lead to the root of the tree of `size` leaves. */
  async inclusion(
    index: number,
    size: number,
  ): Promise<{ index: number; size: number; leafHash: string; proof: string[] }> {
    const leaves = await this.leavesUpTo(size);
    const leafHash = leaves[index];
    if (leafHash === undefined)
      throw new Refusal('invalid', 'index has to be smaller than size.', [
        { name: 'index', field: 'index', sentence: 'Give an index from 0 to size − 1.' },
      ]);
    return { index, size, leafHash, proof: inclusionProof(leaves, index) };
  }

  /** Hex hashes that prove the tree of `from` leaves to be the beginning of the tree of `to` leaves. */
  async consistency(from: number, to: number): Promise<{ from: number; to: number; proof: string[] }> {
    if (from > to)
      throw new Refusal('invalid', 'from must not be larger than to.', [
        {
          name: 'from',
          field: 'from',
          sentence:
            'Give the smaller size first. If a signed checkpoint names a larger size than the log has now, entries are gone that were there: keep it; “compare” in the README says what it proves.',
        },
      ]);
    return { from, to, proof: consistencyProof(await this.leavesUpTo(to), from) };
  }

  /** Tile of C2SP tlog-tiles: up to 256 hashes of 32 bytes of one level (level 0: leaves; level 1: roots of full tiles …). */
  async tile(level: number, index: number, width = TILE_WIDTH): Promise<Buffer> {
    const span = TILE_WIDTH ** level;
    if (span * width > 2 ** 24)
      throw new Refusal('not-found', 'The log has no such tile; see the size in the checkpoint.');
    const start = index * TILE_WIDTH * span;
    const leaves = await this.transactions.read(async (db) => leavesBetween(db, start, start + width * span));
    if (leaves.length < width * span)
      throw new Refusal('not-found', 'The log has no such tile; see the size in the checkpoint.');
    const hashes = Array.from({ length: width }, (_, i) => rootOf(leaves.slice(i * span, (i + 1) * span)));
    return Buffer.from(hashes.join(''), 'hex');
  }

  private async leavesUpTo(size: number): Promise<string[]> {
    return this.transactions.read(async (db) => {
      if (size > (await sizeOf(db)))
        throw new Refusal(
          'not-found',
          'The log is not that long; see the size in the checkpoint. If you hold a signed checkpoint over more entries, keep it: it proves that entries are gone.',
        );
      return leavesOf(db, size);
    });
  }
}

async function sizeOf(db: EntityManager): Promise<number> {
  const last = await db.find(LogLeaf, { order: { index: 'DESC' }, take: 1, select: { index: true } });
  return last.length === 0 ? 0 : last[0]!.index + 1;
}

function leavesOf(db: EntityManager, size: number): Promise<string[]> {
  return leavesBetween(db, 0, size);
}

async function leavesBetween(db: EntityManager, from: number, to: number): Promise<string[]> {
  const rows = await db
    .createQueryBuilder(LogLeaf, 'l')
    .select('l.leafHash', 'leafHash')
    .where('l.index >= :from AND l.index < :to', { from, to })
    .orderBy('l.index')
    .getRawMany<{ leafHash: string }>();
  return rows.map(({ leafHash }) => leafHash);
}

export function noEntry(): Refusal {
  return new Refusal('not-found', 'The log has no entry at this index; see the size in the checkpoint.');
}
