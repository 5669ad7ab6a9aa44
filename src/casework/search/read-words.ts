import { setImmediate as letOthersGo } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { type EntityManager, MoreThan } from 'typeorm';
import { readEntry } from '../../ledger/entry';
import { Log } from '../../platform/log';
import { Refusal } from '../../platform/refusal';
import { Case } from '../../records/entities/case';
import { Entry } from '../../records/entities/entry';
import { Transactions } from '../../records/transactions';
import { searchableWords } from '../../rules/searchable-words';
import { SearchIndex } from '../../vault/search-index';
import { Vault, type CaseKey, type Place } from '../../vault/vault';
import { groupsNoted } from '../noted-groups';
import { OpenWords } from '../open-words';
import { openTexts, sealedAt, searchablePlaces } from './searchable-texts';

/** So many entries are read at once, at most some 20,000 letters in each. */
const ENTRIES_AT_ONCE = 25;

/** What stands at a place that was written at this revision; undefined where its row is gone. */
interface SealedText {
  place: Place;
  revision: number;
  sealed: string | null | undefined;
}

/** Words of a stretch of a history. */
export interface Stretch {
  /** Revision of the case at its end. */
  upTo: number;
  /** Each once, in the order of texts; those of one text in the order of hashes, so that rows do not tell the order of words. */
  hashes: string[];
}

/**
 * Reads the words of a case out of its history: each entry tells which texts it wrote, so that what is new is found without looking at
 * what is old.
 */
@Injectable()
export class ReadWords {
  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly index: SearchIndex,
    private readonly log: Log,
  ) {}

  /** The key of a case; `erased` when it has none, `broken` when it does not open, which must not keep others from being found. */
  async keyOf(caseId: string): Promise<CaseKey | 'erased' | 'broken'> {
    try {
      const keys = await this.transactions.read((db) => this.vault.openKeys(db, [caseId]));
      return keys.get(caseId) ?? 'erased';
    } catch (error) {
      if (error instanceof Refusal) throw error;
      this.log.warn('a case cannot be searched: its key does not open', { caseId });
      return 'broken';
    }
  }

  /** The groups that are noted of a case now; inside the change that lets it be found by them. */
  async groupsOf(db: EntityManager, caseId: string, key: CaseKey): Promise<string[]> {
    const row = await db.findOneOrFail(Case, {
      select: { id: true, revision: true, groupsSealed: true },
      where: { id: caseId },
    });
    try {
      return groupsNoted(row, OpenWords.under(this.vault, key)) ?? [];
    } catch {
      return this.warn(caseId, row.revision);
    }
  }

  /** The words of what was written after this revision (0: of everything), stretch after stretch; nothing else is opened. */
  async *after(row: Pick<Case, 'id' | 'ledgerId'>, key: CaseKey, revision: number): AsyncGenerator<Stretch> {
    for (let read = revision, isEnd = false; !isEnd;) {
      const { entries, texts } = await this.textsAfter(row, read);
      if (entries.length > 0) {
        read = entries.at(-1)!.n;
        yield { upTo: read, hashes: await this.hashesIn(texts, row.id, key) };
      }
      isEnd = entries.length < ENTRIES_AT_ONCE;
    }
  }

  private textsAfter({ id: caseId, ledgerId }: Pick<Case, 'id' | 'ledgerId'>, revision: number) {
    return this.transactions.read(async (db) => {
      const entries = await db.find(Entry, {
        where: { ledgerId, n: MoreThan(revision) },
        order: { n: 'ASC' },
        take: ENTRIES_AT_ONCE,
      });
      const places = entries.flatMap(({ n, body }) => {
        const entry = readEntry(body);
        if (!entry) this.warn(caseId, n);
        return (entry ? searchablePlaces(entry) : []).map((place) => ({ place, revision: n }));
      });
      const sealedAtPlace = await sealedAt(
        db,
        places.map(({ place }) => place),
      );
      const texts = places.map((each): SealedText => ({ ...each, sealed: sealedAtPlace(each.place) }));
      return { entries, texts };
    });
  }

  private async hashesIn(texts: readonly SealedText[], caseId: string, key: CaseKey): Promise<string[]> {
    const hashes = new Set<string>();
    for (const { place, revision, sealed } of texts) {
      for (const text of this.open(key, place, sealed) ?? this.warn(caseId, revision)) {
        for (const hash of this.index.hashesOf(searchableWords(text)).sort()) hashes.add(hash);
        // Splitting a long text takes a while: others get their turn after each.
        await letOthersGo();
      }
    }
    return [...hashes];
  }

  /** Null when it was changed behind our back. */
  private open(key: CaseKey, place: Place, sealed: SealedText['sealed']): string[] | null {
    if (sealed === null || sealed === '') return [];
    try {
      return sealed === undefined ? null : openTexts(this.vault, key, place, sealed);
    } catch {
      return null;
    }
  }

  /** One changed value must not keep later texts from being found. `verify` names it; once it is mended, `reindex` finds it. */
  private warn(caseId: string, revision: number): [] {
    this.log.warn('a text cannot be searched: it does not open', { caseId, revision });
    return [];
  }
}
