import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { houseDeedsOf } from '../../ledger/house-history';
import type { Visitor } from '../../people/visitor';
import { newId } from '../../platform/ids';
import type { Time } from '../../platform/time';
import type { NewRow } from '../../records/insert';
import type { Transactions } from '../../records/transactions';
import { TEXT_EMPTIERS } from '../../rules/ai-systems';
import { readLabel } from '../../rules/register-form';
import type { RegisterName, RegisterRow } from '../../rules/registers';
import type { RoleCode } from '../../rules/roles';
import type { Vault } from '../../vault/vault';
import type { CarryOut } from '../erasure/carry-out';
import { keepEmptying, readEmptying, refuseUnwritten } from './emptyings';
import { EMPTIED_BY_ANOTHER, refuseWriter } from './other-person';
import type { WrittenPart } from './register';
import {
  changeAsSeen,
  changeRegister,
  nextRegisterNumber,
  notInRegister,
  type Registered,
  type RegisterWork,
} from './register-change';
import { isWanted, type RegisterFilter } from './register-filter';
import { readRegisterForm } from './register-form';
import type { SealedTexts } from './sealed-texts';

/** What the keeping of rows works with. */
export interface RowTools {
  transactions: Transactions;
  vault: Vault;
  carryOut: CarryOut;
  time: Time;
}

/** A register whose entries have a table of their own, with a column for every ask. */
export interface KeptRows<Row> {
  entity: EntityTarget<Row> & (new () => Row);
  name: RegisterName;
  row: RegisterRow;
  /** As acts and facts of the history call an entry: `add-vendor`, `vendorNumber`. */
  code: string;
  texts: SealedTexts<Row & { id: string; textsSealed: string | null }>;
  /** Refuses what cannot stand, once it is read. */
  check?: (db: EntityManager, said: Partial<Row>) => Promise<void>;
}

/** Deeds that change no word of an entry. */
const WRITES_NOTHING = /^(retire|reinstate|empty-text-of)-/;

type Kept = Registered & ObjectLiteral & { retiredOn: string | null; textsSealed: string | null };
type Facts<T> = Promise<{ facts: Record<string, unknown>; result: T }>;

/** Adds, changes and retires the rows of such a register. */
export class KeepRows<Row extends Kept> {
  constructor(
    private readonly tools: RowTools,
    private readonly kept: KeptRows<Row>,
  ) {}

  /** With its texts. */
  async find(db: EntityManager, number: number): Promise<Row> {
    const row = await db.findOneBy<Registered>(this.kept.entity, { number });
    if (!row) throw notInRegister(this.kept.row.what);
    return (await this.kept.texts.open(db, [row as Row]))[0]!;
  }

  /** By number, with their texts. */
  async all(db: EntityManager, filter?: RegisterFilter): Promise<Row[]> {
    const rows = await db.find<Registered>(this.kept.entity, { order: { number: 'ASC' } });
    const opened = await this.kept.texts.open(db, rows as Row[]);
    return filter
      ? opened.filter((row) => isWanted(this.kept.row, { answers: row, retiredOn: row.retiredOn }, filter))
      : opened;
  }

