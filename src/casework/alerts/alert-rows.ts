import { In, type EntityManager } from 'typeorm';
import { Alert } from '../../records/entities/alert';
import type { Vault } from '../../vault/vault';

/** The one column of an alert that is sealed, under a key of its own. */
export const placeOf = (id: string) => ({ table: 'alerts', column: 'addressSealed', id });

/** Null where its key is gone. */
export async function addressOf(vault: Vault, db: EntityManager, alert: Alert): Promise<string | null> {
  return (await addressesOf(vault, db, [alert]))[0] ?? null;
}

/** Of those whose key is there. */
export async function addressesOf(
  vault: Vault,
  db: EntityManager,
  alerts: readonly Alert[],
): Promise<string[]> {
  const keys = await vault.openKeys(
    db,
    alerts.map(({ id }) => id),
  );
  return alerts.flatMap(({ id, addressSealed }) => {
    const key = keys.get(id);
    return key ? [vault.unseal(key, placeOf(id), addressSealed)] : [];
  });
}

/** Takes the alerts of these parties away, with their keys; returns how many alerts and how many keys there were. */
export async function forgetAlerts(
  vault: Vault,
  db: EntityManager,
  partyIds: readonly string[],
): Promise<{ alerts: number; keys: number }> {
  const rows = await db.find(Alert, { where: { partyId: In([...partyIds]) }, select: { id: true } });
  if (rows.length === 0) return { alerts: 0, keys: 0 };
  const ids = rows.map(({ id }) => id);
  const keys = await vault.destroyKeys(db, ids);
  await db.delete(Alert, { id: In(ids) });
  return { alerts: rows.length, keys };
}
