import { Command } from 'commander';
import { InsightModule } from '../insight/insight.module';
import { ReadStatistics } from '../insight/read-statistics';
import { inHouse, print } from './in-house';

export function statisticsCommand(): Command {
  return new Command('statistics')
    .description('print counts and times as JSON')
    .option('--public', 'with small counts left out, as anybody may see them')
    .action(async (options: { public?: boolean }) => {
      const statistics = await inHouse<unknown>(InsightModule, (house) => {
        const read = house.get(ReadStatistics);
        return options.public ? read.forPublic() : read.run();
      });
      print(JSON.stringify(statistics, null, 2));
    });
}
