import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Post } from '../../mail/post';
import type { Visitor } from '../../people/visitor';
import { newId } from '../../platform/ids';
import { Refusal } from '../../platform/refusal';
import { Alert } from '../../records/entities/alert';
import { insert } from '../../records/insert';
import { Transactions } from '../../records/transactions';
import { update } from '../../records/update';
import type { AlertStatus } from '../../rules/alerts';
import { Vault } from '../../vault/vault';
import { findCase } from '../case-file';
import { actorOf, ownKeyOf } from '../case-visitor';
import { ChangeCase } from '../change-case';

type Holder = Visitor & { kind: 'rightsholder' };

/** What a holder of a receipt reads of their own alert. */
export interface AlertView {
  /** Whether this house sends e-mails at all. */
  available: boolean;
  /** Null while it is off. */
  address: string | null;
  /** Whether the mail server said that there is no such address. */
  refused: boolean;
}

/** An e-mail that says no more than that there is something new: off until a holder of a receipt switches their own on. */
@Injectable()
export class Alerts {
  constructor(
    private readonly transactions: Transactions,
    private readonly changeCase: ChangeCase,
    private readonly vault: Vault,
    private readonly post: Post,
  ) {}

  /** Whether this house sends e-mails. */
  get available(): boolean {
    return this.post.outgoing !== null;
  }

  /** The visitor's own. */
  async view({ caseId, partyId }: Holder): Promise<AlertView> {
    const { available } = this;
    return this.transactions.read(async (db) => {
      await findCase(db, { id: caseId });
      const alert = await db.findOneBy(Alert, { caseId, partyId });
      if (!alert) return { available, address: null, refused: false };
      const address = await addressOf(this.vault, db, alert);
      return { available, address, refused: alert.status === ('REFUSED' satisfies AlertStatus) };
    });
  }

  /** Switches it on, or changes the address, which lies under a new key. What is there already is no news. */
  async set(visitor: Holder, address: string): Promise<void> {
    if (!this.available) throw new Refusal('conflict', 'This service sends no e-mails.');
    const { caseId, partyId } = visitor;
    await this.changeCase.run(
      ownKeyOf(visitor),
      undefined,
      () => actorOf(visitor),
      async ({ db, file }) => {
        const before = await db.findOneBy(Alert, { caseId, partyId });
        if (before) await forgetAlerts(this.vault, db, [before]);
        const id = newId();
        const key = await this.vault.createKey(db, { kind: 'party', id });
        const { sealed } = this.vault.seal(key, placeOf(id), address);
        await insert(db, Alert, {
          id,
          caseId,
          partyId,
          addressSealed: sealed,
          status: 'ON' satisfies AlertStatus,
          seenRevision: file.case.revision + 1,
          sentOn: before?.sentOn ?? null,
        });
        return { act: 'set-alert', facts: {}, result: undefined };
      },
    );
  }

  /** Switches it off: the address is gone with its key. Does nothing where it is off. */
  async end(visitor: Holder): Promise<void> {
    const { caseId, partyId } = visitor;
    const isOn = await this.transactions.read((db) => db.existsBy(Alert, { caseId, partyId }));
    if (!isOn) return;
    await this.changeCase.run(
      ownKeyOf(visitor),
      undefined,
      () => actorOf(visitor),
      async ({ db }) => {
        const alerts = await db.findBy(Alert, { caseId, partyId });
        await forgetAlerts(this.vault, db, alerts);
        return { act: 'end-alert', facts: {}, result: undefined };
      },
    );
  }

  /** That its holder opens their page: whatever stands there now is not new to them any more. */
  async opened({ caseId, partyId }: Holder): Promise<void> {
    const isNew = await this.transactions.read(async (db) => {
      const alert = await db.findOneBy(Alert, { caseId, partyId });
      if (!alert || alert.status === 'REFUSED') return false;
      const { revision } = await findCase(db, { id: caseId });
      return alert.seenRevision < revision || alert.status !== 'ON';
    });
    if (!isNew) return;
    await this.transactions.change(async (db) => {
      const { revision } = await findCase(db, { id: caseId });
      const seen = { seenRevision: revision, status: 'ON' satisfies AlertStatus };
      for (const status of ['ON', 'SENDING', 'SENT'] satisfies AlertStatus[])
        await update(db, Alert, { caseId, partyId, status }, seen);
    });
  }
}

const placeOf = (id: string) => ({ table: 'alerts', column: 'addressSealed', id });

/** Null where its key is gone. */
export async function addressOf(
  vault: Vault,
  db: EntityManager,
  { id, addressSealed }: Alert,
): Promise<string | null> {
  const key = (await vault.openKeys(db, [id])).get(id);
  return key ? vault.unseal(key, placeOf(id), addressSealed) : null;
}

/** Takes alerts away, with their keys; returns how many keys there were. */
export async function forgetAlerts(
  vault: Vault,
  db: EntityManager,
  alerts: readonly Alert[],
): Promise<number> {
  const held = await vault.destroyKeys(
    db,
    alerts.map(({ id }) => id),
  );
  for (const { id } of alerts) await db.delete(Alert, { id });
  return held;
}
