import { Injectable } from '@nestjs/common';
import type { Ask, NumberedRegister } from '../../rules/asks';
import { REGISTERS, type RegisterName, type RegisterRow } from '../../rules/registers';
import type { OfferedEntry, Register } from './register';
import { Systems } from './systems';
import { Vendors } from './vendors';

/** Every register of the table, by its name. */
@Injectable()
export class Registers {
  private readonly byName: Readonly<Record<RegisterName, Register>>;

  constructor(systems: Systems, vendors: Vendors) {
    this.byName = { systems, vendors };
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
}

/** The register whose entries an ask names; null where it names none. */
function registerIn(ask: Ask): NumberedRegister | null {
  return ('of' in ask && ask.of) || null;
}
