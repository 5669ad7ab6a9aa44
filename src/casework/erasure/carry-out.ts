import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { appendToHouse } from '../../ledger/house-history';
import { errorCode } from '../../platform/error-code';
import { Log } from '../../platform/log';
import { Refusal } from '../../platform/refusal';
import { Time } from '../../platform/time';
import { DisposalBatch } from '../../records/entities/disposal-batch';
import { DisposalItem } from '../../records/entities/disposal-item';
import { Transactions } from '../../records/transactions';
import { update } from '../../records/update';
import type { KeptBack, ScheduleCode } from '../../rules/retention';
import type { RoleCode } from '../../rules/roles';
import { SearchIndex } from '../../vault/search-index';
import { Vault } from '../../vault/vault';
import { ChangeCase } from '../change-case';
import { DoomedFiles } from '../doomed-files';
import { Agreement } from './agreement';
import { Erase } from './erase';
import { HouseRetention } from './house-retention';
import { keptBack } from './may-be-erased';

/** Tables whose deleted or emptied rows told something: hashes of receipts, words and groups, texts whose key stays, who was signed in, who somebody was, who wrote and did not send, what stood in a register. */
const TELLING = [
  'parties',
  'cases',
  'support_requests',
  'answers',
  'notices',
  'search_words',
  'searched_cases',
  'searched_groups',
  'sessions',
  'people',
  'passkeys',
  'api_tokens',
  'drafts',
  'draft_files',
  'vendors',
  'ai_systems',
  'system_records',
];
/** Keys open everything else, so nothing of their bytes may stay. */
const OPENING = ['data_keys'];

const ACTS = { 'RS-SPECIAL': 'erase-special', 'RS-IDENTITY': 'erase-identities', 'RS-CASE': 'erase-case' };

class NotNow extends Error {
  constructor(readonly why: KeptBack) {
    super(why);
  }
}

/**
 * Carries out what two people agreed to: one change for each case, so that a kill at any moment leaves whole cases and a later run goes
 * on. What came between the proposal and this moment counts: such a case is kept back, and the batch says why.
 */
@Injectable()
export class CarryOut {
  constructor(
    private readonly transactions: Transactions,
    private readonly agreement: Agreement,
    private readonly changeCase: ChangeCase,
    private readonly vault: Vault,
    private readonly index: SearchIndex,
    private readonly doomed: DoomedFiles,
    private readonly retention: HouseRetention,
    private readonly time: Time,
    private readonly log: Log,
  ) {}

  /**
   * Erases every case of the batch that is still listed, then ends the batch. A case that fails stays listed, and the batch open, for
   * the next day; the others go on. One whose key is gone already is erased with what is left of it, and its entry and the certificate
   * say so. Two runs at once do no harm. Refuses a batch that two people did not agree to as it is stored now.
   */
  async run(batchId: string): Promise<void> {
    const { batch, items } = await this.transactions.read(async (db) => ({
      batch: await db.findOneByOrFail(DisposalBatch, { id: batchId }),
      items: await db.find(DisposalItem, { where: { batchId }, order: { n: 'ASC' } }),
    }));
    if (batch.status !== 'AGREED') return;
    await this.transactions.read((db) => this.agreement.of(db, batch, items));
    for (const item of items.filter(({ status }) => status === 'LISTED'))
      try {
        await this.eraseOne(batch, item, items.length);
      } catch (error) {
        this.log.error('a case of a disposal could not be erased; it is tried again daily', error, {
          batch: batchId,
          number: item.n,
        });
      }
    await this.transactions.change((db) => this.end(db, batch));
    await this.wipe();
  }

  private async end(db: EntityManager, { id, schedule }: DisposalBatch): Promise<void> {
    const at = this.time.instant();
    if (await db.existsBy(DisposalItem, { batchId: id, status: 'LISTED' })) return;
    if ((await update(db, DisposalBatch, { id, status: 'AGREED' }, { status: 'DONE', doneAt: at })) === 0)
      return;
    const erased = await db.countBy(DisposalItem, { batchId: id, status: 'ERASED' });
    const kept = await db.countBy(DisposalItem, { batchId: id, status: 'KEPT_BACK' });
    await appendToHouse(db, {
      act: 'end-disposal',
      by: { role: 'SYS', ref: null },
      at,
      facts: { batch: id, schedule, erased, keptBack: kept },
    });
  }

  /** Goes on with every batch that a kill interrupted, and with files that still lie in the store. Returns how many batches. */
  async resume(): Promise<number> {
    const open = await this.transactions.read((db) =>
      db.find(DisposalBatch, { where: { status: 'AGREED' }, order: { settledAt: 'ASC' } }),
    );
    for (const { id } of open)
      try {
        await this.run(id);
      } catch (error) {
        this.log.error('a disposal could not be carried out; it is tried again daily', error, { batch: id });
      }
    await this.wipe();
    return open.length;
  }

  /** After an erasure: takes its files out of the store and its deleted rows out of the database's files. What fails is tried daily. */
  async wipe(): Promise<void> {
    await this.orLater(() => this.transactions.forgetDeleted(OPENING, TELLING));
    await this.orLater(() => this.doomed.remove());
  }

  private async orLater(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.log.warn('what was erased leaves traces that are removed later; its keys are gone', {
        reason: errorCode(error),
      });
    }
  }

  private async eraseOne(batch: DisposalBatch, { n, caseId }: DisposalItem, of: number): Promise<void> {
    const schedule = batch.schedule as ScheduleCode;
    const listed = { batchId: batch.id, n, status: 'LISTED' };
    const actor = { role: batch.settledByRole as RoleCode, personId: batch.settledBy };
    try {
      await this.changeCase.run(
        { id: caseId },
        undefined,
        () => actor,
        async (context) => {
          const { db, file, today } = context;
          const why = keptBack(file, schedule, today, this.retention.years);
          if (why) throw new NotNow(why);
          const entryN = file.case.revision + 1;
          if ((await update(db, DisposalItem, listed, { status: 'ERASED', entryN })) === 0)
            throw new NotNow('ERASED');
          const erased = await new Erase(context, this.vault, this.index).bySchedule(schedule);
          const { id, proposedBy } = batch;
          return {
            act: ACTS[schedule],
            facts: { under: schedule, batch: id, number: n, of, proposedBy, ...erased },
            result: undefined,
          };
        },
        { keyMayBeGone: true },
      );
    } catch (error) {
      const why = whyNot(error);
      if (!why) throw error;
      await this.transactions.change((db) =>
        update(db, DisposalItem, listed, { status: 'KEPT_BACK', keptBack: why }),
      );
    }
  }
}

function whyNot(error: unknown): KeptBack | null {
  if (error instanceof NotNow) return error.why;
  return error instanceof Refusal && error.kind === 'gone' ? 'ERASED' : null;
}
