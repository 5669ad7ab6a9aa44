import type { KeyObject } from 'node:crypto';
import type { DataKey } from '../../records/entities/data-key';
import { box, unbox } from '../aes-gcm';

/** Whose data key it is: wrapped for one owner, it opens for no other. */
export type Owned = Pick<DataKey, 'ownerId' | 'ownerKind'>;

/** A key-encryption key in memory. Its bytes do not show when logged. */
export interface WrappingKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** The two columns that hold a data key. */
export function wrap(
  under: WrappingKey,
  owned: Owned,
  dataKey: Buffer,
): Pick<DataKey, 'wrappedKey' | 'keyEncryptionKeyId'> {
  return { wrappedKey: box(under.key, placeOf(owned), dataKey), keyEncryptionKeyId: under.id };
}

/** The data key; null when the row was changed or the key is not the one that wrapped it. */
export function unwrap({ key }: WrappingKey, row: DataKey): Buffer | null {
  return unbox(key, placeOf(row), row.wrappedKey);
}

function placeOf({ ownerKind, ownerId }: Owned): string {
  return `data_keys.${ownerKind}.${ownerId}`;
}
