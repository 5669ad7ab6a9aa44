import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { EntryBody } from '../ledger/entry';
import { Sessions } from '../people/sessions';
import type { Visitor } from '../people/visitor';
import { newId } from '../platform/ids';
import { Refusal } from '../platform/refusal';
import type { Day } from '../platform/time';
import { Entry } from '../records/entities/entry';
import { MailAnswer } from '../records/entities/mail-answer';
import { Mandate } from '../records/entities/mandate';
import { Party } from '../records/entities/party';
import { Transactions } from '../records/transactions';
import { update } from '../records/update';
import { addDays } from '../rules/counting';
import type { MailAnswerStatus } from '../rules/mail-answers';
import { ONE_TIME_RECEIPT_DAYS } from '../rules/one-time-receipts';
import { holderRole, type HolderRole } from '../rules/roles';
import { ReceiptBook } from '../vault/receipt-book';
import { findCase } from './case-file';
import { isTakenOver } from './case-objects';
import { actorOf } from './case-visitor';
import { decisionsOf } from './consent-rows';
import { ChangeCase } from './change-case';
import { isMandateOver, mandateWithReceipt, newestOfParty } from './mandate-rows';
import { nextNumber, type CaseContext, type Deed } from './step-context';
import { ownKeyOf } from './case-visitor';

type Holder = Visitor & { kind: 'rightsholder' };

/** Whom a further receipt can be for: who stands beside the person, who acts for them, or the person for whom somebody else lodged. */
export const FURTHER_HOLDERS = ['SUPPORTER', 'REPRESENTATIVE', 'AFFECTED'] as const;
export type FurtherHolder = (typeof FURTHER_HOLDERS)[number];

/** Further receipts that one case can have at a time. */
const MOST_FURTHER = 10;

/** One receipt that opens the case: for whom, and whether it is the reader's own. Never the receipt itself. */
export interface ReceiptView {
  id: string;
  holder: HolderRole;
  own: boolean;
  /** Whether the reader can end it. */
  mayEnd: boolean;
  /** The last day to give it in for a receipt of their own; null once they hold one that nobody else has seen. */
  oneTimeUntil: Day | null;
}

/** A receipt that was made for somebody, as it has to be shown, and until when it is to be given in, where it works once. */
export interface MadeReceipt {
  receipt: string;
  oneTimeUntil: Day | null;
}

/** The receipts of a case, as its holders keep them in order: each is shown once, and its hash stands with its party. */
@Injectable()
export class Receipts {
  constructor(
    private readonly transactions: Transactions,
    private readonly changeCase: ChangeCase,
    private readonly receipts: ReceiptBook,
    private readonly sessions: Sessions,
  ) {}

  /** Every receipt that opens the case now. */
  async list(visitor: Holder): Promise<ReceiptView[]> {
    const { parties, lodger } = await this.transactions.read((db) => holdersOf(db, visitor.caseId));
    return parties
      .filter(({ receiptHash }) => receiptHash !== null)
      .map((party) => ({
        id: party.id,
        holder: holderRole(party.role),
        own: party.id === visitor.partyId,
        mayEnd: party.id !== visitor.partyId && mayGovern(visitor, parties) && mayEnd(visitor, party, lodger),
        oneTimeUntil: party.oneTimeUntil,
      }));
  }

  /** For whom the visitor can make further receipts; empty when for nobody. */
  async mayAddFor(visitor: Holder): Promise<FurtherHolder[]> {
    const { caseId } = visitor;
    const parties = await this.transactions.read((db) => db.findBy(Party, { caseId }));
    return mayGovern(visitor, parties) ? FURTHER_HOLDERS.filter((holder) => mayAdd(visitor, holder)) : [];
  }

  /** A new receipt in place of the visitor's own. The old one opens nothing any more, and what it had opened elsewhere is closed. */
  async replace(visitor: Holder): Promise<string> {
    const { result } = await this.changeCase.run(
      ownKeyOf(visitor),
      undefined,
      () => actorOf(visitor),
      async (context) => {
        const { caseId, partyId: id, sessionHash } = visitor;
        const party = await context.db.findOneByOrFail(Party, { caseId, id });
        const { receipt, receiptHash } = this.receipts.issue(party);
        await context.update(Party, id, { receiptHash });
        await this.sessions.endAllOfParty(context.db, id, sessionHash);
        return { act: 'replace-receipt', facts: {}, result: receipt };
      },
    );
    return result;
  }

