import { Lodge } from '../../src/casework/intake/lodge';
import { CaseworkModule } from '../../src/casework/casework.module';
import { GlobalLog } from '../../src/ledger/log';
import { verifyLedger } from '../../src/ledger/verify';
import { SystemTime } from '../../src/platform/time';
import { Transactions } from '../../src/records/transactions';
import { figure, type Figure } from './figures';
import { inBenchHouse } from './bench-house';

const ROUNDS = 5;
const LODGED = 10_000;
const LODGED_AT_ONCE = 100;
const LEAST_ENTRIES_A_SECOND = 50_000;

/** Re-derives and replays lodged cases, one entry each, against their rows, in one process on SQLite. */
export async function measureVerify(): Promise<Figure[]> {
  const rates = await inBenchHouse(CaseworkModule, async (house) => {
    const lodge = house.get(Lodge, { strict: false });
    for (let n = 0; n < LODGED; n += LODGED_AT_ONCE)
      await Promise.all(
        Array.from({ length: LODGED_AT_ONCE }, (_, i) =>
          lodge.run({ narrative: `My benefit was stopped by a system. (${n + i})` }, { role: 'RH' }),
        ),
      );
    const log = house.get(GlobalLog, { strict: false });
    while ((await log.integrate()) > 0);
    const transactions = house.get(Transactions, { strict: false });
    const measured: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const started = performance.now();
      const { entries, differences } = await transactions.read((db) =>
        verifyLedger(db, new SystemTime().today()),
      );
      if (entries !== LODGED || differences.length > 0)
        throw new Error(`${entries} entries and ${differences.length} differences after ${LODGED} lodgings.`);
      measured.push((entries * 1000) / (performance.now() - started));
    }
    return measured;
  });
  return [figure('verification of lodged cases', 'entries/s', rates, { atLeast: LEAST_ENTRIES_A_SECOND })];
}
