import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { Accounts } from '../../people/accounts';
import { onlySeen, Sight, type Reader } from '../../people/sight';
import type { Visitor } from '../../people/visitor';
import { Time } from '../../platform/time';
import { Case } from '../../records/entities/case';
import { Proposal } from '../../records/entities/proposal';
import { Transactions } from '../../records/transactions';
import { isMoot, stepsAgreedBy } from '../../rules/agreements';
import type { State } from '../../rules/states';
import { Vault } from '../../vault/vault';
import { readCaseFile } from '../case-file';
import { nameOf } from '../case-objects';
import { OpenWords } from '../open-words';
import { answersOf, settling } from '../proposed-steps';
import type { AgreementAskedView } from './views';

/** Of what waits, so much is looked at, what is due first: whether somebody may agree is decided by everything in its case. */
const LOOKED_AT = 50;
/** No step has this name, and no role this code. */
const NONE = '';
const LAST = '9999-12-31';

/** What waits for the agreement of a member of staff, in the cases that they see. */
@Injectable()
export class ReadProposals {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: Accounts,
    private readonly vault: Vault,
    private readonly sight: Sight,
    private readonly time: Time,
  ) {}

  /**
   * What is due first comes first. Left out is what this person may not agree to, such as what they proposed themselves, or where they
   * investigated; what is unmet of the case is not looked at, since they may refuse meanwhile. Answered by the step that was proposed.
   */
  async list(visitor: Visitor): Promise<AgreementAskedView[]> {
    const reader = this.sight.readerOf(visitor);
    if (reader.onlyCase !== null) return [];
    return this.transactions.read(async (db) => {
      const waiting = await waitingFor(db, reader);
      if (waiting.length === 0) return [];
      const cases = new Map(
        (await db.findBy(Case, { id: In(waiting.map(({ caseId }) => caseId)) })).map((row) => [row.id, row]),
      );
      const names = await this.accounts.names(
        db,
        waiting.map(({ proposedBy }) => proposedBy),
      );
      const asked: AgreementAskedView[] = [];
      for (const proposal of waiting) {
        const row = cases.get(proposal.caseId)!;
        if (!(await this.mayAgree(db, reader, row, proposal))) continue;
        const { step, proposedBy, byRole, proposedOn, dueOn } = proposal;
        const { reference } = row;
        asked.push({ reference, step, proposedBy: nameOf(names, proposedBy), byRole, proposedOn, dueOn });
      }
      return asked;
    });
  }

  private async mayAgree(
    db: EntityManager,
    reader: Reader,
    found: Case,
    proposal: Proposal,
  ): Promise<boolean> {
    if (isMoot(proposal.step, found.state as State)) return false;
    const words = await OpenWords.of(this.vault, db, found.id);
    const file = await readCaseFile(db, found);
    const looking = { vault: this.vault, reader };
    const today = this.time.today();
    const answers = answersOf(proposal, words);
    const { maySettle, ofPerson } = await settling(db, looking, file, proposal, { answers, today });
    return maySettle && ofPerson.length === 0;
  }
}

/** Open proposals of others that wait for one of the roles of the reader. */
async function waitingFor(db: EntityManager, reader: Reader): Promise<Proposal[]> {
  const query = db
    .createQueryBuilder(Proposal, 'p')
    .innerJoin(Case, 'c', 'c.id = p.caseId')
    .addSelect(`COALESCE(p.dueOn, '${LAST}')`, 'due')
    .where(`p.status = 'OPEN'`)
    .andWhere('(p.secondRole IN (:...held) OR (p.secondRole IS NULL AND p.step IN (:...agreedBy)))', {
      held: [NONE, ...reader.roles],
      agreedBy: [NONE, ...stepsAgreedBy(reader.roles)],
    })
    .andWhere('p.proposedBy <> :me', { me: reader.personId })
    .andWhere('c.erasedOn IS NULL');
  return onlySeen(query, 'c.id', reader).orderBy('due').addOrderBy('p.id').limit(LOOKED_AT).getMany();
}
