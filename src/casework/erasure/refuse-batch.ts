import { In, type EntityManager } from 'typeorm';
import { appendToHouse } from '../../ledger/house-history';
import type { Instant } from '../../platform/time';
import { DisposalBatch } from '../../records/entities/disposal-batch';
import { DisposalItem } from '../../records/entities/disposal-item';
import { update } from '../../records/update';
import type { RoleCode } from '../../rules/roles';

/** Who settles a batch, in which role. */
export interface Settler {
  personId: string;
  role: RoleCode;
}

/** Refuses a batch that waits: nothing of it is erased, and the history of the house says who refused. False when it waits no more. */
export async function refuseBatch(
  db: EntityManager,
  { id, schedule }: Pick<DisposalBatch, 'id' | 'schedule'>,
  { personId, role }: Settler,
  now: Instant,
): Promise<boolean> {
  const settled = { status: 'REFUSED', settledBy: personId, settledByRole: role, settledAt: now };
  if ((await update(db, DisposalBatch, { id, status: 'PROPOSED' }, settled)) === 0) return false;
  await update(db, DisposalItem, { batchId: id, status: 'LISTED' }, { status: 'DROPPED' });
  const facts = { batch: id, schedule };
  await appendToHouse(db, { act: 'refuse-disposal', by: { role, ref: personId }, at: now, facts });
  return true;
}

/**
 * Refuses every batch that waits with this case among others. Whoever is kept out of the case from now on would see the others neither in
 * a batch nor among what is due, and could tell from that what they must not learn.
 */
export async function refuseBatchesWith(
  db: EntityManager,
  caseId: string,
  by: Settler,
  now: Instant,
): Promise<void> {
  const listed = await db.findBy(DisposalItem, { caseId, status: 'LISTED' });
  if (listed.length === 0) return;
  const batches = await db.findBy(DisposalBatch, {
    id: In(listed.map(({ batchId }) => batchId)),
    status: 'PROPOSED',
  });
  for (const batch of batches)
    if ((await db.countBy(DisposalItem, { batchId: batch.id })) > 1) await refuseBatch(db, batch, by, now);
}
