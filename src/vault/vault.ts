import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { Transform } from 'node:stream';
import type { OnApplicationShutdown } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { randomBytes } from '../platform/random';
import { Refusal } from '../platform/refusal';
import { DataKey } from '../records/entities/data-key';
import { insert } from '../records/insert';
import { update } from '../records/update';
import { box, unbox } from './aes-gcm';
import type { KeysInUse } from './keys/keys-in-use';
import { unwrap, wrap } from './keys/wrapping';
import { sealingStream, unsealingStream } from './sealed-stream';

/** Whose content a data key seals. */
export interface KeyOwner {
  kind: 'case' | 'party' | 'person' | 'draft' | 'register';
  id: string;
}

/** An unwrapped data key, in memory for as long as one piece of work needs it. Its bytes do not show when logged. */
export interface CaseKey {
  readonly ownerId: string;
  readonly key: KeyObject;
}

/** The one column of the one row that a sealed value belongs to: anywhere else it does not open. */
export interface Place {
  table: string;
  column: string;
  id: string;
}

/** `sealed` is what the column stores; `commitment` (64 hex digits) is what the ledger stores of it. */
export interface Sealed {
  sealed: string;
  commitment: string;
}

const OPENING_BYTES = 32;

/**
 * Seals what people write (AES-256-GCM under a key per case, party or person) and hashes what must be found again.
 * Erasing an owner's data key makes content, and the openings of its commitments, unrecoverable.
 */
export class Vault implements OnApplicationShutdown {
  constructor(private readonly keys: KeysInUse) {}

  /** A data key that is kept nowhere yet: what it seals before `createKey` stores it is lost with the process. */
  newKey(ownerId: string): CaseKey {
    return { ownerId, key: createSecretKey(randomBytes(32)) };
  }

  /** Stores the data key of a new case, party or person; makes it, unless something was sealed under it already. */
  async createKey(db: EntityManager, owner: KeyOwner, made = this.newKey(owner.id)): Promise<CaseKey> {
    const owned = { ownerId: owner.id, ownerKind: owner.kind };
    const bytes = made.key.export();
    let under = this.keys.newest;
    await insert(db, DataKey, { ...owned, ...wrap(under, owned, bytes) });
    while (!(await this.keys.isKept(under.id))) {
      await this.keys.renew();
      under = this.keys.newest;
      await update(db, DataKey, { ownerId: owner.id }, wrap(under, owned, bytes));
    }
    return made;
  }

  /** Refuses with `not-found` when the content of this owner was erased. */
  async openKey(db: EntityManager, ownerId: string): Promise<CaseKey> {
    const key = (await this.openKeys(db, [ownerId])).get(ownerId);
    if (!key) throw new Refusal('not-found', 'This content was erased and cannot be opened any more.');
    return key;
  }

  /** The keys of many owners in one query; owners whose content was erased are not in the answer. */
  async openKeys(db: EntityManager, ownerIds: string[]): Promise<Map<string, CaseKey>> {
    if (ownerIds.length === 0) return new Map();
    const read = (): Promise<DataKey[]> => db.findBy(DataKey, { ownerId: In(ownerIds) });
    let rows = await read();
    if (rows.some(({ keyEncryptionKeyId }) => !this.keys.find(keyEncryptionKeyId))) {
      await this.keys.renew();
      // By now they may lie under a newer key than the one that was not known.
      rows = await read();
    }
    return new Map(rows.map((row) => [row.ownerId, this.unwrap(row)]));
  }

  /**
   * Destroys the data keys of these owners for good and returns how many there were. What they sealed, and the openings of its
   * commitments, cannot be recovered from here; from a backup only while a key-encryption key of that time is kept (`rotate-keys`).
   */
  async destroyKeys(db: EntityManager, ownerIds: string[]): Promise<number> {
    if (ownerIds.length === 0) return 0;
    const held = await db.countBy(DataKey, { ownerId: In(ownerIds) });
    await db.delete(DataKey, { ownerId: In(ownerIds) });
    return held;
  }

  /** Opens one stored key; throws a sentence for the operator when it is of another keys file. */
  unwrap(row: DataKey): CaseKey {
    const key = this.keys.find(row.keyEncryptionKeyId);
    const bytes = key ? unwrap(key, row) : null;
    if (!bytes)
      throw new Error(
        `The keys file does not open the data key of ${row.ownerKind} ${row.ownerId}: the file belongs to another database, or the row was changed. Put back the keys file that this database was used with.`,
      );
    return { ownerId: row.ownerId, key: createSecretKey(bytes) };
  }

