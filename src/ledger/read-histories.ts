import type { EntityManager } from 'typeorm';
import { Entry } from '../records/entities/entry';
import { readEach, type RowReader } from '../records/read-rows';

/** Reads histories, up to `most` at once, always by the same statement: the engine takes it apart only once. */
export class HistoryReader {
  private readonly reader: RowReader;

  constructor(
    db: EntityManager,
    private readonly most: number,
  ) {
    this.reader = readEach(db, Entry, 'ledgerId', most);
  }

  /** The entries of each of these histories, in order; empty where there are none. */
  async of(ledgerIds: readonly string[]): Promise<Map<string, Entry[]>> {
    const histories = new Map<string, Entry[]>(ledgerIds.map((ledgerId) => [ledgerId, []]));
    if (ledgerIds.length === 0) return histories;
    const places = Array.from({ length: this.most }, (_, at) => ledgerIds[at] ?? ledgerIds[0]!);
    for (const row of await this.reader.read(places)) {
      const entry = this.entryOf(row);
      histories.get(entry.ledgerId)!.push(entry);
    }
    for (const history of histories.values()) if (history.length > 1) history.sort((a, b) => a.n - b.n);
    return histories;
  }

  private entryOf(row: readonly unknown[]): Entry {
    const entry = new Entry() as unknown as Record<string, unknown>;
    this.reader.columns.forEach(({ name, load }, at) => (entry[name] = load(row[at])));
    return entry as unknown as Entry;
  }
}
