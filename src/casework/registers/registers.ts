import { Injectable } from '@nestjs/common';
import { Accounts } from '../../people/accounts';
import { Sight } from '../../people/sight';
import type { Visitor } from '../../people/visitor';
import { Time } from '../../platform/time';
import { RegisterCase } from '../../records/entities/register-case';
import { Transactions } from '../../records/transactions';
import type { Ask, NumberedRegister } from '../../rules/asks';
import { fitOf } from '../../rules/case-law';
import {
  REGISTERS,
  VERSIONED_NAMES,
  type RegisterName,
  type RegisterRow,
  type VersionedName,
} from '../../rules/registers';
import { Vault } from '../../vault/vault';
import { findCase } from '../case-file';
import { CarryOut } from '../erasure/carry-out';
import { Openings } from '../openings';
import type { OfferedEntry, Register } from './register';
import {
  MOST_FITTING,
  type BesideCaseView,
  type FittingDecisionView,
  type NamedEntryView,
  type RegisterLineView,
} from './register-views';
import { Systems } from './systems';
import { Vendors } from './vendors';
import { VersionedRegister } from './versioned-register';

/** Every register of the table, by its name. */
@Injectable()
export class Registers {
  private readonly byName: Readonly<Record<RegisterName, Register>>;
  private readonly versioned: Readonly<Record<VersionedName, VersionedRegister>>;

  constructor(
    systems: Systems,
    vendors: Vendors,
    private readonly transactions: Transactions,
    vault: Vault,
    private readonly sight: Sight,
    private readonly openings: Openings,
    accounts: Accounts,
    carryOut: CarryOut,
    time: Time,
  ) {
    const tools = { transactions, vault, sight, accounts, carryOut, time };
    this.versioned = Object.fromEntries(
      VERSIONED_NAMES.map((name) => [name, new VersionedRegister(name, tools)]),
    ) as Record<VersionedName, VersionedRegister>;
    this.byName = { systems, vendors, ...this.versioned };
  }

  of(name: RegisterName): Register {
    return this.byName[name];
  }

  /** The entries of other registers that the form of this one can name, under each ask that names one. */
  async offeredIn(name: RegisterName): Promise<Record<string, OfferedEntry[]>> {
    const { form }: RegisterRow = REGISTERS[name];
    const offered: Record<string, OfferedEntry[]> = {};
    const read = new Map<NumberedRegister, OfferedEntry[]>();
    for (const [ask, of] of Object.entries(form.asks).map(([ask, row]) => [ask, registerIn(row)] as const)) {
      if (of === null) continue;
      if (!read.has(of)) read.set(of, await this.byName[of].offered());
      offered[ask] = read.get(of)!;
    }
    return offered;
  }

  /** Entries of registers that keep versions which name this entry of another one. */
  async naming(visitor: Visitor, of: NumberedRegister, number: number): Promise<NamedEntryView[]> {
    const found: NamedEntryView[] = [];
    for (const register of VERSIONED_NAMES) {
      const { form }: RegisterRow = REGISTERS[register];
      const asks = Object.entries(form.asks).filter(([, ask]) => registerIn(ask) === of);
      if (asks.length === 0) continue;
      for (const line of await this.versioned[register].list(visitor))
        if (asks.some(([ask]) => [line.answers[ask]].flat().includes(number)))
          found.push({
            register,
            number: line.number,
            entryName: line.entryName,
            retiredOn: line.retiredOn,
            overdue: line.overdue,
            answers: line.answers,
          });
    }
    return found;
  }

  /** Which entries were used in a case, and which case law fits it. Refuses a case that the visitor may not see. */
  async besideCase(visitor: Visitor, reference: string): Promise<BesideCaseView> {
    const reader = this.sight.readerOf(visitor);
    await this.openings.ofCase(visitor, reference);
    return this.transactions.read(async (db) => {
      const { id, harms, useDomain } = await findCase(db, { reference, reader });
      const links = await db.find(RegisterCase, { where: { caseId: id }, order: { linkedOn: 'ASC' } });
      const linkedOn = new Map(
        links.filter(({ unlinkedOn }) => unlinkedOn === null).map((link) => [link.entryId, link.linkedOn]),
      );
      const used: BesideCaseView['used'] = [];
      if (linkedOn.size > 0)
        for (const register of VERSIONED_NAMES)
          for (const entry of await this.versioned[register].standing(db)) {
            const on = entry.id === null ? undefined : linkedOn.get(entry.id);
            if (on === undefined) continue;
            const { number, entryName } = this.versioned[register].lineOf(entry);
            used.push({ register, number, entryName, linkedOn: on });
          }
      const concern = { harms: harms ?? [], useDomain };
      const caseLaw = this.versioned['case-law'];
      const decisions = (await caseLaw.standing(db)).map((entry) => caseLaw.lineOf(entry));
      return { used, caseLaw: fitting(decisions, concern) };
    });
  }
}

/** The register whose entries an ask names; null where it names none. */
function registerIn(ask: Ask): NumberedRegister | null {
  return ('of' in ask && ask.of) || null;
}

/** Best fit first, then the newest. */
function fitting(
  decisions: readonly RegisterLineView[],
  concern: { harms: readonly string[]; useDomain: string | null },
): FittingDecisionView[] {
  return decisions
    .filter(({ retiredOn }) => retiredOn === null)
    .map(({ number, entryName, answers, verifiedOn, checked }) => {
      const harms = (answers.harms as string[] | null) ?? [];
      const useDomains = (answers.useDomains as string[] | null) ?? [];
      return {
        fit: fitOf({ harms, useDomains }, concern),
        decision: {
          number,
          caseTitle: entryName,
          court: (answers.court as string | null) ?? '',
          decidedYear: answers.decidedYear as number,
          legalPoint: (answers.legalPoint as string | null) ?? '',
          verifiedOn,
          checked,
          sharedHarms: harms.filter((harm) => concern.harms.includes(harm)),
          sharesUseDomain: concern.useDomain !== null && useDomains.includes(concern.useDomain),
        },
      };
    })
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit || b.decision.decidedYear - a.decision.decidedYear)
    .slice(0, MOST_FITTING)
    .map(({ decision }) => decision);
}
