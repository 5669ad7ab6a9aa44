import { Injectable } from '@nestjs/common';
import { newId } from '../../platform/ids';
import { Refusal } from '../../platform/refusal';
import { Settings } from '../../platform/settings';
import { Time } from '../../platform/time';
import { Case } from '../../records/entities/case';
import { CheckIn } from '../../records/entities/check-in';
import { Notice } from '../../records/entities/notice';
import { Party } from '../../records/entities/party';
import { Transactions } from '../../records/transactions';
import { calendarOf } from '../../rules/calendars';
import { askedAgainOn, isSilent } from '../../rules/check-ins';
import { ChangeCase } from '../change-case';
import { ClockKeeper } from '../keep-clocks';
import type { CaseContext, Deed } from '../step-context';
import { alertOf, planCheckIn, stopCheckIns } from './check-in-effects';
import { wordedAs } from '../wordings/worded-letters';

const MOST_AT_ONCE = 500;
const BY_ITSELF = { role: 'SYS', personId: null } as const;

/** Asks whoever wanted to be asked whether they are safe, on their day; who stays silent twice is brought to a protection officer. */
@Injectable()
export class SendCheckIns {
  constructor(
    private readonly transactions: Transactions,
    private readonly changeCase: ChangeCase,
    private readonly settings: Settings,
    private readonly time: Time,
  ) {}

  /** Asks in every case that is due, a case a change; returns how many were asked. Run twice at once, it asks nobody twice. */
  async run(): Promise<number> {
    const due = await this.transactions.read((db) =>
      db
        .createQueryBuilder(CheckIn, 'k')
        .innerJoin(Case, 'c', 'c.id = k.caseId')
        .select('k.caseId', 'caseId')
        .where("k.status = 'PLANNED' AND k.dueOn <= :today", { today: this.time.today() })
        .andWhere('c.erasedOn IS NULL')
        .orderBy('k.dueOn')
        .limit(MOST_AT_ONCE)
        .getRawMany<{ caseId: string }>(),
    );
    let asked = 0;
    for (const { caseId } of due) if (await this.askIn(caseId)) asked += 1;
    return asked;
  }

  /** False where it was done, stopped or erased meanwhile. */
  private async askIn(id: string): Promise<boolean> {
    try {
      await this.changeCase.run(
        { id },
        undefined,
        () => BY_ITSELF,
        (context) => this.ask(context),
      );
      return true;
    } catch (error) {
      if (error instanceof Refusal && !error.isOfServer) return false;
      throw error;
    }
  }

  private async ask(context: CaseContext): Promise<Deed<null>> {
    const { file, today, db, caseId } = context;
    const planned = file.checkIns.find(({ status, dueOn }) => status === 'PLANNED' && dueOn <= today);
    if (!planned) throw new Refusal('conflict', 'No check-in is due in this case any more.');
    // Of a case that nobody can open any more, nobody could answer.
    const receipts = await db.find(Party, { where: { caseId }, select: { id: true, receiptHash: true } });
    if (receipts.every(({ receiptHash }) => receiptHash === null)) {
      await stopCheckIns(context);
      return { act: 'end-check-ins', facts: {}, result: null };
    }
    const before = file.checkIns.filter(({ n, status }) => n < planned.n && status !== 'STOPPED');
    for (const { id, status } of before)
      if (status === 'ASKED') await context.update(CheckIn, id, { status: 'MISSED' });
    const isAlert = isSilent(before.map(({ status }) => (status === 'ASKED' ? 'MISSED' : status)));
    if (isAlert) await alertOf(context, new ClockKeeper(context, calendarOf(this.settings.country).code));
    await context.update(CheckIn, planned.id, { status: 'ASKED', askedOn: today });
    await planCheckIn(context, planned.everyDays, askedAgainOn(today, planned.everyDays, isAlert));
    await context.insert(Notice, {
      id: newId(),
      caseId,
      letter: 'check-in',
      language: file.case.language,
      revision: file.case.revision + 1,
      queuedOn: today,
      status: 'QUEUED',
      ...(await wordedAs(db, 'check-in', file.case.language)),
    });
    return { act: 'ask-check-in', facts: { checkIn: planned.n, alert: isAlert }, result: null };
  }
}
