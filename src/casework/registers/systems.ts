import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { Sight } from '../../people/sight';
import type { Visitor } from '../../people/visitor';
import { newId } from '../../platform/ids';
import { Refusal } from '../../platform/refusal';
import { Time } from '../../platform/time';
import { AiSystem } from '../../records/entities/ai-system';
import { SystemRecord } from '../../records/entities/system-record';
import { Vendor } from '../../records/entities/vendor';
import { Transactions } from '../../records/transactions';
import {
  missingOf,
  STRIKE_FORM,
  SYSTEM_FORM,
  SYSTEM_RECORD_FORM,
  type SystemRecordKind,
} from '../../rules/ai-systems';
import { USE_DOMAINS, type UseDomainCode } from '../../rules/use-domains';
import {
  changeAsSeen,
  changeRegister,
  nextRegisterNumber,
  notInRegister,
  type RegisterWork,
} from './register-change';
import { readRegisterForm, wrongField } from './register-form';
import type { MakerView, SystemRecordView, SystemRowView, SystemView } from './register-views';
import { countCases, readCasesOf } from './system-cases';
import { lessonsOf } from './system-lessons';
import { Vault } from '../../vault/vault';

type Said = Pick<AiSystem, keyof typeof SYSTEM_FORM.asks>;
type SaidRecord = Pick<SystemRecord, keyof typeof SYSTEM_RECORD_FORM.asks>;
const WHAT = 'AI system';
const MAKERS = ['vendorNumber', 'providerNumber', 'importerNumber'] as const;

/** The register of AI systems: what they are for, who made them, what happened to them, and which cases name them. */
@Injectable()
export class Systems {
  constructor(
    private readonly transactions: Transactions,
    private readonly sight: Sight,
    private readonly vault: Vault,
    private readonly time: Time,
  ) {}

