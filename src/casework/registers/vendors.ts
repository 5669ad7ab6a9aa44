import { Injectable } from '@nestjs/common';
import { Accounts } from '../../people/accounts';
import type { Visitor } from '../../people/visitor';
import { Time } from '../../platform/time';
import { AiSystem } from '../../records/entities/ai-system';
import { Vendor } from '../../records/entities/vendor';
import { Transactions } from '../../records/transactions';
import { VENDOR_FORM } from '../../rules/ai-systems';
import { REGISTERS } from '../../rules/registers';
import { Vault } from '../../vault/vault';
import type { Names } from '../case-objects';
import { CarryOut } from '../erasure/carry-out';
import { emptiedTexts } from './emptyings';
import { KeepRows } from './keep-rows';
import type { AskedEntry, OfferedEntry, Register, WrittenPart } from './register';
import type { RegisterFilter } from './register-filter';
import type { EmptiedTextView, VendorSystemView, VendorView } from './register-views';
import { SealedTexts } from './sealed-texts';

/** The companies from which AI systems come, and the leverage on them. */
@Injectable()
export class Vendors implements Register {
  private readonly rows: KeepRows<Vendor>;

  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly accounts: Accounts,
    carryOut: CarryOut,
    time: Time,
  ) {
    this.rows = new KeepRows(
      { transactions, vault, carryOut, time },
      {
        entity: Vendor,
        name: 'vendors',
        row: REGISTERS.vendors,
        code: 'vendor',
        texts: new SealedTexts<Vendor>(vault, 'vendors', { leverageActions: null, remarks: null }),
      },
    );
  }

  /** Everybody in the register, by number. */
  async list(_visitor?: Visitor, filter?: RegisterFilter): Promise<VendorView[]> {
    const rows = await this.transactions.read((db) => this.rows.all(db, filter));
    return rows.map(viewOf);
  }

  sheet(_visitor: Visitor, filter: RegisterFilter) {
    return this.rows.sheet(filter);
  }

  async written(number: number): Promise<WrittenPart[]> {
    return this.rows.writtenIn(await this.transactions.read((db) => this.rows.find(db, number)));
  }

  empty(visitor: Visitor, number: number, revision: number, raw: Record<string, unknown>): Promise<void> {
    return this.rows.empty(visitor, number, revision, raw);
  }

  async offered(): Promise<OfferedEntry[]> {
    const rows = await this.list();
    return rows.map(({ number, companyName, retiredOn }) => ({ number, entryName: companyName, retiredOn }));
  }

  async asked(number: number): Promise<AskedEntry> {
    const { revision, companyName, ...said } = await this.transactions.read((db) =>
      this.rows.find(db, number),
    );
    return { revision, entryName: companyName, answers: { companyName, ...said } };
  }

  /** One company and the systems that name it; refuses a number that nobody has. */
  async view(
    _visitor: Visitor,
    number: number,
  ): Promise<VendorView & { systems: VendorSystemView[]; emptied: EmptiedTextView[] }> {
    const names: Names = new Map((await this.accounts.list()).map(({ id, name }) => [id, name]));
    return this.transactions.read(async (db) => {
      const row = await this.rows.find(db, number);
      const systems = await db.find(AiSystem, {
        select: {
          number: true,
          systemName: true,
          vendorNumber: true,
          providerNumber: true,
          importerNumber: true,
          retiredOn: true,
        },
        where: [{ vendorNumber: number }, { providerNumber: number }, { importerNumber: number }],
        order: { number: 'ASC' },
      });
      const forms = { entry: VENDOR_FORM };
      return {
        ...viewOf(row),
        systems: systems.map((system) => systemOf(system, number)),
        emptied: await emptiedTexts(db, this.vault, names, { register: 'vendors', number }, forms),
      };
    });
  }

  add(visitor: Visitor, raw: Record<string, unknown>): Promise<number> {
    return this.rows.add(visitor, raw);
  }

  replace(visitor: Visitor, number: number, revision: number, raw: Record<string, unknown>): Promise<void> {
    return this.rows.replace(visitor, number, revision, raw);
  }

  /** Nothing new is had from it any more, or again; what names it stays. */
  retire(visitor: Visitor, number: number, revision: number, isRetired: boolean): Promise<void> {
    return this.rows.retire(visitor, number, revision, isRetired);
  }
}

function viewOf({ id: _, textsSealed: __, ...row }: Vendor): VendorView {
  return row;
}

function systemOf(system: AiSystem, number: number): VendorSystemView {
  return {
    number: system.number,
    systemName: system.systemName,
    as: PARTS.filter(([column]) => system[column] === number).map(([, part]) => part),
    retiredOn: system.retiredOn,
  };
}

const PARTS = [
  ['vendorNumber', 'VENDOR'],
  ['providerNumber', 'PROVIDER'],
  ['importerNumber', 'IMPORTER'],
] as const;
