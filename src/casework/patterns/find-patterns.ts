import { Injectable } from '@nestjs/common';
import { In, MoreThan, type EntityManager } from 'typeorm';
import { HouseChange } from '../../ledger/house-history';
import { newId } from '../../platform/ids';
import { randomBelow } from '../../platform/random';
import { Settings } from '../../platform/settings';
import { dayOf, Time, type Day } from '../../platform/time';
import { lockHouse } from '../../records/dialect';
import { AiSystem } from '../../records/entities/ai-system';
import { PatternReview } from '../../records/entities/pattern-review';
import { Transactions } from '../../records/transactions';
import { calendarOf } from '../../rules/calendars';
import { addDays } from '../../rules/days';
import type { AffectedGroupCode } from '../../rules/groups';
import { countsAgainFrom, LOOKS_BACK_DAYS, reviewDueOn } from '../../rules/patterns';
import { SearchIndex } from '../../vault/search-index';
import { readGroupPatterns, readNotedByDay, type NotedByDay } from './group-patterns';
import {
  metOn,
  nameOfKey,
  readPatterns,
  type LookedAt,
  type Narrow,
  type Pattern,
  type PatternKey,
} from './pattern-cases';

/** So many systems are looked at in one step. */
const SYSTEMS_AT_ONCE = 25;

/** Six digits, as numbers in addresses have at most. */
const FIRST_NUMBER = 100_000;
const NUMBERS = 900_000;

/** Before every day: a first review counts whatever there is. */
const FROM_THE_BEGINNING: Day = '0001-01-01';

/**
 * Looks for patterns system by system and begins a review of each that has none; whoever looks twice finds nothing new. A step reads what
 * named some systems lately, however many cases and systems there are.
 */
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
    const narrow: Narrow = (query) => query;
    const among = { narrow, from: addDays(today, -LOOKS_BACK_DAYS) };
    const noted = await this.transactions.read((db) => readNotedByDay(db, among));
    let count = 0;
    for (let after = 0; ;) {
      const systems = await this.transactions.read((db) => systemsAfter(db, after));
      if (systems.length === 0) return count;
      for (const pattern of await this.found({ ...among, systems }, noted))
        if (await this.begin(pattern)) count += 1;
      after = systems.at(-1)!;
    }
  }

  /** Patterns of these systems that have no review. */
  private found(at: LookedAt, noted: NotedByDay): Promise<Pattern[]> {
    return this.transactions.read(async (db) => {
      const patterns = [
        ...(await readPatterns(db, at)).values(),
        ...(await readGroupPatterns(db, at, noted)).values(),
      ];
      const before = lastByKey(await db.findBy(PatternReview, { systemNumber: In([...at.systems]) }));
      const noGroup = this.index.hashOfGroup('AG-PREFNO' satisfies AffectedGroupCode);
      return patterns.filter(
        (pattern) => pattern.code !== noGroup && isNew(pattern, before.get(nameOfKey(pattern))),
      );
    });
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

async function systemsAfter(db: EntityManager, after: number): Promise<number[]> {
  const rows = await db.find(AiSystem, {
    select: { id: true, number: true },
    where: { number: MoreThan(after) },
    order: { number: 'ASC' },
    take: SYSTEMS_AT_ONCE,
  });
  return rows.map(({ number }) => number);
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
