import type { EntityManager } from 'typeorm';
import type { SystemRecord } from '../../records/entities/system-record';
import type { Vault } from '../../vault/vault';

interface WithTexts {
  id: string;
  textsSealed: string | null;
}

/**
 * Free texts of the rows of one table: sealed together, under a key of each row alone, so that a text that is replaced or emptied is gone
 * with its key. Texts from before they were sealed stand in their columns until their row is next changed.
 */
export class SealedTexts<Row extends WithTexts> {
  /** `asks`: the texts by name, and what stands in the column that held one before; undefined: there never was such a column. */
  constructor(
    private readonly vault: Vault,
    private readonly table: string,
    private readonly asks: Readonly<Partial<Record<keyof Row & string, null | '' | undefined>>>,
  ) {}

  /** Seals the texts of what is said under a new key, and leaves their columns empty. What the old key opened is gone. */
  async seal(db: EntityManager, id: string, said: Partial<Row>): Promise<Partial<Row>> {
    const isText = (name: string) => Object.hasOwn(this.asks, name);
    const entries = Object.entries(said);
    const texts = entries.filter(([name, text]) => isText(name) && typeof text === 'string' && text !== '');
    const columns = Object.entries(this.asks).filter(([, inColumn]) => inColumn !== undefined);
    await this.vault.destroyKeys(db, [id]);
    const key = await this.vault.createKey(db, { kind: 'register', id });
    const { sealed } = this.vault.seal(key, this.place(id), JSON.stringify(Object.fromEntries(texts)));
    return {
      ...(Object.fromEntries([...entries.filter(([name]) => !isText(name)), ...columns]) as Partial<Row>),
      textsSealed: sealed,
    };
  }

  /** The rows with their texts. */
  async open(db: EntityManager, rows: readonly Row[]): Promise<Row[]> {
    const sealed = rows.filter(({ textsSealed }) => textsSealed !== null);
    const keys = await this.vault.openKeys(
      db,
      sealed.map(({ id }) => id),
    );
    return rows.map((row) => {
      const key = keys.get(row.id);
      if (row.textsSealed === null || !key) return row;
      const texts = JSON.parse(this.vault.unseal(key, this.place(row.id), row.textsSealed)) as Partial<Row>;
      return { ...row, ...texts };
    });
  }

  private place(id: string) {
    return { table: this.table, column: 'textsSealed', id };
  }
}

/** The texts of what is recorded of AI systems. */
export function textsOfRecords(vault: Vault): SealedTexts<SystemRecord> {
  return new SealedTexts<SystemRecord>(vault, 'system_records', {
    recordTitle: '',
    recordText: null,
    strikeReason: null,
  });
}
