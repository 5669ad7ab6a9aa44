import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Visitor } from '../../people/visitor';
import { newId } from '../../platform/ids';
import { Time } from '../../platform/time';
import { AiSystem } from '../../records/entities/ai-system';
import { Vendor } from '../../records/entities/vendor';
import { Transactions } from '../../records/transactions';
import { VENDOR_FORM } from '../../rules/ai-systems';
import {
  changeAsSeen,
  changeRegister,
  nextRegisterNumber,
  notInRegister,
  type RegisterWork,
} from './register-change';
import { readRegisterForm } from './register-form';
import type { VendorSystemView, VendorView } from './register-views';

type Said = Pick<Vendor, keyof typeof VENDOR_FORM.asks>;
const WHAT = 'vendor';

/** The companies from which AI systems come, and the leverage on them. */
@Injectable()
export class Vendors {
  constructor(
    private readonly transactions: Transactions,
    private readonly time: Time,
  ) {}

  /** Everybody in the register, by number. */
  async list(): Promise<VendorView[]> {
    const rows = await this.transactions.read((db) => db.find(Vendor, { order: { number: 'ASC' } }));
    return rows.map(viewOf);
  }

  /** What a form shows of one company; refuses a number that nobody has. */
  async entry(number: number): Promise<VendorView> {
    return viewOf(await this.transactions.read((db) => vendorOf(db, number)));
  }

  /** One company and the systems that name it; refuses a number that nobody has. */
  async view(number: number): Promise<VendorView & { systems: VendorSystemView[] }> {
    return this.transactions.read(async (db) => {
      const row = await vendorOf(db, number);
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
      return { ...viewOf(row), systems: systems.map((system) => systemOf(system, number)) };
    });
  }

  /** Adds a company; gives its number. Refuses with everything that is missing. */
  async add(visitor: Visitor, raw: Record<string, unknown>): Promise<number> {
    const said = readRegisterForm(VENDOR_FORM, raw) as unknown as Said;
    return this.change(visitor, 'add-vendor', async ({ db, change }) => {
      const number = await nextRegisterNumber(db, Vendor);
      await change.insert(Vendor, { id: newId(), number, revision: 1, ...said, retiredOn: null });
      return { facts: { vendorNumber: number }, result: number };
    });
  }

  /** Says everything of a company anew. `revision` is the one that was seen; another one is refused as stale. */
  async replace(
    visitor: Visitor,
    number: number,
    revision: number,
    raw: Record<string, unknown>,
  ): Promise<void> {
    const said = readRegisterForm(VENDOR_FORM, raw) as unknown as Said;
    await this.patch(visitor, 'change-vendor', number, revision, said);
  }

  /** Nothing new is had from it any more, or again; what names it stays. */
  async retire(visitor: Visitor, number: number, revision: number, isRetired: boolean): Promise<void> {
    const retiredOn = isRetired ? this.time.today() : null;
    await this.patch(visitor, isRetired ? 'retire-vendor' : 'reinstate-vendor', number, revision, {
      retiredOn,
    });
  }

  private patch(
    visitor: Visitor,
    act: string,
    number: number,
    revision: number,
    patch: Partial<Vendor>,
  ): Promise<void> {
    return this.change(visitor, act, async (work) => {
      await changeAsSeen(work, Vendor, WHAT, { number, revision }, patch);
      return { facts: { vendorNumber: number }, result: undefined };
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

async function vendorOf(db: EntityManager, number: number): Promise<Vendor> {
  const row = await db.findOneBy(Vendor, { number });
  if (!row) throw notInRegister(WHAT);
  return row;
}

function viewOf({ id: _, ...row }: Vendor): VendorView {
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
