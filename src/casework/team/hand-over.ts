import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { leaveOutExcluded, Sight } from '../../people/sight';
import type { Visitor } from '../../people/visitor';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { Assignment } from '../../records/entities/assignment';
import { Case } from '../../records/entities/case';
import { Person } from '../../records/entities/person';
import { Transactions } from '../../records/transactions';
import { TakeStep } from '../take-step';

/** What was handed over, and what stays where it is: there the successor may not take the place. */
export interface HandedOver {
  handedOver: number;
  left: string[];
}

/**
 * An open case, or an ended one in which somebody here owes something yet (`next-due.ts`). Asked of the cases of one person: as it stands,
 * no database begins with all that go on.
 */
const GOES_ON = "COALESCE(c.nextDueOn, '') <> ''";

/** Before the first case: a missing answer is the same fault in each. */
function refuseUnfit(person: string, note: string): void {
  const needs: UnmetNeed[] = [
    ...(/^[0-9a-f-]{36}$/.test(person)
      ? []
      : [{ name: 'answer', field: 'person', sentence: 'Choose who takes your place.' }]),
    ...(note.trim() === ''
      ? [{ name: 'answer', field: 'note', sentence: 'Write what the successor has to know.' }]
      : []),
  ];
  if (needs.length > 0) throw new Refusal('invalid', 'Nothing was handed over.', needs);
}

/** Handing over every case that somebody is on the team of and that is open, or ended with something left to do, in one act with a note: before an absence, or after somebody left. */
@Injectable()
export class HandOver {
  constructor(
    private readonly transactions: Transactions,
    private readonly takeStep: TakeStep,
    private readonly sight: Sight,
  ) {}

  /** People who can no longer act and still have a place in cases that go on, with how many of these the visitor sees. For who hands over for others. */
  async whoLeft(visitor: Visitor): Promise<{ personId: string; cases: number }[]> {
    const reader = this.sight.readerOf(visitor);
    if (reader.reach !== 'EVERY') return [];
    return this.transactions.read(async (db) => {
      // First who they are: joined, a database would begin with every place that there ever was.
      const gone = await db.find(Person, { where: { active: false }, select: { id: true } });
      if (gone.length === 0) return [];
      const query = db
        .createQueryBuilder(Assignment, 'a')
        .innerJoin(Case, 'c', 'c.id = a.caseId')
        .select('a.personId', 'personId')
        .addSelect('COUNT(DISTINCT a.caseId)', 'cases')
        .where('a.personId IN (:...gone)', { gone: gone.map(({ id }) => id) })
        .andWhere('a.endedOn IS NULL')
        .andWhere('c.erasedOn IS NULL')
        .andWhere(GOES_ON);
      const rows = await leaveOutExcluded(query, 'a.caseId', reader)
        .groupBy('a.personId')
        .getRawMany<{ personId: string; cases: number | string }>();
      return rows.map(({ personId, cases }) => ({ personId, cases: Number(cases) }));
    });
  }

  /** How many cases that go on somebody has, as far as the visitor sees them; their own, unless another person is named. */
  async count(visitor: Visitor, from?: string): Promise<number> {
    return (await this.references(visitor, from)).length;
  }

  /**
   * Case by case, each its own change: what was done stays when a later one is refused, and doing it again goes on. The successor is asked
   * about conflicts of interest in each; until they answer, the case is in the hands of the triage leads.
   */
  async run(visitor: Visitor, answers: { person: string; note: string; from?: string }): Promise<HandedOver> {
    const { person, note, from } = answers;
    refuseUnfit(person, note);
    const references = await this.references(visitor, from);
    const left: string[] = [];
    for (const reference of references)
      try {
        await this.takeStep.run({
          reference,
          step: 'hand-over',
          visitor,
          answers: { person, note, ...(from ? { handedOverFrom: from } : {}) },
        });
      } catch (error) {
        if (!(error instanceof Refusal) || error.kind === 'invalid' || error.isOfServer) throw error;
        left.push(reference);
      }
    return { handedOver: references.length - left.length, left };
  }

  private async references(visitor: Visitor, from?: string): Promise<string[]> {
    const reader = this.sight.readerOf(visitor);
    if (from && from !== reader.personId && reader.reach !== 'EVERY')
      throw new Refusal(
        'forbidden',
        'Only triage leads and protection officers hand over for somebody else.',
      );
    return this.transactions.read(async (db) => {
      const own = db
        .createQueryBuilder()
        .subQuery()
        .select('a.caseId')
        .from(Assignment, 'a')
        .where({ personId: from ?? reader.personId, endedOn: IsNull() });
      const query = db
        .createQueryBuilder(Case, 'c')
        .select(['c.id', 'c.reference'])
        .where(`c.id IN ${own.getQuery()}`)
        .setParameters(own.getParameters())
        .andWhere(GOES_ON)
        .andWhere('c.erasedOn IS NULL');
      const cases = await leaveOutExcluded(query, 'c.id', reader).orderBy('c.id').getMany();
      return cases.map(({ reference }) => reference);
    });
  }
}
