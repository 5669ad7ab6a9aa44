import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { Accounts } from '../../people/accounts';
import { Sight } from '../../people/sight';
import type { Visitor } from '../../people/visitor';
import { newId } from '../../platform/ids';
import { Refusal } from '../../platform/refusal';
import { Time } from '../../platform/time';
import { AiSystem } from '../../records/entities/ai-system';
import { SystemRecord } from '../../records/entities/system-record';
import { Vendor } from '../../records/entities/vendor';
import { Transactions } from '../../records/transactions';
import { missingOf, SYSTEM_FORM, SYSTEM_RECORD_FORM, type SystemRecordKind } from '../../rules/ai-systems';
import { STRIKE_FORM } from '../../rules/register-form';
import { REGISTERS } from '../../rules/registers';
import { USE_DOMAINS, type UseDomainCode } from '../../rules/use-domains';
import { Vault } from '../../vault/vault';
import type { Names } from '../case-objects';
import { CarryOut } from '../erasure/carry-out';
import { emptiedTexts, labelOf, placeOf } from './emptyings';
import { KeepRows } from './keep-rows';
import type { AskedEntry, OfferedEntry, Register, RegisterRecords, WrittenPart } from './register';
import { notInRegister } from './register-change';
import type { RegisterFilter } from './register-filter';
import { readRegisterForm, wrongField } from './register-form';
import type { MakerView, SystemRecordView, SystemRowView, SystemView } from './register-views';
import { SealedTexts, textsOfRecords } from './sealed-texts';
import { countCases, readCasesOf } from './system-cases';
import { lessonsOf } from './system-lessons';

type SaidRecord = Pick<SystemRecord, keyof typeof SYSTEM_RECORD_FORM.asks>;
const WHAT = REGISTERS.systems.what;
const FORMS = { entry: SYSTEM_FORM, record: SYSTEM_RECORD_FORM };
const MAKERS = ['vendorNumber', 'providerNumber', 'importerNumber'] as const;

/** The register of AI systems: what they are for, who made them, what happened to them, and which cases name them. */
@Injectable()
export class Systems implements Register {
  private readonly rows: KeepRows<AiSystem>;
  /** Versions, tenders, assessments, notices and incidents. */
  readonly records: RegisterRecords = {
    titleOf: async (number, n) => {
      const { recordTitle, happenedOn } = await this.transactions.read((db) => this.recordIn(db, number, n));
      return `“${recordTitle}” of ${happenedOn}`;
    },
    add: (visitor, number, raw) => this.record(visitor, number, raw),
    strike: (visitor, number, n, raw) => this.strike(visitor, number, n, raw),
  };

  private readonly recordTexts: SealedTexts<SystemRecord>;

  constructor(
    private readonly transactions: Transactions,
    private readonly sight: Sight,
    private readonly vault: Vault,
    private readonly accounts: Accounts,
    carryOut: CarryOut,
    private readonly time: Time,
  ) {
    this.recordTexts = textsOfRecords(vault);
    this.rows = new KeepRows(
      { transactions, vault, carryOut, time },
      {
        entity: AiSystem,
        name: 'systems',
        row: REGISTERS.systems,
        code: 'system',
        texts: new SealedTexts<AiSystem>(vault, 'ai_systems', { purpose: '', logPlace: null, remarks: null }),
        check: refuseUnknownMakers,
      },
    );
  }

  /** Every system, by number. Counts leave out cases that the visitor may not see. */
  async list(visitor: Visitor, filter?: RegisterFilter): Promise<SystemRowView[]> {
    const reader = this.sight.readerOf(visitor);
    return this.transactions.read(async (db) => {
      const rows = await this.rows.all(db, filter);
      const makers = await makersOf(db, rows);
      const cases = await countCases(db, reader);
      return rows.map((row) => rowOf(row, makers, cases.get(row.number) ?? 0));
    });
  }

  /** What a system is called, of every system, by name. */
  async names(): Promise<Pick<AiSystem, 'number' | 'systemName'>[]> {
    return this.transactions.read((db) =>
      db.find(AiSystem, {
        select: { number: true, systemName: true },
        order: { systemName: 'ASC', number: 'ASC' },
      }),
    );
  }

  async offered(): Promise<OfferedEntry[]> {
    const rows = await this.transactions.read((db) => db.find(AiSystem, { order: { number: 'ASC' } }));
    return rows.map(({ number, systemName, retiredOn }) => ({ number, entryName: systemName, retiredOn }));
  }

