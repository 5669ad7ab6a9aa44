import type { EntityManager } from 'typeorm';
import { Entry } from '../records/entities/entry';
import { LogCheckpoint } from '../records/entities/log-checkpoint';
import { LogLeaf } from '../records/entities/log-leaf';
import { WaitingEntry } from '../records/entities/waiting-entry';
import type { Difference } from './difference';
import { GrowingTree } from './merkle';

const LEAVES_AT_ONCE = 5000;

/** Places in the global log whose entry is another one now, or none. */
export async function wrongLeaves(db: EntityManager): Promise<Difference[]> {
  const rows: { index: number; ledgerId: string; n: number }[] = await db
    .createQueryBuilder(LogLeaf, 'l')
    .select('l.index', 'index')
    .addSelect('l.ledgerId', 'ledgerId')
    .addSelect('l.n', 'n')
    .leftJoin(Entry, 'e', 'e.ledgerId = l.ledgerId AND e.n = l.n')
    .where('e.leafHash IS NULL OR e.leafHash <> l.leafHash')
    .orderBy('l.index')
    .limit(20)
    .getRawMany();
  return rows.map(({ index, ledgerId, n }) => ({
    ledgerId,
    n,
    table: 'log_leaves',
    column: 'leafHash',
    sentence: `place ${index} of the global log: entry ${n} of case ${ledgerId} is gone or was replaced after it was integrated.`,
  }));
}

/** Entries that have no place in the global log and do not wait for one either. */
export async function forgottenEntries(db: EntityManager): Promise<Difference[]> {
  const rows: { ledgerId: string; n: number }[] = await db
    .createQueryBuilder(Entry, 'e')
    .select('e.ledgerId', 'ledgerId')
    .addSelect('e.n', 'n')
    .leftJoin(LogLeaf, 'l', 'l.ledgerId = e.ledgerId AND l.n = e.n')
    .leftJoin(WaitingEntry, 'w', 'w.ledgerId = e.ledgerId AND w.n = e.n')
    .where('l.index IS NULL AND w.n IS NULL')
    .limit(20)
    .getRawMany();
  return rows.map(({ ledgerId, n }) => ({
    ledgerId,
    n,
    table: 'waiting_entries',
    column: null,
    sentence: `entry ${n} of case ${ledgerId} has no place in the global log and does not wait for one; it was put in from outside, or taken off the list.`,
  }));
}

/**
 * Grows the tree again from its places: each checkpoint has to name the root of the tree at its size, in its row and in its note,
 * and the last one covers every place. Whether the signatures hold, auditors check with the public key. Stops at the first
 * difference, because all later roots follow from it.
 */
export async function wrongCheckpoints(db: EntityManager): Promise<Difference[]> {
  const of = (table: string, column: string | null, sentence: string): Difference[] => [
    { ledgerId: '', n: null, table, column, sentence },
  ];
  const checkpoints = await db.find(LogCheckpoint, { order: { size: 'ASC' } });
  const tree = new GrowingTree();
  let next = 0;
  const end = checkpoints.at(-1)?.size ?? 0;
  while (tree.size < end) {
    const leaves = await db
      .createQueryBuilder(LogLeaf, 'l')
      .select('l.index', 'index')
      .addSelect('l.leafHash', 'leafHash')
      .where('l.index >= :size AND l.index < :end', { size: tree.size, end })
      .orderBy('l.index')
      .limit(LEAVES_AT_ONCE)
      .getRawMany<{ index: number; leafHash: string }>();
    if (leaves.length === 0) break;
    for (const { index, leafHash: leaf } of leaves) {
      if (index !== tree.size)
        return of('log_leaves', 'index', `place ${tree.size} of the global log is missing.`);
      tree.add(leaf);
      const checkpoint = checkpoints[next];
      if (checkpoint?.size !== tree.size) continue;
      next += 1;
      const column = wrongColumn(checkpoint, tree.root);
      if (column)
        return of(
          'log_checkpoints',
          column,
          `checkpoint ${tree.size} of the global log: column ${column} does not name the root of the first ${tree.size} places; the checkpoint or one of the places was changed.`,
        );
    }
  }
  if (tree.size < end || next < checkpoints.length)
    return of(
      'log_leaves',
      'index',
      `the global log has ${tree.size} places, but its last checkpoint covers ${end}; places were taken away.`,
    );
  // In this order: a place and the checkpoint over it are stored together, so whoever reads a place can read its checkpoint.
  const [beyond] = await db.find(LogLeaf, { order: { index: 'DESC' }, take: 1 });
  const covered = await db.maximum(LogCheckpoint, 'size');
  return beyond && beyond.index >= (covered ?? 0)
    ? of(
        'log_checkpoints',
        null,
        `place ${beyond.index} of the global log is covered by no checkpoint; a checkpoint was taken away or the place was put in.`,
      )
    : [];
}

function wrongColumn({ size, rootHash, note }: LogCheckpoint, root: string): 'rootHash' | 'note' | null {
  if (rootHash !== root) return 'rootHash';
  const [, notedSize, notedRoot] = note.split('\n');
  return notedSize === String(size) && notedRoot === Buffer.from(root, 'hex').toString('base64')
    ? null
    : 'note';
}
