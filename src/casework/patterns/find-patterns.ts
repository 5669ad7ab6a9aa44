import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { HouseChange } from '../../ledger/house-history';
import { newId } from '../../platform/ids';
import { randomBelow } from '../../platform/random';
import { Settings } from '../../platform/settings';
import { dayOf, Time, type Day } from '../../platform/time';
import { lockHouse } from '../../records/dialect';
import { PatternReview } from '../../records/entities/pattern-review';
import { Transactions } from '../../records/transactions';
import { calendarOf } from '../../rules/calendars';
import { addDays } from '../../rules/days';
import type { AffectedGroupCode } from '../../rules/groups';
import { countsAgainFrom, LOOKS_BACK_DAYS, reviewDueOn } from '../../rules/patterns';
import { SearchIndex } from '../../vault/search-index';
import { readGroupPatterns } from './group-patterns';
import { metOn, nameOfKey, readPatterns, type Narrow, type Pattern, type PatternKey } from './pattern-cases';

/** Six digits, as numbers in addresses have at most. */
const FIRST_NUMBER = 100_000;
const NUMBERS = 900_000;

/** Before every day: a first review counts whatever there is. */
const FROM_THE_BEGINNING: Day = '0001-01-01';

/** Looks through all cases for patterns and begins a review of each that has none; whoever looks twice finds nothing new. */
@Injectable()
export class FindPatterns {
  constructor(
    private readonly transactions: Transactions,
    private readonly index: SearchIndex,
    private readonly settings: Settings,
    private readonly time: Time,
  ) {}

  /** How many reviews began. Each is a change of its own: a run that is killed is gone on with by the next. */
  async run(): Promise<number> {
    const today = this.time.today();
    // In the eyes of nobody: the review says what was found, and to whom it is shown is asked when it is read.
    const found = await this.transactions.read(async (db) => {
      const everyCase: Narrow = (query) => query;
      const from = addDays(today, -LOOKS_BACK_DAYS);
      const patterns = [
        ...(await readPatterns(db, everyCase, from, null)).values(),
        ...(await readGroupPatterns(db, everyCase, from, null)).values(),
      ];
      const before = lastByKey(await db.find(PatternReview));
      const noGroup = this.index.hashOfGroup('AG-PREFNO' satisfies AffectedGroupCode);
      return patterns.filter(
        (pattern) => pattern.code !== noGroup && isNew(pattern, before.get(nameOfKey(pattern))),
      );
    });
    let count = 0;
    for (const pattern of found) if (await this.begin(pattern)) count += 1;
    return count;
  }

  private begin(pattern: Pattern): Promise<boolean> {
    const { rule, systemNumber, code } = pattern;
    return this.transactions.change(async (db) => {
      await lockHouse(db);
      // Once more: another run may have found it meanwhile.
      const last = await lastOf(db, pattern);
      if (!isNew(pattern, last)) return false;
      const change = new HouseChange(db);
      const number = await freeNumber(db);
      const at = this.time.instant();
      const foundOn = dayOf(at);
      await change.insert(PatternReview, {
        id: newId(),
        number,
        revision: 1,
        rule,
        systemNumber,
        code,
        countsFrom: countsFromAfter(last),
        foundOn,
        dueOn: reviewDueOn(foundOn, calendarOf(this.settings.country).code),
        status: 'OPEN',
      });
      await change.append({
        act: 'find-pattern',
        by: { role: 'SYS', ref: null },
        at,
        facts: { review: number },
      });
      return true;
    });
  }
}

type Last = Pick<PatternReview, 'rule' | 'status' | 'foundOn' | 'decidedOn'> | undefined;

/** One that is open stands for whatever else comes; a version is looked at once. */
function isNew(pattern: Pattern, last: Last): boolean {
  if (last && (last.status === 'OPEN' || last.rule === 'PT-VERSION')) return false;
  return metOn(pattern, countsFromAfter(last)) !== null;
}

function countsFromAfter(last: Last): Day {
  return last?.decidedOn ? countsAgainFrom(last.foundOn, last.decidedOn) : FROM_THE_BEGINNING;
}

async function lastOf(db: EntityManager, { rule, systemNumber, code }: PatternKey): Promise<Last> {
  return lastByKey(await db.findBy(PatternReview, { systemNumber, rule: In([rule]), code })).get(
    nameOfKey({ rule, systemNumber, code }),
  );
}

/** Drawn and not counted: a gap between numbers would tell somebody who is kept out of a case that there is a review of it. */
async function freeNumber(db: EntityManager): Promise<number> {
  for (;;) {
    const number = FIRST_NUMBER + randomBelow(NUMBERS);
    if (!(await db.existsBy(PatternReview, { number }))) return number;
  }
}

/** No key has two reviews that were found on one day. */
function lastByKey(reviews: readonly PatternReview[]): Map<string, PatternReview> {
  const sorted = reviews.toSorted((a, b) => (a.foundOn < b.foundOn ? -1 : 1));
  return new Map(sorted.map((review) => [nameOfKey(review as PatternKey & PatternReview), review]));
}
