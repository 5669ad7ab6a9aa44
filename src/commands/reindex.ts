import { Command } from 'commander';
import { CaseworkModule } from '../casework/casework.module';
import { IndexCases } from '../casework/search/index-cases';
import { inHouse, print } from './in-house';
import { ProgressBar } from './progress-bar';

const HELP = `
The server indexes new texts by itself. Run this after a version that reads words in another way, after an upgrade of Node.js (it brings
the dictionaries for scripts without spaces), or when cases are not found that should be. Beside a running server; after a kill, run it
again: it goes on where it ended.`;

/** Exit code 0: every case in the log is indexed. 2: it could not be done. */
export function reindexCommand(): Command {
  return new Command('reindex')
    .description('make the words of every case findable once more')
    .addHelpText('after', HELP)
    .action(() =>
      inHouse(CaseworkModule, async (house) => {
        const bar = new ProgressBar(process.stderr, 'entries of the log');
        const indexCases = house.get(IndexCases, { strict: false });
        await indexCases.rebuild((done, total) => bar.show(done, total)).finally(() => bar.end());
        print('Every case in the log can be found by its words.');
      }),
    );
}