  async asked(number: number): Promise<AskedEntry> {
    const { revision, systemName, ...said } = await this.transactions.read((db) =>
      this.rows.find(db, number),
    );
    return { revision, entryName: systemName, answers: { systemName, ...said } };
  }

  /** One system with its records and what the cases tell of it; refuses a number that no system has. */
  async view(visitor: Visitor, number: number): Promise<SystemView> {
    const reader = this.sight.readerOf(visitor);
    const names: Names = new Map((await this.accounts.list()).map(({ id, name }) => [id, name]));
    return this.transactions.read(async (db) => {
      const row = await this.rows.find(db, number);
      const records = await this.recordsOf(db, number);
      const makers = await makersOf(db, [row]);
      const fromCases = await readCasesOf(db, reader, number, this.time.today());
      const { id: _, textsSealed: __, vendorNumber: ___, providerNumber, importerNumber, ...system } = row;
      return {
        ...system,
        ...rowOf(row, makers, fromCases.cases),
        ...fromCases,
        lessons: await lessonsOf(db, reader, number),
        provider: makerOf(makers, providerNumber),
        importer: makerOf(makers, importerNumber),
        hint: USE_DOMAINS[row.useDomain as UseDomainCode].hint,
        ...readingOf(row, records),
        emptied: await emptiedTexts(db, this.vault, names, { register: 'systems', number }, FORMS),
      };
    });
  }

  add(visitor: Visitor, raw: Record<string, unknown>): Promise<number> {
    return this.rows.add(visitor, raw);
  }

  replace(visitor: Visitor, number: number, revision: number, raw: Record<string, unknown>): Promise<void> {
    return this.rows.replace(visitor, number, revision, raw);
  }

  async sheet(visitor: Visitor, filter: RegisterFilter) {
    this.sight.readerOf(visitor);
    return this.rows.sheet(filter);
  }

  async written(number: number): Promise<WrittenPart[]> {
    return this.transactions.read(async (db) => [
      ...this.rows.writtenIn(await this.rows.find(db, number)),
      ...(await this.writtenInRecords(db, number)),
    ]);
  }

  empty(visitor: Visitor, number: number, revision: number, raw: Record<string, unknown>): Promise<void> {
    return this.rows.empty(visitor, number, revision, raw, {
      written: (db, of) => this.writtenInRecords(db, of),
      empty: async ({ db, change }, of, part) => {
        const { ask, record } = placeOf(part);
        if (record === null) return false;
        const row = await this.recordIn(db, of, record);
        const texts: Partial<Record<string, string | null>> = {
          recordTitle: row.recordTitle,
          recordText: row.recordText,
          strikeReason: row.strikeReason,
          [ask]: null,
        };
        await change.update(
          SystemRecord,
          row.id,
          await this.recordTexts.seal(db, row.id, texts as Partial<SystemRecord>),
        );
        return true;
      },
    });
  }

  /** It is not used any more, or again; its cases stay. */
  retire(visitor: Visitor, number: number, revision: number, isRetired: boolean): Promise<void> {
    return this.rows.retire(visitor, number, revision, isRetired);
  }

  /** Records what happened to a system; gives the number of the record. Refuses what lies ahead, and clauses of what is no tender. */
  async record(visitor: Visitor, systemNumber: number, raw: Record<string, unknown>): Promise<number> {
    const said = readRegisterForm(SYSTEM_RECORD_FORM, raw) as unknown as SaidRecord;
    const today = this.time.today();
    if (said.happenedOn > today)
      throw wrongField('happenedOn', 'A record tells what has happened: its day cannot be after today.');
    if (said.clauses !== null && said.recordKind !== ('TENDER' satisfies SystemRecordKind))
      throw wrongField('clauses', 'Only a tender or contract has clauses; leave them out.');
    return this.rows.change(
      visitor,
      'record-of-system',
      async ({ db, change, personId, today: recordedOn }) => {
        if (!(await db.existsBy(AiSystem, { number: systemNumber }))) throw notInRegister(WHAT);
        const n = ((await db.maximum(SystemRecord, 'n', { systemNumber })) ?? 0) + 1;
        const id = newId();
        const sealed = (await this.recordTexts.seal(db, id, said)) as SaidRecord;
        const record = { systemNumber, n, ...sealed, recordedBy: personId, recordedOn };
        await change.insert(SystemRecord, { id, ...record });
        return { facts: { systemNumber, record: n, recordKind: said.recordKind }, result: n };
      },
    );
  }

