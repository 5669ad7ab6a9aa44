import { Injectable } from '@nestjs/common';
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
import { addressOf, forgetAlerts, placeOf } from './alert-rows';

type Holder = Visitor & { kind: 'rightsholder' };

/** What a holder of a receipt reads of their own alert. */
export interface AlertView {
  /** Whom it comes from; null where this house sends no e-mails. */
  from: string | null;
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
    const from = this.post.outgoing?.from ?? null;
    return this.transactions.read(async (db) => {
      await findCase(db, { id: caseId });
      const alert = await db.findOneBy(Alert, { caseId, partyId });
      const address = alert ? await addressOf(this.vault, db, alert) : null;
      return { from, address, refused: alert?.status === ('REFUSED' satisfies AlertStatus) };
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
        await forgetAlerts(this.vault, db, [partyId]);
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
        await forgetAlerts(this.vault, db, [partyId]);
        return { act: 'end-alert', facts: {}, result: undefined };
      },
    );
  }

  /**
   * That its holder is about to read what is there: it is not new to them any more, whatever is under way. Before it is read, so that what
   * comes in between is told rather than lost.
   */
  async opened({ caseId, partyId }: Holder): Promise<void> {
    const isNew = await this.transactions.read(async (db) => {
      const alert = await db.findOneBy(Alert, { caseId, partyId });
      if (!alert || alert.status === ('REFUSED' satisfies AlertStatus)) return false;
      const { revision } = await findCase(db, { id: caseId });
      return alert.seenRevision < revision || alert.status !== ('ON' satisfies AlertStatus);
    });
    if (!isNew) return;
    await this.transactions.change(async (db) => {
      const { revision } = await findCase(db, { id: caseId });
      const seen = { seenRevision: revision, status: 'ON' satisfies AlertStatus };
      // In the order in which a round takes it further meanwhile.
      for (const status of ['ON', 'SENDING', 'SENT'] satisfies AlertStatus[])
        await update(db, Alert, { caseId, partyId, status }, seen);
    });
  }
}