  /**
   * Gives in a receipt that somebody else was shown, for one that nobody else has seen. Of two who give it in at once, one gets the new
   * one. Refuses it after its last day.
   */
  async takeOver(party: Party): Promise<{ receipt: string; reference: string }> {
    const { id, caseId, role, receiptHash: given } = party;
    const visitor: Holder = {
      kind: 'rightsholder',
      caseId,
      partyId: id,
      role: holderRole(role),
      sessionHash: '',
    };
    const { result: receipt, reference } = await this.changeCase.run(
      { id: caseId },
      undefined,
      () => actorOf(visitor),
      async (context) => {
        const { receiptHash: held, oneTimeUntil } = await context.db.findOneByOrFail(Party, { caseId, id });
        if (held !== given || oneTimeUntil === null)
          throw new Refusal('not-found', 'This receipt was given in already. Use the one that came for it.');
        if (oneTimeUntil < context.today)
          throw new Refusal('invalid', 'This receipt worked once, until a day that is over.', [
            { name: 'receipt', field: 'receipt', sentence: 'error.receipt.too-old' },
          ]);
        const made = this.receipts.issue(party);
        await context.update(Party, id, { receiptHash: made.receiptHash, oneTimeUntil: null });
        await settleMailAnswer(context, 'TAKEN-OVER');
        return { act: 'take-over', facts: { holder: role }, result: made.receipt };
      },
    );
    return { receipt, reference };
  }

  /**
   * A receipt for a companion, who reads and writes, or a representative, who also takes steps. For the person to give, or who lodged
   * for them. That of the person herself works once: she gives it in for one that whoever lodged for her has not seen, and alone decides
   * from then on.
   */
  async add(visitor: Holder, holder: FurtherHolder): Promise<MadeReceipt> {
    return this.govern(visitor, async (context, parties) => {
      if (!mayAdd(visitor, holder))
        throw refused('You hold the receipt of the person whose case this is. Replace it, if it was seen.');
      // Whoever may not act any more lets nobody else act in their place; the person can always be given her own.
      if (holder !== 'AFFECTED') refuseOver(visitor, context);
      const further = parties.filter(({ id, receiptHash: held }) => held !== null && id !== visitor.partyId);
      if (holder !== 'AFFECTED' && further.length >= MOST_FURTHER)
        throw refused(`This case has ${MOST_FURTHER} more receipts already. End one first.`);
      const party = { caseId: context.caseId, id: newId(), role: holder };
      if (holder === 'AFFECTED')
        for (const earlier of further.filter(({ oneTimeUntil: until }) => until !== null))
          await context.update(Party, earlier.id, { receiptHash: null, oneTimeUntil: null });
      const { receipt, receiptHash } = this.receipts.issue(party);
      const oneTimeUntil = holder === 'AFFECTED' ? addDays(context.today, ONE_TIME_RECEIPT_DAYS) : null;
      await context.insert(Party, { ...party, receiptHash, oneTimeUntil });
      if (holder === 'REPRESENTATIVE')
        await context.insert(
          Mandate,
          mandateWithReceipt({
            caseId: context.caseId,
            n: nextNumber(context.file.mandates),
            partyId: party.id,
            role: visitor.role,
            today: context.today,
          }),
        );
      return { act: 'add-receipt', facts: { holder }, result: { receipt, oneTimeUntil } };
    });
  }

  /**
   * Inside a change of a case that nobody took over yet: another receipt for the person for whom it was lodged, or who sent it by e-mail,
   * that works once. The one before opens nothing any more.
   */
  async issueAgain(context: CaseContext): Promise<MadeReceipt> {
    const parties = await context.db.find(Party, { where: { caseId: context.caseId }, order: { id: 'ASC' } });
    const party = parties.find(({ oneTimeUntil: until }) => until !== null)!;
    const { receipt, receiptHash } = this.receipts.issue(party);
    const oneTimeUntil = addDays(context.today, ONE_TIME_RECEIPT_DAYS);
    await context.update(Party, party.id, { receiptHash, oneTimeUntil });
    if (context.actor.personId !== null) await settleMailAnswer(context, 'BY-STAFF');
    return { receipt, oneTimeUntil };
  }

