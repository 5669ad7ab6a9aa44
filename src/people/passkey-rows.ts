import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type LastingPasskey, passkeyDigest } from '../ledger/passkey-digest';
import { newId } from '../platform/ids';
import { Log } from '../platform/log';
import { Refusal } from '../platform/refusal';
import { type Day, Time } from '../platform/time';
import { isUniqueViolation } from '../records/dialect';
import { Passkey } from '../records/entities/passkey';
import type { Person } from '../records/entities/person';
import { insert } from '../records/insert';
import { update } from '../records/update';
import { Vault } from '../vault/vault';
import { AccountRows, OPERATOR, selfOf } from './account-rows';
import { passkeyRefused } from './passkey-answers';
import type { KnownCredential, VerifiedPasskey } from './webauthn';

export const MOST_PASSKEYS = 10;

/** A passkey of an account, opened. */
export interface OwnPasskey {
  row: Passkey;
  /** As its owner calls it. */
  label: string;
  credential: KnownCredential;
}

/**
 * The rows of passkeys. An account names the digest of each of its own, bound and told in the history as all that opens it; so a row that
 * somebody wrote or changed by hand, or put back after it was removed or disabled, opens nothing. The counter, which goes on with each use,
 * stands under a keyed hash of its own.
 */
@Injectable()
export class PasskeyRows {
  constructor(
    private readonly vault: Vault,
    private readonly accounts: AccountRows,
    private readonly time: Time,
    private readonly log: Log,
  ) {}

  /** Those of this account that are as we wrote them, in the order in which they were added. */
  async of(db: EntityManager, person: Person): Promise<OwnPasskey[]> {
    if (person.passkeys === null) return [];
    const rows = (await db.findBy(Passkey, { personId: person.id })).filter((row) =>
      this.isSound(person, row),
    );
    const key = (await this.vault.openKeys(db, [person.id])).get(person.id);
    if (!key) return [];
    const open = (row: Passkey, column: 'labelSealed' | 'credentialSealed') =>
      this.vault.unseal(key, placeOf(column, row.id), row[column]);
    return rows
      .map((row) => ({
        row,
        label: open(row, 'labelSealed'),
        credential: JSON.parse(open(row, 'credentialSealed')) as KnownCredential,
      }))
      .sort(
        (a, b) =>
          person.passkeys!.indexOf(passkeyDigest(a.row)) - person.passkeys!.indexOf(passkeyDigest(b.row)),
      );
  }

  /** The passkey of this account with this credential id, as we wrote it and not disabled; null otherwise. */
  async found(db: EntityManager, person: Person, credentialId: string): Promise<Passkey | null> {
    const where = { personId: person.id, credentialHash: this.hashOf(credentialId) };
    const row = await db.findOneBy(Passkey, where);
    return row && row.disabledOn === null && this.isSound(person, row) ? row : null;
  }

  /** Inside a change: one more, with its entry. Refuses a passkey that is known already, and more than there may be. */
  async add(db: EntityManager, person: Person, label: string, made: VerifiedPasskey): Promise<void> {
    const known = person.passkeys ?? [];
    if (known.length >= MOST_PASSKEYS)
      throw passkeyRefused(`You have ${MOST_PASSKEYS} passkeys, and there are no more. Remove one first.`);
    const id = newId();
    const key = await this.vault.openKey(db, person.id);
    const seal = (column: 'labelSealed' | 'credentialSealed', text: string) =>
      this.vault.seal(key, placeOf(column, id), text).sealed;
    const lasting: LastingPasskey = {
      id,
      personId: person.id,
      credentialHash: this.hashOf(made.id),
      credentialSealed: seal(
        'credentialSealed',
        JSON.stringify({ id: made.id, transports: made.transports }),
      ),
      publicKey: made.publicKey,
      labelSealed: seal('labelSealed', label),
      addedOn: this.time.today(),
      disabledOn: null,
    };
    try {
      await insert(db, Passkey, { ...lasting, ...this.counted(lasting, made.counter, null) });
    } catch (error) {
      if (isUniqueViolation(error)) throw passkeyRefused('This passkey is set up already. Use another one.');
      throw error;
    }
    await this.change(db, person, [...known, passkeyDigest(lasting)], 'add-passkey', id);
  }

  /** Inside a change: notes a use. */
  async use(db: EntityManager, row: Passkey, counter: number): Promise<void> {
    await update(db, Passkey, { id: row.id }, this.counted(row, counter, this.time.today()));
  }

  /** Inside a change: keeps a passkey that two devices have from opening anything, and tells of it. */
  async disable(db: EntityManager, person: Person, row: Passkey): Promise<void> {
    const disabled = { ...row, disabledOn: this.time.today() };
    const { disabledOn } = disabled;
    const counted = this.counted(disabled, Number(row.counter), row.lastUsedOn);
    await update(db, Passkey, { id: row.id }, { disabledOn, ...counted });
    const digests = person.passkeys!.map((each) =>
      each === passkeyDigest(row) ? passkeyDigest(disabled) : each,
    );
    await this.accounts.change(
      db,
      person,
      { passkeys: digests },
      { act: 'disable-passkey', by: OPERATOR, facts: { passkey: row.id } },
    );
  }

  /** Inside a change: forgets it, with its entry. Refuses when nothing else would open the account. */
  async remove(db: EntityManager, person: Person, id: string): Promise<void> {
    const own = await this.of(db, person);
    const gone = own.find(({ row }) => row.id === id);
    if (!gone) throw noPasskey();
    const opensAnother = own.some(({ row }) => row.id !== id && row.disabledOn === null);
    if (person.totpSealed === null && !opensAnother)
      throw new Refusal('invalid', 'Nothing was changed.', [
        {
          name: 'passkey.last',
          field: 'current',
          sentence:
            'This is the last second factor of your account. Set up an authenticator app or another passkey first.',
        },
      ]);
    const digests = person.passkeys!.filter((each) => each !== passkeyDigest(gone.row));
    await this.change(db, person, digests.length > 0 ? digests : null, 'remove-passkey', id);
    await db.delete(Passkey, { id });
  }

  private change(
    db: EntityManager,
    person: Person,
    passkeys: string[] | null,
    act: string,
    id: string,
  ): Promise<void> {
    const deed = { act, by: selfOf(person), facts: { passkey: id } };
    return this.accounts.change(db, person, { passkeys }, deed);
  }

  private isSound(person: Person, row: Passkey): boolean {
    const isNamed = person.passkeys?.includes(passkeyDigest(row)) ?? false;
    if (isNamed && row.binding === this.bindingOf(row, row.counter, row.lastUsedOn)) return true;
    this.log.warn('a passkey was changed behind our back and opens nothing; run verify', {
      personId: person.id,
    });
    return false;
  }

  private counted(row: LastingPasskey, count: number, lastUsedOn: Day | null) {
    const counter = String(count);
    return { counter, lastUsedOn, binding: this.bindingOf(row, counter, lastUsedOn) };
  }

  private bindingOf(row: LastingPasskey, counter: string, lastUsedOn: Day | null): string {
    return this.vault.hash('passkey of', JSON.stringify([passkeyDigest(row), counter, lastUsedOn]));
  }

  private hashOf(credentialId: string): string {
    return this.vault.hash('passkey', credentialId);
  }
}

export function noPasskey(): Refusal {
  return new Refusal('not-found', 'You have no such passkey; it may have been removed already.');
}

function placeOf(column: 'labelSealed' | 'credentialSealed', id: string) {
  return { table: 'passkeys', column, id };
}
