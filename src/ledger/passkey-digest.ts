import { hash } from 'node:crypto';
import type { Passkey } from '../records/entities/passkey';
import { canonical } from './entry';

/** What of a passkey stays from one use to the next. */
export type LastingPasskey = Omit<Passkey, 'lastUsedOn' | 'counter' | 'binding'>;

/** What an account, and so the history of the house, keeps of each of its passkeys. */
export function passkeyDigest(row: LastingPasskey): string {
  const { id, personId, credentialHash, credentialSealed, publicKey, labelSealed, addedOn, disabledOn } = row;
  return hash(
    'sha256',
    canonical([id, personId, credentialHash, credentialSealed, publicKey, labelSealed, addedOn, disabledOn]),
  );
}
