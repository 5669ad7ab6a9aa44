import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { appendToHouse } from '../ledger/house-history';
import type { Officer, Visitor } from '../people/visitor';
import { Refusal } from '../platform/refusal';
import { Time } from '../platform/time';
import { Assignment } from '../records/entities/assignment';
import { SurveyAnswer } from '../records/entities/survey-answer';
import { Transactions } from '../records/transactions';
import { ACTS } from '../rules/acts';
import { Vault } from '../vault/vault';
import { narrowed } from './read-statistics';
import { SMALLEST_PUBLIC_COUNT } from './small-counts';

const MOST = 200;

/** What people added to the survey, without case, name or day; reads only. */
@Injectable()
export class SurveyComments {
  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly time: Time,
  ) {}

  /**
   * The newest 200, in the order of their words, so that it does not tell whose they are, and only in whole fives, the oldest first: whoever
   * looks every day must not see a single one come. Without those of cases that the visitor works on, ever worked on or must not learn of.
   * That somebody reads them is an entry in the history of the house, before they do: in that of a case it would tell whose words they are.
   */
  async list(visitor: Visitor): Promise<string[]> {
    if (visitor.kind !== 'officer') throw new Refusal('not-signed-in', 'Sign in first.');
    const role = ACTS['read-survey-comments'].by.find((each) => visitor.roles.includes(each));
    if (!role) throw new Refusal('forbidden', 'Your role does not read what people added to the survey.');
    await this.transactions.change((db) =>
      appendToHouse(db, {
        act: 'read-survey-comments',
        by: { role, ref: visitor.personId },
        at: this.time.instant(),
        facts: {},
      }),
    );
    return this.transactions.read(async (db) => {
      const rows = await commentsFor(db, visitor);
      const keys = await this.vault.openKeys(db, [...new Set(rows.map(({ caseId }) => caseId))]);
      return rows
        .flatMap(({ id, caseId, commentSealed }) => {
          const key = keys.get(caseId);
          const place = { table: 'survey_answers', column: 'commentSealed', id };
          return key && commentSealed ? [this.vault.unseal(key, place, commentSealed)] : [];
        })
        .sort();
    });
  }
}

async function commentsFor(db: EntityManager, visitor: Officer): Promise<SurveyAnswer[]> {
  const query = narrowed(db.createQueryBuilder(SurveyAnswer, 'v'), 'v.caseId', visitor);
  const own = query.subQuery().select('w.caseId').from(Assignment, 'w').where('w.personId = :commentsFor');
  const all = query
    .andWhere(`v.caseId NOT IN ${own.getQuery()}`)
    .setParameter('commentsFor', visitor.personId)
    .andWhere(`v.commentSealed IS NOT NULL AND v.commentSealed <> ''`)
    .orderBy('v.givenOn', 'DESC')
    .addOrderBy('v.id');
  const waiting = (await all.getCount()) % SMALLEST_PUBLIC_COUNT;
  return all.skip(waiting).take(MOST).getMany();
}