  /** Strikes a record that is wrong: it stays readable and counts no more. */
  async strike(
    visitor: Visitor,
    systemNumber: number,
    n: number,
    raw: Record<string, unknown>,
  ): Promise<void> {
    const { strikeReason } = readRegisterForm(STRIKE_FORM, raw) as { strikeReason: string };
    await this.rows.change(visitor, 'strike-record-of-system', async ({ db, change, today }) => {
      const row = await this.recordIn(db, systemNumber, n);
      if (row.struckOn !== null)
        throw new Refusal('conflict', `This record was struck already, on ${row.struckOn}.`);
      const { recordTitle, recordText } = row;
      const texts = { recordTitle, recordText, strikeReason, struckOn: today };
      await change.update(SystemRecord, row.id, await this.recordTexts.seal(db, row.id, texts));
      return { facts: { systemNumber, record: n }, result: undefined };
    });
  }

  /** With its texts. */
  private async recordIn(db: EntityManager, systemNumber: number, n: number): Promise<SystemRecord> {
    const row = await db.findOneBy(SystemRecord, { systemNumber, n });
    if (!row) throw notInRegister('record of an AI system');
    return (await this.recordTexts.open(db, [row]))[0]!;
  }

  /** Newest first. */
  private async recordsOf(db: EntityManager, systemNumber: number): Promise<SystemRecordView[]> {
    const rows = await db.find(SystemRecord, {
      where: { systemNumber },
      order: { happenedOn: 'DESC', n: 'DESC' },
    });
    return (await this.recordTexts.open(db, rows)).map(
      ({ id: _, systemNumber: __, recordedBy: ___, textsSealed: ____, ...row }) => ({
        ...row,
        clauses: row.clauses ?? [],
      }),
    );
  }

  private async writtenInRecords(db: EntityManager, number: number): Promise<WrittenPart[]> {
    return (await this.recordsOf(db, number)).flatMap((row) =>
      (['recordTitle', 'recordText', 'strikeReason'] as const)
        .filter((ask) => Boolean(row[ask]))
        .map((ask) => {
          const part = `records.${row.n}.${ask}`;
          return { part, label: labelOf(part, FORMS) };
        }),
    );
  }
}

type Makers = ReadonlyMap<number, MakerView>;

async function makersOf(db: EntityManager, systems: readonly AiSystem[]): Promise<Makers> {
  const numbers = systems.flatMap((system) => MAKERS.map((column) => system[column]));
  const named = numbers.filter((number) => number !== null);
  const rows = named.length === 0 ? [] : await db.findBy(Vendor, { number: In([...new Set(named)]) });
  return new Map(
    rows.map(({ number, companyName, leverage }) => [number, { number, companyName, leverage }]),
  );
}

function makerOf(makers: Makers, number: number | null): MakerView | null {
  return number === null ? null : (makers.get(number) ?? null);
}

async function refuseUnknownMakers(db: EntityManager, said: Partial<AiSystem>): Promise<void> {
  for (const column of MAKERS) {
    const number = said[column] ?? null;
    if (number !== null && !(await db.existsBy(Vendor, { number })))
      throw wrongField(column, 'No vendor has this number; look for it in the register, or add it first.');
  }
}

function rowOf(row: AiSystem, makers: Makers, cases: number): SystemRowView {
  return {
    number: row.number,
    systemName: row.systemName,
    useDomain: row.useDomain,
    annexIII: USE_DOMAINS[row.useDomain as UseDomainCode].annexIII,
    lifecycleStage: row.lifecycleStage,
    vendor: makerOf(makers, row.vendorNumber),
    retiredOn: row.retiredOn,
    cases,
  };
}

/** What the records that stand tell together. */
function readingOf(row: AiSystem, records: readonly SystemRecordView[]) {
  const standing = records.filter(({ struckOn }) => struckOn === null);
  const tenders = standing.filter(({ recordKind }) => recordKind === 'TENDER');
  const kinds = standing.map(({ recordKind }) => recordKind);
  return {
    records: [...records],
    version: standing.find(({ recordKind }) => recordKind === 'VERSION')?.recordTitle ?? null,
    tenderHasClauses: tenders.length === 0 ? null : tenders.some(({ clauses }) => clauses.length > 0),
    missing: row.retiredOn === null ? missingOf(row, kinds) : [],
  };
}
