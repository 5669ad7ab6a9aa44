import type { EntityTarget } from 'typeorm';
import { CASE_TABLES } from '../../ledger/case-tables';
import { Case } from '../../records/entities/case';
import { DoomedFile } from '../../records/entities/doomed-file';
import { Evidence } from '../../records/entities/evidence';
import { MailAnswer } from '../../records/entities/mail-answer';
import { Party } from '../../records/entities/party';
import { SupportRequest } from '../../records/entities/support-request';
import { Session } from '../../records/entities/session';
import { insert } from '../../records/insert';
import type { ScheduleCode } from '../../rules/retention';
import { forgetGroups, type SearchIndex } from '../../vault/search-index';
import type { Vault } from '../../vault/vault';
import { forgetAlerts } from '../alerts/alert-rows';
import { endJoinCode } from '../collective/collective-effects';
import { endMembership } from '../collective/memberships';
import { workingId } from '../examine-file';
import type { CaseContext } from '../step-context';
import { emptySupportWords } from './support-words';

/** What was erased, in numbers: what the entry says of it. Besides `missingKeys`, where the key of the case was gone before. */
export interface Erased extends Record<string, number> {
  keys: number;
  values: number;
  files: number;
  receipts: number;
}

/**
 * Tables beside those of the ledger that hold something of a case, by its id: their rows go with it. Whoever makes such a table
 * adds its line here. Alerts go earlier, with names and contacts.
 */
const BESIDE_THE_LEDGER: readonly EntityTarget<{ caseId: string | null }>[] = [Session, MailAnswer];

type Row = { id: string } & Record<string, unknown>;

/**
 * Erases inside a change of the case. Keys are destroyed, so that copies elsewhere open no more; sealed columns are emptied besides,
 * and the entry tells it row by row, so that the history still gives every row. Sealed files leave the store after the commit.
 */
export class Erase {
  private readonly erased: Erased = { keys: 0, values: 0, files: 0, receipts: 0 };

  constructor(
    private readonly context: CaseContext,
    private readonly vault: Vault,
    private readonly index: SearchIndex,
  ) {}

  /** What a schedule says; `under` becomes what the case says of itself when all of it is gone. */
  async bySchedule(schedule: ScheduleCode): Promise<Erased> {
    if (schedule === 'RS-CASE') return this.case(schedule);
    if (schedule === 'RS-IDENTITY') return this.identities();
    await this.columnsOf(Case, ['accommodationSealed', 'groupsSealed']);
    await forgetGroups(this.context.db, this.context.caseId);
    await this.columnsOf(SupportRequest, this.sealedColumnsOf(SupportRequest));
    await this.supportWords();
    return this.erased;
  }

  /** Copies of them. Words that search knew of them are read anew with those of the whole case, which are left. */
  private async supportWords(): Promise<void> {
    const emptied = await emptySupportWords(this.context);
    this.erased.values += emptied;
    if (emptied > 0) await this.index.forgetCase(this.context.db, this.context.caseId);
  }

  /** Names and contacts of everybody who can open the case, and their receipts: nobody comes back to it. */
  async person(): Promise<Erased> {
    await this.identities();
    const { db, caseId } = this.context;
    for (const { id, receiptHash } of await db.findBy(Party, { caseId })) {
      if (receiptHash === null) continue;
      await this.context.update(Party, id, { receiptHash: null, oneTimeUntil: null });
      this.erased.receipts += 1;
    }
    await db.delete(Session, { caseId });
    return this.erased;
  }

  /** Every text, file, name and contact. The receipt stays: it opens the page that says that the case was erased. */
  async case(under: string): Promise<Erased> {
    const { db, caseId, patch, today } = this.context;
    await this.identities();
    for (const entity of CASE_TABLES) await this.columnsOf(entity, this.sealedColumnsOf(entity));
    await endMembership(this.context);
    for (const code of this.context.file.joinCodes) await endJoinCode(this.context, code);
    await this.doomFiles();
    for (const entity of BESIDE_THE_LEDGER) await db.delete(entity, { caseId });
    await this.index.forgetCase(db, caseId);
    const own = await this.vault.destroyKeys(db, [caseId]);
    this.erased.keys += own;
    if (own === 0) this.erased.missingKeys = 1;
    patch.erasedOn = today;
    patch.erasedUnder = under;
    return this.erased;
  }

  private async identities(): Promise<Erased> {
    const { db, caseId } = this.context;
    const parties = await db.find(Party, { where: { caseId }, select: { id: true } });
    await this.columnsOf(Party, this.sealedColumnsOf(Party));
    const ids = parties.map(({ id }) => id);
    const forgotten = await forgetAlerts(this.vault, db, ids);
    this.erased.values += forgotten.alerts;
    this.erased.keys += forgotten.keys + (await this.vault.destroyKeys(db, ids));
    return this.erased;
  }

  private sealedColumnsOf(entity: EntityTarget<{ id: string }>): string[] {
    return this.context.db.dataSource
      .getMetadata(entity)
      .columns.map(({ propertyName }) => propertyName)
      .filter((name) => name.endsWith('Sealed'));
  }

  /** Empties columns of every row of the case: null, or no text where the column always has one. */
  private async columnsOf(entity: EntityTarget<{ id: string }>, columns: string[]): Promise<void> {
    const { db, caseId, patch } = this.context;
    const metadata = db.dataSource.getMetadata(entity);
    const empty = (name: string) => (metadata.findColumnWithPropertyName(name)!.isNullable ? null : '');
    const where = entity === Case ? { id: caseId } : { caseId };
    const rows = columns.length > 0 ? ((await db.findBy(entity, where)) as Row[]) : [];
    for (const row of rows) {
      const full = columns.filter((name) => row[name] !== null && row[name] !== '');
      const emptied = Object.fromEntries(full.map((name) => [name, empty(name)]));
      this.erased.values += full.length;
      if (entity === Case) Object.assign(patch, emptied);
      else if (full.length > 0)
        await this.context.update(metadata.target as new () => { id: string }, row.id, emptied);
    }
  }

  private async doomFiles(): Promise<void> {
    const { db, caseId, today } = this.context;
    const files = await db.find(Evidence, { where: { caseId }, select: { id: true } });
    const names = files.flatMap(({ id }) => [id, workingId(id)]);
    await insert(
      db,
      DoomedFile,
      names.map((id) => ({ id, since: today })),
    );
    this.erased.files += files.length;
  }
}
