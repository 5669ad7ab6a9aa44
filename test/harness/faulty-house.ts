import { Case } from '../../src/records/entities/case';
import { ENTITIES } from '../../src/records/entity-list';
import type { Engine } from './database';
import { House } from './house';
import { SENDING_NOWHERE } from './mail-servers';

/** More than any use case needs; a loop that passes it would never end. */
const MOST_STATEMENTS = 150;

/** A house whose changes can be made to fail at a statement of choice. */
export class FaultyHouse {
  private failAt = 0;
  private count = 0;
  private fired = false;

  private constructor(readonly house: House) {}

  static async open(engine: Engine): Promise<FaultyHouse> {
    const watched: { faulty?: FaultyHouse } = {};
    const house = await House.open(
      engine,
      () => watched.faulty?.watch(),
      () => SENDING_NOWHERE,
    );
    return (watched.faulty = new FaultyHouse(house));
  }

  private watch(): void {
    this.count += 1;
    if (this.count !== this.failAt) return;
    this.fired = true;
    throw new Error('the disk is on fire');
  }

  /** Everything that is kept: how many rows each table holds, and what stands in the case itself; a line each, as lines compare fast. */
  private async kept(reference?: string): Promise<string> {
    const counts = ENTITIES.map((entity) => this.house.source.getMetadata(entity).tableName).map(
      (table) => `SELECT '${table}' AS name, COUNT(*) AS n FROM "${table}"`,
    );
    const rows = await this.house.source.query<unknown[]>(counts.join(' UNION ALL '));
    if (reference) rows.push(await this.house.source.getRepository(Case).findOneBy({ reference }));
    return rows.map((row) => JSON.stringify(row)).join('\n');
  }

  /** Fails statement 1, 2, 3 … of the use case until it goes through; after each failure nothing may have changed. */
  async failEachStatementOf<T>(
    useCase: () => Promise<T>,
    reference?: string,
  ): Promise<{ failed: number; result: T }> {
    const before = await this.kept(reference);
    for (let n = 1; n <= MOST_STATEMENTS; n++) {
      this.count = 0;
      this.failAt = n;
      this.fired = false;
      const outcome = await useCase().then(
        (result) => ({ result }),
        (error: unknown) => ({ error }),
      );
      this.failAt = 0;
      if (!this.fired) {
        // Nothing was made to fail, so nothing may have.
        if ('error' in outcome) throw outcome.error;
        expect((await this.house.verify()).differences).toEqual([]);
        return { failed: n - 1, result: outcome.result };
      }
      expect(outcome).toHaveProperty('error');
      expect(await this.kept(reference)).toBe(before);
    }
    throw new Error(`The use case still fails after ${MOST_STATEMENTS} statements.`);
  }
}
