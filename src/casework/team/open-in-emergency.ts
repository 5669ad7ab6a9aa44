import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { appendToHouse } from '../../ledger/house-history';
import { Accounts } from '../../people/accounts';
import { leaveOutExcluded, Sight, type Reader } from '../../people/sight';
import type { Visitor } from '../../people/visitor';
import { newId } from '../../platform/ids';
import { Refusal } from '../../platform/refusal';
import { Time, type Instant } from '../../platform/time';
import { BreakGlass } from '../../records/entities/break-glass';
import { Case } from '../../records/entities/case';
import { Transactions } from '../../records/transactions';
import { BREAK_GLASS_HOURS } from '../../rules/sight';
import { Vault } from '../../vault/vault';
import { noSuchCase, readCaseFile } from '../case-file';
import { actorOf } from '../case-visitor';
import { ChangeCase } from '../change-case';
import { OpenWords } from '../open-words';
import { checkedReason } from '../reason';
import { nextNumber } from '../step-context';
import type { UnreviewedView } from './views';
import { breakGlassViews, idsIn } from './team-views';

const REFERENCE = /^RD-[0-9A-Z]{4}-[0-9A-Z]{4}$/;
const HOUR_IN_MS = 3_600_000;
const MOST_SHOWN = 100;

/**
 * Opening a case in an emergency that one is not on the team of: with a reason, for a few hours, an entry first. Every protection officer
 * is told, and one of them looks at it. Nobody who is kept out of the case gets in this way, nor learns that there is such a case.
 */
@Injectable()
export class OpenInEmergency {
  constructor(
    private readonly transactions: Transactions,
    private readonly changeCase: ChangeCase,
    private readonly accounts: Accounts,
    private readonly vault: Vault,
    private readonly sight: Sight,
    private readonly time: Time,
  ) {}

  /** Until when the case is open to the visitor. Refuses with `not-found` where there is no such case, or none that may be opened so. */
  async run(
    visitor: Visitor,
    reference: string,
    reason: unknown,
  ): Promise<{ reference: string; until: Instant }> {
    const reader = this.sight.readerOf(visitor);
    const checked = checkedReason(reason, 'Say why you need to see this case now.');
    await this.tellOfAttempt(visitor);
    if (!REFERENCE.test(reference)) throw noSuchCase();
    const changed = await this.changeCase.run(
      { reference, reader: withEveryCase(reader) },
      undefined,
      () => actorOf(visitor),
      async (context) => {
        const id = newId();
        const until = new Date(Date.parse(context.now) + BREAK_GLASS_HOURS * HOUR_IN_MS).toISOString();
        const n = nextNumber(context.file.glassBroken);
        await context.insert(BreakGlass, {
          id,
          caseId: context.caseId,
          n,
          personId: reader.personId,
          role: context.actor.role,
          reasonSealed: context.seal('break_glass', 'reasonSealed', id, checked),
          openedAt: context.now,
          until,
          reviewedBy: null,
          reviewedOn: null,
          wasNeeded: null,
        });
        return { act: 'break-glass', facts: { breakGlass: n, until }, result: until };
      },
    );
    return { reference: changed.reference, until: changed.result };
  }

  /** What no protection officer has looked at yet, oldest first: the notice to them. Refuses who is none. */
  async unreviewed(visitor: Visitor): Promise<UnreviewedView[]> {
    if (visitor.kind !== 'officer' || !visitor.roles.includes('PRT'))
      throw new Refusal('forbidden', 'Protection officers look at emergency openings.');
    return this.transactions.read(async (db) => {
      const query = db
        .createQueryBuilder(BreakGlass, 'b')
        .innerJoin(Case, 'c', 'c.id = b.caseId')
        .where({ reviewedOn: IsNull() })
        .andWhere('c.erasedOn IS NULL');
      const waiting = await leaveOutExcluded(query, 'b.caseId', visitor)
        .orderBy('b.openedAt')
        // Two may be opened at one moment, and a page that is asked for twice looks the same.
        .addOrderBy('b.id')
        .limit(MOST_SHOWN)
        .getMany();
      const views = new Map<string, UnreviewedView>();
      for (const caseId of new Set(waiting.map((row) => row.caseId))) {
        const found = await db.findOneByOrFail(Case, { id: caseId });
        const file = await readCaseFile(db, found);
        const names = await this.accounts.names(
          db,
          idsIn(file).filter((id): id is string => id !== null),
        );
        for (const view of breakGlassViews(file, await OpenWords.of(this.vault, db, caseId), names))
          views.set(`${caseId} ${view.n}`, { ...view, reference: found.reference });
      }
      return waiting.flatMap(({ caseId, n }) => views.get(`${caseId} ${n}`) ?? []);
    });
  }

  /** Also of an attempt that comes to nothing: whoever tries references shows up in the history of the house. */
  private async tellOfAttempt(visitor: Visitor): Promise<void> {
    const { role, personId } = actorOf(visitor);
    const by = { role, ref: personId };
    await this.transactions.change((db) =>
      appendToHouse(db, { act: 'try-break-glass', by, at: this.time.instant(), facts: {} }),
    );
  }
}

/** Somebody before whom only those cases are hidden that they are kept out of. */
function withEveryCase(reader: Reader): Reader {
  return { ...reader, reach: 'EVERY' };
}