  /**
   * Ends a receipt of somebody else: it opens nothing any more, and what it had opened is closed. Nobody can end the person's own. That
   * of a representative is ended by the person or, while they have none, by whoever lodged.
   */
  async end(visitor: Holder, partyId: string): Promise<void> {
    if (partyId === visitor.partyId)
      throw refused('This is your own receipt. Replace it instead, so that you can still come back.');
    await this.govern(visitor, async (context, parties, lodger) => {
      refuseOver(visitor, context);
      const party = parties.find(({ id }) => id === partyId);
      if (!party?.receiptHash || !mayEnd(visitor, party, lodger))
        throw new Refusal('not-found', 'This case has no such receipt, or it is not one that can be ended.');
      await context.update(Party, partyId, { receiptHash: null, oneTimeUntil: null });
      await endMandateOf(context, partyId);
      await this.sessions.endAllOfParty(context.db, partyId);
      return { act: 'end-receipt', facts: { holder: party.role }, result: undefined };
    });
  }

  /** A change to the receipts of others, by who may make it. */
  private async govern<T>(
    visitor: Holder,
    work: (context: CaseContext, parties: Party[], lodger: string) => Promise<Deed<T>>,
  ): Promise<T> {
    const { result } = await this.changeCase.run(
      ownKeyOf(visitor),
      undefined,
      () => actorOf(visitor),
      async (context) => {
        const { parties, lodger } = await holdersOf(context.db, context.caseId);
        if (!mayGovern(visitor, parties))
          throw new Refusal(
            'forbidden',
            'Only the person whose case this is can do this, with their own receipt.',
          );
        return work(context, parties, lodger);
      },
    );
    return result;
  }
}

/** Refuses whoever acted for the person and does not any more: their mandate is over, or she said no to all (CN-REP). */
function refuseOver({ role, partyId }: Holder, { file, today }: CaseContext): void {
  if (role !== 'REP') return;
  if (!isMandateOver(file.mandates, partyId, today) && decisionsOf(file)['CN-REP']?.given !== false) return;
  throw new Refusal('forbidden', 'You no longer act for the person whose case this is.', [
    { name: 'representativeMayAct', sentence: 'need.representativeMayAct' },
  ]);
}

/** Whoever opens the case no more speaks for nobody in it, either. */
async function endMandateOf(context: CaseContext, partyId: string): Promise<void> {
  const { file, today, actor } = context;
  const newest = newestOfParty(file.mandates, partyId, today);
  if (newest?.status !== 'CLAIMED' && newest?.status !== 'CONFIRMED') return;
  const status = newest.status === 'CLAIMED' ? 'REFUSED' : 'ENDED';
  await context.update(Mandate, newest.row.id, { status, endedBy: actor.role, endedOn: today });
}

/** The person decides who else may look; who acts for them only where the person has no receipt of their own. */
export function mayGovern({ role }: Holder, parties: readonly Party[]): boolean {
  const hasOwn = parties.some((party) => isTakenOver(party) && holderRole(party.role) === 'RH');
  return role === 'RH' || (role === 'REP' && !hasOwn);
}

/** A person has one receipt: a second one could never be ended. */
function mayAdd({ role }: Holder, holder: FurtherHolder): boolean {
  return holder !== 'AFFECTED' || role === 'REP';
}

/**
 * Of those who act for the person only whoever lodged ends the receipt of another, which they or another gave in their stead, and one for
 * the person that was not given in yet.
 */
function mayEnd({ role, partyId }: Holder, party: Party, lodger: string): boolean {
  if (party.role === 'SUPPORTER') return true;
  const isLodgers = party.role === 'REPRESENTATIVE' || party.oneTimeUntil !== null;
  return isLodgers && (role === 'RH' || partyId === lodger);
}

/** The parties of a case and which of them lodged it: nothing but the first entry of its history says so. */
async function holdersOf(db: EntityManager, caseId: string): Promise<{ parties: Party[]; lodger: string }> {
  const { ledgerId } = await findCase(db, { id: caseId });
  const { body } = await db.findOneByOrFail(Entry, { ledgerId, n: 1 });
  const { rows } = JSON.parse(body) as Pick<EntryBody, 'rows'>;
  return {
    parties: await db.find(Party, { where: { caseId }, order: { id: 'ASC' } }),
    lodger: rows.find(({ table }) => table === 'parties')!.id,
  };
}

/** Of a case that came by e-mail: its answer is not sent any more. */
async function settleMailAnswer({ db, caseId, today }: CaseContext, status: MailAnswerStatus): Promise<void> {
  await update(db, MailAnswer, { caseId }, { status, changedOn: today });
}

function refused(sentence: string): Refusal {
  return new Refusal('invalid', sentence, [{ name: 'receipt', sentence }]);
}
