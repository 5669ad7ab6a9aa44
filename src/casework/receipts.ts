import { Injectable } from '@nestjs/common';
import { Sessions } from '../people/sessions';
import type { Visitor } from '../people/visitor';
import { newId } from '../platform/ids';
import { Refusal } from '../platform/refusal';
import { Party } from '../records/entities/party';
import { Transactions } from '../records/transactions';
import type { HolderRole } from '../rules/roles';
import { ReceiptBook } from '../vault/receipt-book';
import { actorOf, keyOf } from './case-visitor';
import { ChangeCase, type Deed } from './change-case';
import type { CaseContext } from './step-context';

type Holder = Visitor & { kind: 'rightsholder' };

/** Whom a further receipt can be for: somebody who stands beside the person, or somebody who acts for them. */
export const FURTHER_HOLDERS = ['SUPPORTER', 'REPRESENTATIVE'] as const;
export type FurtherHolder = (typeof FURTHER_HOLDERS)[number];

/** Further receipts that one case can have at a time. */
const MOST_FURTHER = 10;

const ROLE_OF: Record<string, HolderRole> = { REPRESENTATIVE: 'REP', SUPPORTER: 'SUP' };

/** In which role a party acts who opens the case with their receipt. */
export function holderRole(party: string): HolderRole {
  return ROLE_OF[party] ?? 'RH';
}

/** One receipt that opens the case: for whom, and whether it is the reader's own. Never the receipt itself. */
export interface ReceiptView {
  id: string;
  holder: HolderRole;
  own: boolean;
  /** Whether the reader can end it. */
  mayEnd: boolean;
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
    const parties = await this.transactions.read((db) =>
      db.find(Party, { where: { caseId: visitor.caseId }, order: { id: 'ASC' } }),
    );
    return parties
      .filter(({ receiptHash }) => receiptHash !== null)
      .map(({ id, role }) => ({
        id,
        holder: holderRole(role),
        own: id === visitor.partyId,
        mayEnd: id !== visitor.partyId && mayGovern(visitor, parties) && mayEnd(visitor, role),
      }));
  }

  /** Whether the visitor can make further receipts. */
  async mayAdd(visitor: Holder): Promise<boolean> {
    const { caseId } = visitor;
    return mayGovern(visitor, await this.transactions.read((db) => db.findBy(Party, { caseId })));
  }

  /** A new receipt in place of the visitor's own. The old one opens nothing any more, and what it had opened elsewhere is closed. */
  async replace(visitor: Holder): Promise<string> {
    const { result } = await this.changeCase.run(
      keyOf(visitor),
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

  /** A receipt for a companion, who reads and writes, or a representative, who also takes steps. For the person to give, or who lodged for them. */
  async add(visitor: Holder, holder: FurtherHolder): Promise<string> {
    return this.govern(visitor, async (context, parties) => {
      const further = parties.filter(({ id, receiptHash: held }) => held !== null && id !== visitor.partyId);
      if (further.length >= MOST_FURTHER)
        throw refused(`This case has ${MOST_FURTHER} more receipts already. End one first.`);
      const party = { caseId: context.caseId, id: newId(), role: holder };
      const { receipt, receiptHash } = this.receipts.issue(party);
      await context.insert(Party, { ...party, receiptHash });
      return { act: 'add-receipt', facts: { holder }, result: receipt };
    });
  }

  /** Ends a receipt of somebody else: it opens nothing any more, and what it had opened is closed. Nobody can end the person's own. */
  async end(visitor: Holder, partyId: string): Promise<void> {
    if (partyId === visitor.partyId)
      throw refused('This is your own receipt. Replace it instead, so that you can still come back.');
    await this.govern(visitor, async (context, parties) => {
      const party = parties.find(({ id }) => id === partyId);
      if (!party?.receiptHash || !mayEnd(visitor, party.role))
        throw new Refusal('not-found', 'This case has no such receipt, or it is not one that can be ended.');
      await context.update(Party, partyId, { receiptHash: null });
      await this.sessions.endAllOfParty(context.db, partyId);
      return { act: 'end-receipt', facts: { holder: party.role }, result: undefined };
    });
  }

  /** A change to the receipts of others, by who may make it. */
  private async govern<T>(
    visitor: Holder,
    work: (context: CaseContext, parties: Party[]) => Promise<Deed<T>>,
  ): Promise<T> {
    const { result } = await this.changeCase.run(
      keyOf(visitor),
      undefined,
      () => actorOf(visitor),
      async (context) => {
        const parties = await context.db.findBy(Party, { caseId: context.caseId });
        if (!mayGovern(visitor, parties))
          throw new Refusal(
            'forbidden',
            'Only the person whose case this is can do this, with their own receipt.',
          );
        return work(context, parties);
      },
    );
    return result;
  }
}

/** The person decides who else may look; who acts for them only where the person has no receipt of their own. */
export function mayGovern({ role }: Holder, parties: readonly Party[]): boolean {
  const hasOwn = parties.some((party) => party.receiptHash !== null && holderRole(party.role) === 'RH');
  return role === 'RH' || (role === 'REP' && !hasOwn);
}

/** Whoever acts for the person never ends the receipt of somebody else who does. */
function mayEnd({ role }: Holder, party: string): boolean {
  return party === 'SUPPORTER' || (party === 'REPRESENTATIVE' && role === 'RH');
}

function refused(sentence: string): Refusal {
  return new Refusal('invalid', sentence, [{ name: 'receipt', sentence }]);
}
