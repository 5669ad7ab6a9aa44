import type { INestApplicationContext } from '@nestjs/common';
import { CaseworkModule } from '../../src/casework/casework.module';
import { Lodge } from '../../src/casework/intake/lodge';
import { Messages } from '../../src/casework/messages';
import { GlobalLog } from '../../src/ledger/log';
import { verifyLedger } from '../../src/ledger/verify';
import type { Visitor } from '../../src/people/visitor';
import { SystemTime } from '../../src/platform/time';
import { Transactions } from '../../src/records/transactions';
import { inBenchHouse } from './bench-house';
import { figure, type Figure } from './figures';
import { fillCases } from './many-cases';

const ROUNDS = 5;
const CASES_AT_ONCE = 100;
const LEAST_ENTRIES_A_SECOND = 50_000;

/** What a case costs is shared by its entries: with one each it weighs most. */
const SHAPES = [
  { name: 'verification of cases of one entry', cases: 10_000, messages: 0 },
  { name: 'verification of cases of ten entries', cases: 1000, messages: 9 },
];

/** Re-derives and replays cases against their rows, in one process on SQLite. */
export async function measureVerify(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { name, ...shape } of SHAPES)
    figures.push(
      figure(name, 'entries/s', await inBenchHouse(CaseworkModule, (house) => ratesOf(house, shape)), {
        atLeast: LEAST_ENTRIES_A_SECOND,
      }),
    );
  return figures;
}

async function ratesOf(
  house: INestApplicationContext,
  { cases, messages }: { cases: number; messages: number },
): Promise<number[]> {
  const { officerId: personId } = await fillCases(house, 0);
  const officer: Visitor = { kind: 'officer', personId, roles: ['INT'], unitHash: null, sessionHash: '' };
  const lodge = house.get(Lodge, { strict: false });
  const write = house.get(Messages, { strict: false });
  for (let n = 0; n < cases; n += CASES_AT_ONCE)
    await Promise.all(
      Array.from({ length: CASES_AT_ONCE }, async (_, i) => {
        const narrative = `My benefit was stopped by a system. (${n + i})`;
        const { reference } = await lodge.run({ narrative }, { role: 'RH' });
        for (let m = 0; m < messages; m++)
          await write.write(officer, `We are looking at it. (${m})`, reference);
      }),
    );
  const log = house.get(GlobalLog, { strict: false });
  while ((await log.integrate()) > 0);
  const transactions = house.get(Transactions, { strict: false });
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    const { entries, differences } = await transactions.read((db) =>
      verifyLedger(db, new SystemTime().today()),
    );
    if (entries < cases * (1 + messages) || differences.length > 0)
      throw new Error(`${entries} entries and ${differences.length} differences after ${cases} lodgings.`);
    rates.push((entries * 1000) / (performance.now() - started));
  }
  return rates;
}
