import { Injectable } from '@nestjs/common';
import { type EntityManager, In, MoreThanOrEqual } from 'typeorm';
import type { Difference } from '../../ledger/difference';
import { nameOfHistory } from '../../ledger/house';
import { Case } from '../../records/entities/case';
import { LogLeaf } from '../../records/entities/log-leaf';
import { QueuePlace } from '../../records/entities/queue-place';
import { SearchedGroup } from '../../records/entities/searched-group';
import { SearchProgress } from '../../records/entities/search-progress';
import { WaitingEntry } from '../../records/entities/waiting-entry';
import { Transactions } from '../../records/transactions';
import { EVERY_CASE } from '../../rules/queue';
import { SearchIndex } from '../../vault/search-index';
import { Vault } from '../../vault/vault';
import { groupsNoted } from '../noted-groups';
import { OpenWords } from '../open-words';
import { ReadWords } from './read-words';

const CASES_AT_ONCE = 500;
/** A case that moves meanwhile is looked at again. */
const LOOKS = 20;

type Noted = Pick<Case, 'id' | 'ledgerId' | 'revision' | 'groupsSealed'>;

/**
 * Derives again by which groups cases are found, and where in their order. No history tells of these rows, but the queue and the fourth rule of patterns rest on
 * them: without them a case would be missing there, and its own rows would not show it.
 */
@Injectable()
export class CheckGroups {
  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly index: SearchIndex,
    private readonly words: ReadWords,
  ) {}

  /**
   * The cases that are found by other groups than are noted of them; stops collecting after `most`. Opens what is noted, and nothing
   * else. A case of which the index has an entry still to read is left out, and so is one whose groups do not open: its history says that.
   */
  async run(most = 100): Promise<Difference[]> {
    const differences: Difference[] = [];
    for (let after = ''; ;) {
      const cases = await this.transactions.read((db) => notedOrFound(db, after));
      if (cases.length === 0 || differences.length >= most) return differences;
      for (const { id, ledgerId } of await this.wrong(cases))
        if (await this.staysWrong(id))
          differences.push({
            ledgerId,
            n: null,
            table: 'searched_groups',
            column: null,
            sentence: `${nameOfHistory(ledgerId)}: searched_groups: the case is found by other groups than are noted of it, or elsewhere than it stands in the queue; “reindex” mends that.`,
          });
      after = cases.at(-1)!.id;
    }
  }

  /** Every change writes a revision: where it is the same before and after, and all of it was read before, the rows lay still. */
  private async staysWrong(id: string): Promise<boolean> {
    const now = () => this.transactions.read((db) => db.findOneByOrFail(Case, { id }));
    for (let look = 1; look < LOOKS; look++) {
      const before = await now();
      if (await this.transactions.read((db) => isUnread(db, before.ledgerId))) return false;
      if ((await this.wrong([before])).length === 0) return false;
      if ((await now()).revision === before.revision) return true;
    }
    return false;
  }

  private async wrong(cases: readonly Noted[]): Promise<Noted[]> {
    const caseId = In(cases.map(({ id }) => id));
    const { rows, places } = await this.transactions.read(async (db) => ({
      rows: await db.findBy(SearchedGroup, { caseId }),
      places: await db.findBy(QueuePlace, { caseId, facet: EVERY_CASE }),
    }));
    const placeOf = new Map(places.map((place) => [place.caseId, placeText(place)]));
    const found = new Map(cases.map(({ id }): [string, string[]] => [id, []]));
    for (const row of rows) found.get(row.caseId)!.push(`${row.groupHash} ${placeText(row)}`);
    const wrong: Noted[] = [];
    for (const row of cases) {
      const noted = (await this.notedOf(row))?.map((hash) => `${hash} ${placeOf.get(row.id)}`);
      if (noted && noted.sort().join('\n') !== found.get(row.id)!.sort().join('\n')) wrong.push(row);
    }
    return wrong;
  }

  /** Hashes of the groups noted; null where they do not open. */
  private async notedOf(row: Noted): Promise<string[] | null> {
    if (row.groupsSealed === null) return [];
    const key = await this.words.keyOf(row.id);
    if (key === 'erased' || key === 'broken') return null;
    try {
      const noted = groupsNoted(row, OpenWords.under(this.vault, key)) ?? [];
      return [...new Set(noted)].map((code) => this.index.hashOfGroup(code));
    } catch {
      return null;
    }
  }
}

function placeText({ lane, urgency, dueOn }: Pick<QueuePlace, 'lane' | 'urgency' | 'dueOn'>): string {
  return [lane, urgency, dueOn].join(' ');
}

function notedOrFound(db: EntityManager, after: string): Promise<Noted[]> {
  const query = db.createQueryBuilder(Case, 'c');
  const found = query.subQuery().select('1').from(SearchedGroup, 'sg').where('sg.caseId = c.id').getQuery();
  return query
    .select(['c.id', 'c.ledgerId', 'c.revision', 'c.groupsSealed'])
    .where('c.id > :after', { after })
    .andWhere(`(c.groupsSealed IS NOT NULL OR EXISTS ${found})`)
    .orderBy('c.id')
    .limit(CASES_AT_ONCE)
    .getMany();
}

/** Whether something was written in this case that the index has not read yet. */
async function isUnread(db: EntityManager, ledgerId: string): Promise<boolean> {
  const progress = await db.findOneBy(SearchProgress, { name: 'FOLLOW' });
  return (
    (await db.existsBy(WaitingEntry, { ledgerId })) ||
    (await db.existsBy(LogLeaf, { ledgerId, index: MoreThanOrEqual(progress?.next ?? 0) }))
  );
}
