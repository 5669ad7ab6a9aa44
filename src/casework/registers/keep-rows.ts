import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import type { Visitor } from '../../people/visitor';
import { newId } from '../../platform/ids';
import type { Time } from '../../platform/time';
import type { NewRow } from '../../records/insert';
import type { Transactions } from '../../records/transactions';
import type { RegisterForm } from '../../rules/ai-systems';
import {
  changeAsSeen,
  changeRegister,
  nextRegisterNumber,
  notInRegister,
  type Registered,
  type RegisterWork,
} from './register-change';
import { readRegisterForm } from './register-form';

/** A register whose entries have a table of their own, with a column for every ask. */
export interface KeptRows<Row> {
  entity: EntityTarget<Row> & (new () => Row);
  /** As acts and facts of the history call an entry: `add-vendor`, `vendorNumber`. */
  code: string;
  /** As sentences call it. */
  what: string;
  form: RegisterForm;
  /** Refuses what cannot stand, once it is read. */
  check?: (db: EntityManager, said: Partial<Row>) => Promise<void>;
}

/** Adds, changes and retires the rows of such a register. */
export class KeepRows<Row extends Registered & ObjectLiteral & { retiredOn: string | null }> {
  constructor(
    private readonly at: { transactions: Transactions; time: Time },
    private readonly kept: KeptRows<Row>,
  ) {}

  async find(db: EntityManager, number: number): Promise<Row> {
    const row = await db.findOneBy<Registered>(this.kept.entity, { number });
    if (!row) throw notInRegister(this.kept.what);
    return row as Row;
  }

  async add(visitor: Visitor, raw: Record<string, unknown>): Promise<number> {
    const { entity, code, check } = this.kept;
    const said = this.read(raw);
    return this.change(visitor, `add-${code}`, async ({ db, change }) => {
      await check?.(db, said);
      const number = await nextRegisterNumber(db, entity);
      const row = { id: newId(), number, revision: 1, ...said, retiredOn: null };
      await change.insert(entity, row as unknown as NewRow<Row>);
      return { facts: this.facts(number), result: number };
    });
  }

  async replace(
    visitor: Visitor,
    number: number,
    revision: number,
    raw: Record<string, unknown>,
  ): Promise<void> {
    await this.patch(visitor, 'change', number, revision, this.read(raw));
  }

  async retire(visitor: Visitor, number: number, revision: number, isRetired: boolean): Promise<void> {
    const retiredOn = isRetired ? this.at.time.today() : null;
    const patch = { retiredOn } as Partial<Row>;
    await this.patch(visitor, isRetired ? 'retire' : 'reinstate', number, revision, patch);
  }

  change<T>(
    visitor: Visitor,
    act: string,
    work: (work: RegisterWork) => Promise<{ facts: Record<string, unknown>; result: T }>,
  ): Promise<T> {
    return changeRegister(this.at, visitor, act, work);
  }

  private patch(
    visitor: Visitor,
    deed: string,
    number: number,
    revision: number,
    patch: Partial<Row>,
  ): Promise<void> {
    const { entity, code, what, check } = this.kept;
    return this.change(visitor, `${deed}-${code}`, async (work) => {
      await check?.(work.db, patch);
      await changeAsSeen(work, entity, what, { number, revision }, patch);
      return { facts: this.facts(number), result: undefined };
    });
  }

  private read(raw: Record<string, unknown>): Partial<Row> {
    return readRegisterForm(this.kept.form, raw) as Partial<Row>;
  }

  private facts(number: number): Record<string, unknown> {
    return { [`${this.kept.code}Number`]: number };
  }
}
