import { Command } from 'commander';
import { CaseworkModule } from '../casework/casework.module';
import { CheckDataKeys } from '../casework/check-data-keys';
import { CheckGroups } from '../casework/search/check-groups';
import { verifyLedger } from '../ledger/verify';
import { RecordsModule } from '../records/records.module';
import { Time } from '../platform/time';
import { Transactions } from '../records/transactions';
import { inHouse, print } from './in-house';

const ANYWHERE = { strict: false };

/** Exit code 0: everything agrees. 1: something does not, and the first difference is named. 2: it could not be checked. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description(
      'derive every history again, replay every case against its rows; exit 1 with the first difference',
    )
    .option('--all', 'name every difference, not only the first')
    .option('--json', 'print the result as JSON')
    .option(
      '--without-keys',
      'where the keys file is not at hand: leave out by which groups cases are found, and whether data keys open',
    )
    .action(async ({ all, json, withoutKeys }: { all?: boolean; json?: boolean; withoutKeys?: boolean }) => {
      const result = await inHouse(withoutKeys ? RecordsModule : CaseworkModule, async (house) => {
        const today = house.get(Time, ANYWHERE).today();
        const verified = await house.get(Transactions, ANYWHERE).read((db) => verifyLedger(db, today));
        const keyed = withoutKeys
          ? []
          : [
              ...(await house.get(CheckDataKeys, ANYWHERE).run()),
              ...(await house.get(CheckGroups, ANYWHERE).run()),
            ];
        return { ...verified, differences: [...verified.differences, ...keyed] };
      });
      const { cases, erased, entries, differences } = result;
      if (json) print(JSON.stringify(result));
      else if (differences.length === 0)
        print(
          `The ledger holds: ${cases} cases${erased > 0 ? ` (${erased} lawfully erased)` : ''}, ${entries} entries, no difference.`,
        );
      else
        for (const { sentence } of all ? differences : differences.slice(0, 1))
          print(`Difference: ${sentence}`);
      if (differences.length > 0) process.exitCode = 1;
    });
}
