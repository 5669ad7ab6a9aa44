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
import { closeCaseTo, endMandateOf } from './brought-in';
import { actorOf, ownKeyOf } from './case-visitor';
import { ChangeCase } from './change-case';
import { actsNoMore, mandateWithReceipt } from './mandate-rows';
import { nextNumber, type CaseContext, type Deed } from './step-context';

type Holder = Visitor & { kind: 'rightsholder' };

/**
 * Whom a holder can make a further receipt for: who stands beside the person, or acts for them. Never the person herself: whoever made her
 * number could give it in first and be taken for her. Staff give it to her (`issue-receipt`).
 */
export const FURTHER_HOLDERS = ['SUPPORTER', 'REPRESENTATIVE'] as const;
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
    return mayGovern(visitor, parties) ? [...FURTHER_HOLDERS] : [];
  }

  /** What a form to replace the visitor's own receipt carries: its id, and a mark of the receipt that it replaces. */
  async replacementForm({ caseId, partyId: id }: Holder): Promise<string> {
    const party = await this.transactions.read((db) => db.findOneByOrFail(Party, { caseId, id }));
    return `${newId()}.${this.receipts.markOf(party)}`;
  }

  /**
   * A new receipt in place of the visitor's own. The old one opens nothing any more, and what it had opened elsewhere is closed. A form
   * that is sent again gives the same receipt; one of a receipt that another replaced since is refused as stale.
   */
  async replace(visitor: Holder, form?: string): Promise<string> {
    const replacing = this.changeCase.run(
      ownKeyOf(visitor),
      undefined,
      () => actorOf(visitor),
      async (context) => {
        const { caseId, partyId: id, sessionHash } = visitor;
        const party = await context.db.findOneByOrFail(Party, { caseId, id });
        const { receipt, receiptHash } = this.receipts.issue(party, form && `${form} ${id}`);
        if (party.receiptHash === receiptHash) throw new ReplacedBefore(receipt);
        if (form && form.split('.')[1] !== this.receipts.markOf(party)) throw receiptChanged();
        await context.update(Party, id, { receiptHash });
        await this.sessions.endAllOfParty(context.db, id, sessionHash);
        return { act: 'replace-receipt', facts: {}, result: receipt };
      },
    );
    return replacing.then(
      ({ result }) => result,
      (error: unknown) => {
        if (error instanceof ReplacedBefore) return error.receipt;
        throw error;
      },
    );
  }

  /**
   * Gives in a receipt that somebody else was shown, for one that nobody else has seen, of this seed if there is one. Of two who give it
   * in at once, one gets the new one. Refuses it after its last day.
   */
  async takeOver(party: Party, seed?: string): Promise<{ receipt: string; reference: string }> {
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
        const made = this.receipts.issue(party, seed);
        await context.update(Party, id, { receiptHash: made.receiptHash, oneTimeUntil: null });
        await settleMailAnswer(context, 'TAKEN-OVER');
        return { act: 'take-over', facts: { holder: role }, result: made.receipt };
      },
    );
    return { receipt, reference };
  }

  /**
   * A receipt for a companion, who reads and writes, or a representative, who also takes steps. For the person to give, or who lodged
   * for them.
   */
  async add(visitor: Holder, holder: FurtherHolder): Promise<MadeReceipt> {
    return this.govern(visitor, async (context, parties) => {
      // Whoever may not act any more lets nobody else act in their place.
      refuseOver(visitor, context);
      const further = parties.filter(({ id, receiptHash: held }) => held !== null && id !== visitor.partyId);
      if (further.length >= MOST_FURTHER)
        throw refused(`This case has ${MOST_FURTHER} more receipts already. End one first.`);
      const party = { caseId: context.caseId, id: newId(), role: holder };
      const { receipt, receiptHash } = this.receipts.issue(party);
      await context.insert(Party, { ...party, receiptHash, oneTimeUntil: null });
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
      return {
        act: 'add-receipt',
        facts: { holder, addedBy: visitor.partyId },
        result: { receipt, oneTimeUntil: null },
      };
    });
  }

  /**
   * Inside a change of a case whose person holds no receipt of her own: a receipt that works once. Of a case that nobody took over yet it is
   * for whoever it was made for before, who came to us or wrote an e-mail; otherwise for the person, whom somebody else spoke for until now.
   * Every number made before, and not given in, opens nothing any more.
   */
  async issueAgain(context: CaseContext): Promise<MadeReceipt> {
    const { caseId } = context;
    const parties = await context.db.find(Party, { where: { caseId }, order: { id: 'ASC' } });
    const pending = parties.filter(({ oneTimeUntil: until }) => until !== null);
    const hers = pending.find(({ role }) => holderRole(role) === 'RH');
    const earlier = hers ?? (parties.some(isTakenOver) ? undefined : pending[0]);
    for (const other of pending.filter((each) => each !== earlier))
      await context.update(Party, other.id, { receiptHash: null, oneTimeUntil: null });
    const party = earlier ?? { caseId, id: newId(), role: 'AFFECTED' };
    const { receipt, receiptHash } = this.receipts.issue(party);
    const oneTimeUntil = addDays(context.today, ONE_TIME_RECEIPT_DAYS);
    if (earlier) await context.update(Party, party.id, { receiptHash, oneTimeUntil });
    else await context.insert(Party, { ...party, receiptHash, oneTimeUntil });
    if (context.actor.personId !== null) await settleMailAnswer(context, 'BY-STAFF');
    return { receipt, oneTimeUntil };
  }

  /**
   * Ends a receipt of somebody else and those that its holder gave on: they open nothing any more, and what they had opened is closed. Nobody can end the person's own. That
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
      await endMandateOf(context, partyId);
      const alsoEnded = await closeCaseTo(context, partyId);
      return { act: 'end-receipt', facts: { holder: party.role, alsoEnded }, result: undefined };
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

/** Ends a change in which nothing is left to do: this form replaced the receipt already. */
class ReplacedBefore extends Error {
  constructor(readonly receipt: string) {
    super();
  }
}

function receiptChanged(): Refusal {
  const sentence = 'error-page.stale.sentence';
  return new Refusal('stale', 'This receipt was replaced meanwhile.', [{ name: 'receipt', sentence }]);
}

/** Refuses whoever acted for the person and does not any more. */
function refuseOver(visitor: Holder, { file, today }: CaseContext): void {
  if (!actsNoMore(visitor, file, today)) return;
  throw new Refusal('forbidden', 'You no longer act for the person whose case this is.', [
    { name: 'representativeMayAct', sentence: 'need.representativeMayAct' },
  ]);
}

/** The person decides who else may look; who acts for them only where the person has no receipt of their own. */
export function mayGovern({ role }: Holder, parties: readonly Party[]): boolean {
  const hasOwn = parties.some((party) => isTakenOver(party) && holderRole(party.role) === 'RH');
  return role === 'RH' || (role === 'REP' && !hasOwn);
}

/**
 * Of those who act for the person only whoever lodged ends the receipt of another, which they or another gave in their stead. What is for
 * the person herself nobody ends, taken over or not.
 */
function mayEnd({ role, partyId }: Holder, party: Party, lodger: string): boolean {
  if (party.role === 'SUPPORTER') return true;
  return party.role === 'REPRESENTATIVE' && (role === 'RH' || partyId === lodger);
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
