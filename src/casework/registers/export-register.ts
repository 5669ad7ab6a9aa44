import { Injectable } from '@nestjs/common';
import { appendToHouse } from '../../ledger/house-history';
import type { Visitor } from '../../people/visitor';
import { Time } from '../../platform/time';
import { Transactions } from '../../records/transactions';
import { ACTS } from '../../rules/acts';
import type { RegisterName } from '../../rules/registers';
import { csvOf } from '../csv';
import type { ExportFormat } from '../queue/export-queue';
import { keeperOf } from './register-change';
import type { RegisterFilter } from './register-filter';
import { Registers } from './registers';

/** A register as a file: what its entries say now, and nothing of cases. Each export is an entry in the history of the house, before anybody has it. */
@Injectable()
export class ExportRegister {
  constructor(
    private readonly registers: Registers,
    private readonly transactions: Transactions,
    private readonly time: Time,
  ) {}

  /** No cell of the CSV is taken for a formula. */
  async run(
    visitor: Visitor,
    register: RegisterName,
    filter: RegisterFilter,
    format: ExportFormat,
  ): Promise<{ name: string; content: string }> {
    const by = keeperOf(visitor, ACTS['export-register'].by);
    const { columns, rows } = await this.registers.of(register).sheet(visitor, filter);
    await this.transactions.change((db) =>
      appendToHouse(db, {
        act: 'export-register',
        by,
        at: this.time.instant(),
        facts: { register, format, shown: rows.length },
      }),
    );
    const content = format === 'json' ? `${JSON.stringify(rows, null, 2)}\n` : await csvOf(columns, rows);
    return { name: `${register}-${this.time.today()}.${format}`, content };
  }
}