  /** Every system, by number. Counts leave out cases that the visitor may not see. */
  async list(visitor: Visitor): Promise<SystemRowView[]> {
    const reader = this.sight.readerOf(visitor);
    return this.transactions.read(async (db) => {
      const rows = await db.find(AiSystem, { order: { number: 'ASC' } });
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

  /** What a form shows of one system; refuses a number that no system has. */
  async entry(number: number): Promise<AiSystem> {
    return this.transactions.read((db) => systemOf(db, number));
  }

  /** What a form shows of one record of a system; refuses numbers that none has. */
  async recordOf(systemNumber: number, n: number): Promise<SystemRecord> {
    return this.transactions.read((db) => recordIn(db, systemNumber, n));
  }

  /** One system with its records and what the cases tell of it; refuses a number that no system has. */
  async view(visitor: Visitor, number: number): Promise<SystemView> {
    const reader = this.sight.readerOf(visitor);
    return this.transactions.read(async (db) => {
      const row = await systemOf(db, number);
      const records = await recordsOf(db, number);
      const makers = await makersOf(db, [row]);
      const fromCases = await readCasesOf(db, reader, number, this.time.today());
      const { id: _, vendorNumber: __, providerNumber, importerNumber, ...system } = row;
      return {
        ...system,
        ...rowOf(row, makers, fromCases.cases),
        ...fromCases,
        lessons: await lessonsOf(db, this.vault, reader, number),
        provider: makerOf(makers, providerNumber),
        importer: makerOf(makers, importerNumber),
        hint: USE_DOMAINS[row.useDomain as UseDomainCode].hint,
        ...readingOf(row, records),
      };
    });
  }

  /** Adds a system; gives its number. Refuses with everything that is missing. */
  async add(visitor: Visitor, raw: Record<string, unknown>): Promise<number> {
    const said = readRegisterForm(SYSTEM_FORM, raw) as unknown as Said;
    return this.change(visitor, 'add-system', async ({ db, change }) => {
      await refuseUnknownMakers(db, said);
      const number = await nextRegisterNumber(db, AiSystem);
      await change.insert(AiSystem, { id: newId(), number, revision: 1, ...said, retiredOn: null });
      return { facts: { systemNumber: number }, result: number };
    });
  }

  /** Says everything of a system anew. `revision` is the one that was seen; another one is refused as stale. */
  async replace(
    visitor: Visitor,
    number: number,
    revision: number,
    raw: Record<string, unknown>,
  ): Promise<void> {
    const said = readRegisterForm(SYSTEM_FORM, raw) as unknown as Said;
    await this.patch(visitor, 'change-system', number, revision, said);
  }

  /** It is not used any more, or again; its cases stay. */
  async retire(visitor: Visitor, number: number, revision: number, isRetired: boolean): Promise<void> {
    const retiredOn = isRetired ? this.time.today() : null;
    await this.patch(visitor, isRetired ? 'retire-system' : 'reinstate-system', number, revision, {
      retiredOn,
    });
  }

  /** Records what happened to a system; gives the number of the record. Refuses what lies ahead, and clauses of what is no tender. */
  async record(visitor: Visitor, systemNumber: number, raw: Record<string, unknown>): Promise<number> {
    const said = readRegisterForm(SYSTEM_RECORD_FORM, raw) as unknown as SaidRecord;
    const today = this.time.today();
    if (said.happenedOn > today)
      throw wrongField('happenedOn', 'A record tells what has happened: its day cannot be after today.');
    if (said.clauses !== null && said.recordKind !== ('TENDER' satisfies SystemRecordKind))
      throw wrongField('clauses', 'Only a tender or contract has clauses; leave them out.');
    return this.change(visitor, 'record-of-system', async ({ db, change, personId }) => {
      if (!(await db.existsBy(AiSystem, { number: systemNumber }))) throw notInRegister(WHAT);
      const n = ((await db.maximum(SystemRecord, 'n', { systemNumber })) ?? 0) + 1;
      await change.insert(SystemRecord, {
        id: newId(),
        systemNumber,
        n,
        ...said,
        recordedBy: personId,
        recordedOn: today,
      });
      return { facts: { systemNumber, record: n, recordKind: said.recordKind }, result: n };
    });
  }

  /** Strikes a record that is wrong: it stays readable and counts no more. */
  async strike(
    visitor: Visitor,
    systemNumber: number,
    n: number,
    raw: Record<string, unknown>,
  ): Promise<void> {
    const { strikeReason } = readRegisterForm(STRIKE_FORM, raw) as { strikeReason: string };
    await this.change(visitor, 'strike-record-of-system', async ({ db, change }) => {
      const row = await recordIn(db, systemNumber, n);
      if (row.struckOn !== null)
        throw new Refusal('conflict', `This record was struck already, on ${row.struckOn}.`);
      await change.update(SystemRecord, row.id, { struckOn: this.time.today(), strikeReason });
      return { facts: { systemNumber, record: n }, result: undefined };
    });
  }

  private patch(
    visitor: Visitor,
    act: string,
    number: number,
    revision: number,
    patch: Partial<AiSystem>,
  ): Promise<void> {
    return this.change(visitor, act, async (work) => {
      await refuseUnknownMakers(work.db, patch);
      await changeAsSeen(work, AiSystem, WHAT, { number, revision }, patch);
      return { facts: { systemNumber: number }, result: undefined };
    });
  }

  private change<T>(
    visitor: Visitor,
    act: string,
    work: (work: RegisterWork) => Promise<{ facts: Record<string, unknown>; result: T }>,
  ): Promise<T> {
    return changeRegister({ transactions: this.transactions, time: this.time }, visitor, act, work);
  }
}

async function systemOf(db: EntityManager, number: number): Promise<AiSystem> {
  const row = await db.findOneBy(AiSystem, { number });
  if (!row) throw notInRegister(WHAT);
  return row;
}

async function recordIn(db: EntityManager, systemNumber: number, n: number): Promise<SystemRecord> {
  const row = await db.findOneBy(SystemRecord, { systemNumber, n });
  if (!row) throw notInRegister('record of an AI system');
  return row;
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

async function refuseUnknownMakers(db: EntityManager, said: Partial<Said>): Promise<void> {
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

/** Newest first. */
async function recordsOf(db: EntityManager, systemNumber: number): Promise<SystemRecordView[]> {
  const rows = await db.find(SystemRecord, {
    where: { systemNumber },
    order: { happenedOn: 'DESC', n: 'DESC' },
  });
  return rows.map(({ id: _, systemNumber: __, recordedBy: ___, ...row }) => ({
    ...row,
    clauses: row.clauses ?? [],
  }));
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
