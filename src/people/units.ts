import { sameUnit } from '../rules/sight';
import type { Vault } from '../vault/vault';

/** Keyed hash of a unit of the organisation, by which two are compared; null for none. The database alone does not tell which unit it is. */
export function unitHashOf(vault: Vault, unit: string | null): string | null {
  const compared = unit === null ? '' : sameUnit(unit);
  return compared === '' ? null : vault.hash('unit', compared);
}