  /** What a file holds of the rows. */
  async sheet(filter: RegisterFilter) {
    const rows = await this.tools.transactions.read((db) => this.all(db, filter));
    const columns = ['number', ...Object.keys(this.kept.row.form.asks), 'retiredOn'];
    return {
      columns,
      rows: rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[column] as unknown]))),
    };
  }

  async add(visitor: Visitor, raw: Record<string, unknown>): Promise<number> {
    const { entity, code, check, texts } = this.kept;
    const said = this.read(raw);
    return this.change(visitor, `add-${code}`, async ({ db, change }) => {
      await check?.(db, said);
      const number = await nextRegisterNumber(db, entity);
      const id = newId();
      const row = { id, number, revision: 1, ...(await texts.seal(db, id, said)), retiredOn: null };
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
    const { check, texts } = this.kept;
    const said = this.read(raw);
    await this.patch(visitor, 'change', number, revision, async ({ db }) => {
      await check?.(db, said);
      const { id } = await this.find(db, number);
      return texts.seal(db, id, said);
    });
  }

  async retire(visitor: Visitor, number: number, revision: number, isRetired: boolean): Promise<void> {
    await this.patch(visitor, isRetired ? 'retire' : 'reinstate', number, revision, ({ today }) =>
      Promise.resolve({ retiredOn: isRetired ? today : null } as Partial<Row>),
    );
  }

  /** The texts of an entry that can be emptied; what it is called can be replaced, but never missing. */
  writtenIn(row: Row): WrittenPart[] {
    const { form, calledBy } = this.kept.row;
    return Object.entries(form.asks)
      .filter(([name, { kind }]) => kind === 'text' && name !== calledBy && Boolean(row[name]))
      .map(([part, ask]) => ({ part, label: readLabel(ask) }));
  }

  /** Empties a text for good, by somebody who wrote no part of the entry or its records; `records` are parts beside those of the entry itself, which the caller empties. */
  async empty(
    visitor: Visitor,
    number: number,
    revision: number,
    raw: Record<string, unknown>,
    records?: {
      written(db: EntityManager, number: number): Promise<WrittenPart[]>;
      empty(work: RegisterWork, number: number, part: string): Promise<boolean>;
    },
  ): Promise<void> {
    const { name, texts } = this.kept;
    const { vault, carryOut } = this.tools;
    const emptying = readEmptying(raw);
    const work = async (changing: RegisterWork): Promise<Partial<Row>> => {
      const row = await this.find(changing.db, number);
      const beside = (await records?.written(changing.db, number)) ?? [];
      refuseUnwritten(emptying.part, [...this.writtenIn(row), ...beside]);
      await refuseWriter(changing, await this.writersOf(changing.db, number), EMPTIED_BY_ANOTHER);
      await keepEmptying(changing, vault, { register: name, number }, emptying);
      if (await records?.empty(changing, number, emptying.part)) return {};
      // Only what is a text and not sealed stands in a column of its own, which is emptied here.
      const cleared = { [emptying.part]: null };
      return { ...cleared, ...(await texts.seal(changing.db, row.id, { ...this.textsOf(row), ...cleared })) };
    };
    await this.patch(visitor, 'empty-text-of', number, revision, work, TEXT_EMPTIERS);
    await carryOut.wipe();
  }

  change<T>(
    visitor: Visitor,
    act: string,
    work: (work: RegisterWork) => Facts<T>,
    keepers?: readonly RoleCode[],
  ): Promise<T> {
    return changeRegister(this.tools, visitor, act, work, keepers);
  }

  private patch(
    visitor: Visitor,
    deed: string,
    number: number,
    revision: number,
    patchOf: (work: RegisterWork) => Promise<Partial<Row>>,
    keepers?: readonly RoleCode[],
  ): Promise<void> {
    const { entity, code, row } = this.kept;
    const work = async (changing: RegisterWork) => {
      await changeAsSeen(changing, entity, row.what, { number, revision }, await patchOf(changing));
      return { facts: this.facts(number), result: undefined };
    };
    return this.change(visitor, `${deed}-${code}`, work, keepers);
  }

  /** The rows know only what they say now; who said it, the history of the house does. */
  private async writersOf(db: EntityManager, number: number): Promise<(string | null)[]> {
    const { code } = this.kept;
    const deeds = await houseDeedsOf(db, `${code}Number`, number);
    return deeds.filter(({ act }) => !WRITES_NOTHING.test(act)).map(({ by }) => by.ref);
  }

  private textsOf(row: Row): Partial<Row> {
    const asks = Object.keys(this.kept.row.form.asks);
    return Object.fromEntries(
      asks.filter((name) => typeof row[name] === 'string').map((name) => [name, row[name] as unknown]),
    ) as Partial<Row>;
  }

  private read(raw: Record<string, unknown>): Partial<Row> {
    return readRegisterForm(this.kept.row.form, raw) as Partial<Row>;
  }

  private facts(number: number): Record<string, unknown> {
    return { [`${this.kept.code}Number`]: number };
  }
}