  /** Seals a text for its place. Keeps it byte for byte; throws on unpaired surrogates, which UTF-8 cannot hold. */
  seal(key: CaseKey, place: Place, plaintext: string): Sealed {
    const utf8 = utf8Of(plaintext);
    const opening = randomBytes(OPENING_BYTES);
    return {
      sealed: box(key.key, associated(place), Buffer.concat([opening, utf8])),
      commitment: commit(opening, utf8),
    };
  }

  /** The text as it was sealed; throws when the value was changed, moved to another place or sealed under another key. */
  unseal(key: CaseKey, place: Place, sealed: string): string {
    return this.open(key, place, sealed).utf8.toString('utf8');
  }

  /** Re-derives the commitment from the sealed value, to compare it with the ledger's. */
  commitmentOf(key: CaseKey, place: Place, sealed: string): string {
    const { opening, utf8 } = this.open(key, place, sealed);
    return commit(opening, utf8);
  }

  /** Keyed hash, 64 hex digits, by which a receipt, e-mail address or token is found. `purpose` keeps the kinds apart. */
  hash(purpose: string, value: string): string {
    return createHmac('sha256', this.keys.hashKey).update(`${purpose}\0${value}`).digest('hex');
  }

  /** A key for one purpose alone, derived (HKDF, RFC 5869) from the one that hashes: it lies outside the database and never changes. */
  deriveKey(purpose: string): KeyObject {
    const derived = hkdfSync('sha256', this.keys.hashKey.export(), '', `redress ${purpose}`, 32);
    return createSecretKey(Buffer.from(derived));
  }

  /** Seals under a secret that is kept nowhere: only who brings it again, to this server, can open the answer. */
  sealUnder(secret: string, context: string, plaintext: string): string {
    return box(this.keyOf(secret, context), context, utf8Of(plaintext));
  }

  /** Opens what `sealUnder` made; throws when secret or context differ or the value was changed. */
  unsealUnder(secret: string, context: string, sealed: string): string {
    const opened = unbox(this.keyOf(secret, context), context, sealed);
    if (!opened)
      throw new Error(`A value sealed for ${context} does not open: other secret, or it was changed.`);
    return opened.toString('utf8');
  }

  /** Seals an evidence file on its way to disk, in constant memory. */
  sealStream(key: CaseKey, evidenceId: string): Transform {
    return sealingStream(key.key, evidenceId);
  }

  /** Opens a sealed evidence file; the stream errs when anything differs, at the latest at its end. */
  unsealStream(key: CaseKey, evidenceId: string): Transform {
    return unsealingStream(key.key, evidenceId);
  }

  onApplicationShutdown(): void {
    this.keys.stopLooking();
  }

  private open(key: CaseKey, place: Place, sealed: string): { opening: Buffer; utf8: Buffer } {
    const opened = unbox(key.key, associated(place), sealed);
    if (!opened || opened.length < OPENING_BYTES)
      throw new Error(
        `The sealed value of ${associated(place)} does not open: it was changed or moved in the database. Run "npm run redress -- verify" to see what differs.`,
      );
    return { opening: opened.subarray(0, OPENING_BYTES), utf8: opened.subarray(OPENING_BYTES) };
  }

  /** The hash key as salt: a short secret cannot be tried out by who has the database alone. */
  private keyOf(secret: string, context: string): KeyObject {
    const derived = hkdfSync(
      'sha256',
      secret,
      this.keys.hashKey.export(),
      `redress sealed under ${context}`,
      32,
    );
    return createSecretKey(Buffer.from(derived));
  }
}

function associated(place: Place): string {
  return `${place.table}.${place.column}.${place.id}`;
}

function commit(opening: Buffer, utf8: Buffer): string {
  return createHmac('sha256', opening).update(utf8).digest('hex');
}

const UNPAIRED_SURROGATE = /\p{Surrogate}/u;

function utf8Of(text: string): Buffer {
  if (UNPAIRED_SURROGATE.test(text))
    throw new Refusal(
      'invalid',
      'The text holds half a character (an unpaired surrogate). Type that character again.',
    );
  return Buffer.from(text, 'utf8');
}
